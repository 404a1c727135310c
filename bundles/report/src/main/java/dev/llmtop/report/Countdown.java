// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import dev.llmtop.model.Snapshot;

/**
 * Decides which snapshot a one-shot run prints: the one with which so many complete ones have come. A snapshot is complete once the
 * scan is over; where that takes too long, any counts. Not safe for several threads.
 */
final class Countdown {
    /** How long the first scan is waited for. */
    static final long PATIENCE_NANOS = 4_000_000_000L;

    private final long startNanos;
    private int missing;

    /**
     * @param samples at least 1; 0 for the very first snapshot, complete or not
     * @param startNanos when the wait began, by {@link System#nanoTime}
     */
    Countdown(int samples, long startNanos) {
        this.missing = samples;
        this.startNanos = startNanos;
    }

    /** Whether this snapshot is the one to print. */
    boolean ready(Snapshot snapshot, long nowNanos) {
        if (missing <= 0) {
            return true;
        }
        boolean impatient = nowNanos - startNanos >= PATIENCE_NANOS;
        if (!snapshot.agent().scanning() || impatient) {
            missing--;
        }
        return missing <= 0;
    }
}
