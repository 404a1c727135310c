// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import dev.llmtop.model.Distribution.Bucket;
import java.util.List;
import java.util.Optional;

/** Estimates quantiles from cumulative buckets. */
final class Quantiles {
    private Quantiles() {}

    /**
     * The quantile, linear within its bucket. Absent where the lowest bucket holds it, whose lower end is unknown, or where it lies
     * beyond the last bound.
     *
     * @param buckets ascending bounds, cumulative counts that never fall
     * @param count of all observations, those beyond the last bound included; at least 1
     * @param quantile 0..1
     */
    static Optional<Double> estimate(List<Bucket> buckets, long count, double quantile) {
        double rank = quantile * count;
        for (int at = 0; at < buckets.size(); at++) {
            Bucket bucket = buckets.get(at);
            if (bucket.cumulativeCount() >= rank) {
                return at == 0 ? Optional.empty() : Optional.of(within(buckets.get(at - 1), bucket, rank));
            }
        }
        return Optional.empty();
    }

    private static double within(Bucket below, Bucket holding, double rank) {
        double share = (rank - below.cumulativeCount()) / (holding.cumulativeCount() - below.cumulativeCount());
        double width = holding.upperBound() - below.upperBound();
        return Math.min(holding.upperBound(), below.upperBound() + share * width);
    }
}
