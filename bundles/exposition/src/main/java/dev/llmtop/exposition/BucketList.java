// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.spi.Histogram;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The buckets of one series of a histogram, in whatever order they stood. */
final class BucketList {
    private final TreeMap<Double, Double> byBound = new TreeMap<>();
    private double sum = Double.NaN;
    private double count = Double.NaN;

    void add(double bound, double cumulative) {
        if (!Double.isNaN(bound) && usable(cumulative)) {
            byBound.putIfAbsent(bound, cumulative);
        }
    }

    void sum(double known) {
        sum = Double.isFinite(known) ? known : Double.NaN;
    }

    void count(double known) {
        count = usable(known) ? known : Double.NaN;
    }

    /**
     * The histogram, unless the sum or the number of all observations is nowhere: the {@code _count} may be missing where a +Inf
     * bucket stands for it. A bucket that says less than the one below it was written while a request was counted: it takes that
     * one's count.
     */
    Optional<Histogram> histogram() {
        Double infinite = byBound.remove(Double.POSITIVE_INFINITY);
        double all = Double.isNaN(count) && infinite != null ? infinite : count;
        byBound.remove(Double.NEGATIVE_INFINITY);
        if (Double.isNaN(all) || Double.isNaN(sum)) {
            return Optional.empty();
        }
        double[] bounds = new double[byBound.size()];
        double[] counts = new double[bounds.length];
        int at = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : byBound.entrySet()) {
            below = Math.max(below, bucket.getValue());
            bounds[at] = bucket.getKey();
            counts[at++] = below;
        }
        return Optional.of(Histogram.of(bounds, counts, sum, Math.max(all, below)));
    }

    private static boolean usable(double number) {
        return Double.isFinite(number) && number >= 0;
    }
}
