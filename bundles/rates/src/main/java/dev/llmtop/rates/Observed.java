// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import dev.llmtop.model.Distribution;
import dev.llmtop.model.Distribution.Bucket;
import dev.llmtop.spi.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Observations summed over steps and series. Of series with differing bounds only the bounds that all of them have are kept: the
 * cumulative counts there add up exactly, and whatever else would be a guess. Count and mean need no bounds.
 */
final class Observed {
    private @Nullable NavigableMap<Double, Double> cumulative;
    private double sum;
    private double count;

    /** Whether {@code after} is the same series later on: nothing in it dropped. */
    static boolean follows(Histogram before, Histogram after) {
        if (!isSound(before) || !isSound(after) || !before.hasSameBounds(after)) {
            return false;
        }
        for (int at = 0; at < after.size(); at++) {
            if (after.cumulativeCount(at) < before.cumulativeCount(at)) {
                return false;
            }
        }
        return after.count() >= before.count() && after.sum() >= before.sum();
    }

    /** Whether all of its numbers can be counted with. */
    static boolean isSound(Histogram histogram) {
        boolean sound = Double.isFinite(histogram.sum()) && isCount(histogram.count());
        for (int at = 0; at < histogram.size(); at++) {
            sound &= Double.isFinite(histogram.upperBound(at)) && isCount(histogram.cumulativeCount(at));
        }
        return sound;
    }

    private static boolean isCount(double number) {
        return Double.isFinite(number) && number >= 0;
    }

    /** What was observed between two sightings of one series. */
    void add(Histogram before, Histogram after) {
        sum += after.sum() - before.sum();
        count += after.count() - before.count();
        NavigableMap<Double, Double> more = new TreeMap<>();
        for (int at = 0; at < after.size(); at++) {
            more.put(after.upperBound(at), after.cumulativeCount(at) - before.cumulativeCount(at));
        }
        merge(more);
    }

    /** All that one series ever observed. */
    void add(Histogram histogram) {
        sum += histogram.sum();
        count += histogram.count();
        NavigableMap<Double, Double> more = new TreeMap<>();
        for (int at = 0; at < histogram.size(); at++) {
            more.put(histogram.upperBound(at), histogram.cumulativeCount(at));
        }
        merge(more);
    }

    private void merge(NavigableMap<Double, Double> more) {
        if (cumulative == null) {
            cumulative = more;
            return;
        }
        NavigableMap<Double, Double> common = new TreeMap<>();
        cumulative.forEach((bound, counted) -> {
            Double added = more.get(bound);
            if (added != null) {
                common.put(bound, counted + added);
            }
        });
        cumulative = common;
    }

    Distribution distribution(double windowSeconds, Optional<Distribution> sinceStart) {
        long observations = Math.round(count);
        if (observations == 0) {
            return new Distribution(
                    Distribution.Quantiles.NONE, Optional.empty(), 0, windowSeconds, List.of(), sinceStart);
        }
        List<Bucket> buckets = buckets(observations);
        double mean = sum / count;
        return new Distribution(
                new Distribution.Quantiles(
                        Quantiles.estimate(buckets, observations, 0.5),
                        Quantiles.estimate(buckets, observations, 0.9),
                        Quantiles.estimate(buckets, observations, 0.99)),
                Double.isFinite(mean) ? Optional.of(mean) : Optional.empty(),
                observations,
                windowSeconds,
                buckets,
                sinceStart);
    }

    /** A page is not scraped in one instant: where a count lags behind, the bucket below it holds. */
    private List<Bucket> buckets(long observations) {
        List<Bucket> buckets = new ArrayList<>();
        if (cumulative == null) {
            return buckets;
        }
        long reached = 0;
        for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
            reached = Math.min(observations, Math.max(reached, Math.round(bucket.getValue())));
            buckets.add(new Bucket(bucket.getKey(), reached));
        }
        return buckets;
    }
}
