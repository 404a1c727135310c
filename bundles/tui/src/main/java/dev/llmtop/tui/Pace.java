// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

/**
 * How often a frame may be drawn: 20 times a second over any longer time, and a few at once after a pause, so that a key is answered
 * at once although a tick was just drawn. All times are {@link System#nanoTime}.
 */
final class Pace {
    private static final long BETWEEN_NANOS = 50_000_000;
    private static final int AT_ONCE = 3;

    private long due;

    Pace(long now) {
        due = now;
    }

    /** How long to wait before the next frame; 0 or less for not at all. */
    long left(long now) {
        return due - now - (AT_ONCE - 1) * BETWEEN_NANOS;
    }

    /** A frame was drawn. */
    void drawn(long now) {
        due = (due - now < 0 ? now : due) + BETWEEN_NANOS;
    }
}
