// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.SnapshotListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** All listeners, by service id. */
final class Deliveries {
    private final ConcurrentNavigableMap<Long, Delivery> deliveries = new ConcurrentSkipListMap<>();

    /** Adds a listener, which gets {@code latest} at once where there is one. */
    void add(long id, SnapshotListener listener, Optional<Snapshot> latest) {
        Delivery delivery = new Delivery(listener);
        latest.ifPresent(delivery::offer);
        deliveries.put(id, delivery);
    }

    void remove(long id) {
        Delivery delivery = deliveries.remove(id);
        if (delivery != null) {
            delivery.stop();
        }
    }

    void publish(Snapshot snapshot) {
        deliveries.values().forEach(delivery -> delivery.offer(snapshot));
    }

    List<Problem> problems() {
        return deliveries.values().stream()
                .flatMap(delivery -> delivery.problem().stream())
                .toList();
    }

    /** Ends all threads; a listener that is being called has this long in all to return before it is interrupted. */
    void close(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        deliveries.values().forEach(Delivery::stop);
        deliveries.values().forEach(delivery -> delivery.end((deadline - System.nanoTime()) / 1_000_000));
        deliveries.clear();
    }
}
