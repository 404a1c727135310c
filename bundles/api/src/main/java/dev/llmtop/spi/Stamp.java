// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import java.time.Instant;

/**
 * When an answer came: its head was read.
 *
 * @param time of the wall clock, for a person only
 * @param nanos of {@link System#nanoTime}, for every difference
 */
public record Stamp(Instant time, long nanos) {
    /** Now. */
    public static Stamp now() {
        return new Stamp(Instant.now(), System.nanoTime());
    }

    /** Seconds from {@code earlier} to this, monotonic; negative where {@code earlier} is later. */
    public double secondsSince(Stamp earlier) {
        return (nanos - earlier.nanos) / 1e9;
    }
}
