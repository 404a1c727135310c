// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import java.util.Arrays;

/**
 * One series of a classic histogram as scraped: cumulative counts by upper bound. Immutable; arrays inside, since a window holds
 * thousands.
 */
public final class Histogram {
    private final double[] upperBounds;
    private final double[] cumulativeCounts;
    private final double sum;
    private final double count;

    private Histogram(double[] upperBounds, double[] cumulativeCounts, double sum, double count) {
        this.upperBounds = upperBounds;
        this.cumulativeCounts = cumulativeCounts;
        this.sum = sum;
        this.count = count;
    }

    /**
     * A histogram.
     *
     * @param upperBounds ascending, finite: the +Inf bucket is left out, {@code count} stands for it
     * @param cumulativeCounts as many as bounds
     * @param sum of all observations, in the unit of the metric
     * @param count of all observations
     * @throws IllegalArgumentException where the two arrays differ in length or bounds do not ascend
     */
    public static Histogram of(double[] upperBounds, double[] cumulativeCounts, double sum, double count) {
        if (upperBounds.length != cumulativeCounts.length) {
            throw new IllegalArgumentException("as many counts as bounds");
        }
        for (int at = 1; at < upperBounds.length; at++) {
            if (!(upperBounds[at] > upperBounds[at - 1])) {
                throw new IllegalArgumentException("bounds ascend");
            }
        }
        return new Histogram(upperBounds.clone(), cumulativeCounts.clone(), sum, count);
    }

    /** Number of finite bounds. */
    public int size() {
        return upperBounds.length;
    }

    /** The upper bound at a position, inclusive. */
    public double upperBound(int at) {
        return upperBounds[at];
    }

    /** Observations at or below the bound at a position. */
    public double cumulativeCount(int at) {
        return cumulativeCounts[at];
    }

    /** Of all observations. */
    public double sum() {
        return sum;
    }

    /** Of all observations. */
    public double count() {
        return count;
    }

    /** Whether the other has the same bounds. */
    public boolean hasSameBounds(Histogram other) {
        return Arrays.equals(upperBounds, other.upperBounds);
    }
}
