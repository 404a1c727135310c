// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import java.time.Duration;

/**
 * How the agent runs.
 *
 * @param version of llmtop
 * @param interval from tick to tick
 * @param window how far back window figures reach
 * @param timeout the total deadline of one request
 * @param gpu whether GPU sources are sampled
 * @param complete whether a snapshot waits for slow engines, up to the deadline, because there will be no later one
 */
record Settings(String version, Duration interval, Duration window, Duration timeout, boolean gpu, boolean complete) {
    /** How long a running agent's tick waits for answers; what comes later stands in the next snapshot. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    static Settings of(String version, MonitorConfiguration configuration) {
        return new Settings(
                version,
                Duration.ofMillis(within(configuration.interval_ms(), 200, 3_600_000)),
                Duration.ofSeconds(within(configuration.window_seconds(), 2, 3_600)),
                Duration.ofMillis(within(configuration.timeout_ms(), 100, 60_000)),
                configuration.gpu(),
                configuration.samples() > 0);
    }

    /** How long a tick waits for the scrapes that it began. */
    Duration patience() {
        return complete || timeout.compareTo(PATIENCE) < 0 ? timeout : PATIENCE;
    }

    private static int within(int value, int least, int most) {
        return Math.min(most, Math.max(least, value));
    }
}
