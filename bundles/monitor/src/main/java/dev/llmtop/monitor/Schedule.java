// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

/** When the next tick is due. All times are {@link System#nanoTime}. */
final class Schedule {
    private Schedule() {}

    /**
     * The next tick of a fixed rate. Ticks that a long one missed are left out: none is made up for. Between the scrapes of two
     * ticks lies nearly a whole interval, so that a rate is never of a moment only.
     *
     * @param planned when the last tick was due
     * @param scraped when its scrapes began
     * @param now when it ended
     * @param interval from tick to tick
     */
    static long following(long planned, long scraped, long now, long interval) {
        long next = planned + interval;
        long behind = now - next;
        if (behind > 0) {
            next += (behind + interval - 1) / interval * interval;
        }
        long least = scraped + interval - interval / 10;
        return next - least < 0 ? scraped + interval : next;
    }
}
