// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Host;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.spi.SnapshotListener;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** All listeners, by service id. Each gets every snapshot, one after the other; one that throws costs nobody else. */
final class Audience {
    private final ConcurrentSkipListMap<Long, SnapshotListener> listeners = new ConcurrentSkipListMap<>();
    private volatile Snapshot latest = nothing();
    private volatile boolean any;

    private static Snapshot nothing() {
        return new Snapshot(
                Instant.EPOCH,
                new Snapshot.AgentInfo("", 0, 1, 0, true),
                new Snapshot.Machine(new Host("", "", "", "", 1, Figures.none()), List.of()),
                List.of(),
                new Snapshot.Totals(Figures.none(), List.of()),
                new Snapshot.Findings(
                        new Scan(new Scan.Processes(0, 0), new Scan.Listeners(0, 0, 0), 0, List.of()),
                        List.of(),
                        List.of()));
    }

    void add(long id, SnapshotListener listener) {
        listeners.put(id, listener);
        if (any) {
            tell(listener, latest);
        }
    }

    void remove(long id) {
        listeners.remove(id);
    }

    /** The last one handed out; before the first an empty one of a scan that is not over. */
    Snapshot latest() {
        return latest;
    }

    void publish(Snapshot snapshot) {
        latest = snapshot;
        any = true;
        listeners.values().forEach(listener -> tell(listener, snapshot));
    }

    private static void tell(SnapshotListener listener, Snapshot snapshot) {
        try {
            listener.snapshot(snapshot);
        } catch (RuntimeException | LinkageError broken) {
            // It misses this one, as it would miss a live one; the others do not.
        }
    }
}
