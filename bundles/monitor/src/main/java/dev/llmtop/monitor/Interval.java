// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import java.time.Duration;

/** The time from tick to tick, which may change while ticks run. Safe for several threads. */
final class Interval {
    private static final Duration LEAST = Duration.ofMillis(200);
    private static final Duration MOST = Duration.ofHours(1);

    private volatile Duration now;

    Interval(Duration now) {
        this.now = now;
    }

    Duration get() {
        return now;
    }

    /** Sets it, within what an agent can do. */
    void set(Duration wanted) {
        now = wanted.compareTo(LEAST) < 0 ? LEAST : wanted.compareTo(MOST) > 0 ? MOST : wanted;
    }
}
