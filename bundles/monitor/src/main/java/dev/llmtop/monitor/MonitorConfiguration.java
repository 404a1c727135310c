// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

/** The configuration of {@code dev.llmtop.monitor}. */
@interface MonitorConfiguration {
    /** {@code interval.ms}: from one tick to the next, 200..3600000. */
    int interval_ms() default 1_000;

    /** {@code window.seconds}: how far back window figures such as quantiles reach, 2..3600. */
    int window_seconds() default 60;

    /** {@code timeout.ms}: the total deadline of one request of a scrape, 100..60000. */
    int timeout_ms() default 2_000;

    /** {@code gpu}: whether GPU sources are sampled. */
    boolean gpu() default true;

    /** {@code samples}: how many snapshots somebody waits for; 0 where the agent runs on. Then a tick waits for slow engines. */
    int samples() default 0;
}
