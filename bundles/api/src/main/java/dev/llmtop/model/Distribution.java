// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.List;
import java.util.Optional;

/**
 * How a latency (seconds) or a length (tokens) was spread over a window. Quantiles are estimates within a bucket.
 *
 * @param quantiles of the window; the whole is absent when nothing was observed in it
 * @param mean of the window, exact (sum / count); absent when nothing was observed
 * @param count observations in the window, at least 0
 * @param windowSeconds the length of the window, greater than 0; 0 when there is no window yet
 * @param buckets of the window: upper bound and cumulative count, the +Inf bucket left out; empty when nothing was observed
 * @param sinceStart the same since the engine's start; absent when unknown (inside {@code sinceStart} itself always absent)
 */
public record Distribution(
        Quantiles quantiles,
        Optional<Double> mean,
        long count,
        double windowSeconds,
        List<Bucket> buckets,
        Optional<Distribution> sinceStart) {
    /**
     * Quantile estimates.
     *
     * @param p50 absent where the lowest bucket already holds it (its place in there is unknown), or nothing was observed
     * @param p90 likewise
     * @param p99 likewise
     */
    public record Quantiles(Optional<Double> p50, Optional<Double> p90, Optional<Double> p99) {
        /** No quantile known. */
        public static final Quantiles NONE = new Quantiles(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * One bucket of a histogram.
     *
     * @param upperBound finite, inclusive
     * @param cumulativeCount observations at or below the bound, at least 0
     */
    public record Bucket(double upperBound, long cumulativeCount) {}

    public Distribution {
        buckets = List.copyOf(buckets);
        if (count < 0) {
            throw new IllegalArgumentException("count is at least 0, not " + count);
        }
    }
}
