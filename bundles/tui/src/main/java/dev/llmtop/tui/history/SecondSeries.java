// SPDX-License-Identifier: MIT
package dev.llmtop.tui.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One figure of the last hour, a number a second; NaN where nothing was known. Takes no memory until something is. */
final class SecondSeries {
    static final int SECONDS = 3_600;

    private float @Nullable [] values;
    private long last = Long.MIN_VALUE;

    /**
     * Sets a second; those since the one before it get the same value where they are at most {@code held}, else nothing. In one
     * second the greatest counts.
     */
    void put(long second, double value, int held) {
        float[] ring = values;
        if (ring == null) {
            if (Double.isNaN(value)) {
                return;
            }
            ring = new float[SECONDS];
            Arrays.fill(ring, Float.NaN);
            values = ring;
            last = second - 1;
        }
        if (second <= last) {
            int place = place(last);
            ring[place] = greater(ring[place], (float) value);
            return;
        }
        long gap = second - last - 1;
        float between = gap <= held ? (float) value : Float.NaN;
        for (long at = Math.max(last + 1, second - SECONDS + 1); at < second; at++) {
            ring[place(at)] = between;
        }
        ring[place(second)] = (float) value;
        last = second;
    }

    /** The greatest between two seconds, the first excluded; NaN where nothing was known. */
    double greatest(long after, long until) {
        float[] ring = values;
        float found = Float.NaN;
        if (ring != null) {
            for (long at = Math.max(after + 1, last - SECONDS + 1); at <= Math.min(until, last); at++) {
                found = greater(found, ring[place(at)]);
            }
        }
        return found;
    }

    private static int place(long second) {
        return (int) Math.floorMod(second, (long) SECONDS);
    }

    private static float greater(float one, float other) {
        return Float.isNaN(one) ? other : Float.isNaN(other) ? one : Math.max(one, other);
    }
}
