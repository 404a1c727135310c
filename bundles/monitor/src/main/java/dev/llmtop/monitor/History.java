// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.spi.Reading;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The readings of one engine within a window, oldest first, and at least the last two. Not safe for several threads. */
final class History {
    /** Five a second over the longest window would be 18,000; nobody needs so many. */
    private static final int MOST_READINGS = 1_024;

    private final long windowNanos;
    private final Deque<Reading> readings = new ArrayDeque<>();

    History(Duration window) {
        windowNanos = window.toNanos();
    }

    /** Adds a reading; one with the stamp of the last replaces it, an older one is left out. */
    void add(Reading reading) {
        Reading last = readings.peekLast();
        if (last != null) {
            long ahead = reading.stamp().nanos() - last.stamp().nanos();
            if (ahead < 0) {
                return;
            }
            if (ahead == 0) {
                readings.removeLast();
            }
        }
        readings.addLast(reading);
        while (readings.size() > 2 && (readings.size() > MOST_READINGS || firstIsOld(reading))) {
            readings.removeFirst();
        }
    }

    private boolean firstIsOld(Reading newest) {
        return newest.stamp().nanos() - readings.getFirst().stamp().nanos() > windowNanos;
    }

    void clear() {
        readings.clear();
    }

    List<Reading> window() {
        return List.copyOf(readings);
    }
}
