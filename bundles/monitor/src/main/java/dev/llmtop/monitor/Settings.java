// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import java.time.Duration;

/**
 * How the agent runs.
 *
 * @param version of llmtop
 * @param interval from tick to tick
 * @param window how far back window figures reach
 * @param gpu whether GPU sources are sampled
 * @param complete whether a snapshot waits for slow engines, up to their deadline
 */
record Settings(String version, Duration interval, Duration window, boolean gpu, boolean complete) {
    /** How long a running agent's tick waits for answers; what comes later stands in the next snapshot. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** The first snapshot is better a little late than empty. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(1);

    static Settings of(String version, MonitorConfiguration configuration) {
        return new Settings(
                version,
                Duration.ofMillis(within(configuration.interval_ms(), 200, 3_600_000)),
                Duration.ofSeconds(within(configuration.window_seconds(), 2, 3_600)),
                configuration.gpu(),
                configuration.complete());
    }

    /**
     * How long a tick waits for the scrapes that it began.
     *
     * @param timeout the deadline of a scrape
     * @param first whether it is the first tick
     */
    Duration patience(Duration timeout, boolean first) {
        Duration most = first ? FIRST_PATIENCE : PATIENCE;
        return complete || timeout.compareTo(most) < 0 ? timeout : most;
    }

    private static int within(int value, int least, int most) {
        return Math.min(most, Math.max(least, value));
    }
}
