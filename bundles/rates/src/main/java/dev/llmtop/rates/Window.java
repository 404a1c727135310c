// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import dev.llmtop.spi.Reading;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Readings whose monotonic stamps strictly ascend, at least one. Step {@code i} leads from reading {@code i} to the next. */
final class Window {
    private final List<Reading> readings;

    private Window(List<Reading> readings) {
        this.readings = readings;
    }

    /** Of readings with one stamp the later is taken; one that is older than its predecessor is left out. */
    static Window of(List<Reading> readings) {
        if (readings.isEmpty()) {
            throw new IllegalArgumentException("a window has at least one reading");
        }
        List<Reading> ascending = new ArrayList<>(readings.size());
        for (Reading reading : readings) {
            int last = ascending.size() - 1;
            if (last < 0) {
                ascending.add(reading);
                continue;
            }
            // Only the difference of two nano times means anything: they may wrap around.
            long ahead = reading.stamp().nanos() - ascending.get(last).stamp().nanos();
            if (ahead > 0) {
                ascending.add(reading);
            } else if (ahead == 0) {
                ascending.set(last, reading);
            }
        }
        return new Window(ascending);
    }

    Reading last() {
        return readings.get(readings.size() - 1);
    }

    /** Whether any reading fits. */
    boolean any(Predicate<Reading> predicate) {
        return readings.stream().anyMatch(predicate);
    }

    List<Reading> readings() {
        return readings;
    }

    /** From the last earlier reading that fits to the last one: a page without the series in between is no step. */
    Window lastStep(Predicate<Reading> predicate) {
        for (int at = readings.size() - 2; at >= 0; at--) {
            if (predicate.test(readings.get(at))) {
                return new Window(List.of(readings.get(at), last()));
            }
        }
        return new Window(List.of(last()));
    }

    /** The time that these steps took, in seconds. */
    double seconds(BitSet steps) {
        double seconds = 0;
        for (int at = steps.nextSetBit(0); at >= 0; at = steps.nextSetBit(at + 1)) {
            seconds +=
                    readings.get(at + 1).stamp().secondsSince(readings.get(at).stamp());
        }
        return seconds;
    }

    /** Visits each two sightings of a series that follow each other; a series seen once is never visited. */
    <K, V> void pairs(Function<Reading, Map<K, V>> series, PairVisitor<K, V> visitor) {
        Map<K, Sighting<V>> seen = new HashMap<>();
        for (int at = 0; at < readings.size(); at++) {
            int now = at;
            series.apply(readings.get(at)).forEach((key, value) -> {
                Sighting<V> before = seen.put(key, new Sighting<>(now, value));
                if (before != null) {
                    visitor.pair(key, before.value(), value, new Steps(before.at(), now));
                }
            });
        }
    }

    private record Sighting<V>(int at, V value) {}

    /** The steps between two readings. */
    record Steps(int from, int to) {
        void addTo(BitSet steps) {
            steps.set(from, to);
        }
    }

    /** Takes two sightings of one series. */
    @FunctionalInterface
    interface PairVisitor<K, V> {
        void pair(K key, V before, V after, Steps steps);
    }
}
