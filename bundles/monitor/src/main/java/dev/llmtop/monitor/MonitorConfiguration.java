// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

/** The configuration of {@code dev.llmtop.monitor}. */
@interface MonitorConfiguration {
    /** {@code interval.ms}: from one tick to the next, 200..3600000. */
    int interval_ms() default 1_000;

    /** {@code window.seconds}: how far back window figures such as quantiles reach, 2..3600. */
    int window_seconds() default 60;

    /** {@code gpu}: whether GPU sources are sampled. */
    boolean gpu() default true;

    /**
     * {@code complete}: whether every snapshot waits for slow engines, up to their deadline. For one-shot runs, after which no later
     * snapshot shows what came late; the launcher sets it.
     */
    boolean complete() default false;
}
