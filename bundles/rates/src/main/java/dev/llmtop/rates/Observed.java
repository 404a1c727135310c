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

/**
 * Observations summed over steps and series. Of series with differing bounds only the bounds that all of them have are kept: the
 * cumulative counts there add up exactly, and whatever else would be a guess. Count and mean need no bounds.
 */
final class Observed {
    private final List<Group> groups = new ArrayList<>();
    private double sum;
    private double count;

    /** Series of equal bounds; nearly always there is one such group. */
    private static final class Group {
        private final Histogram bounds;
        private final double[] cumulative;

        Group(Histogram bounds) {
            this.bounds = bounds;
            cumulative = new double[bounds.size()];
        }

        NavigableMap<Double, Double> byBound() {
            NavigableMap<Double, Double> byBound = new TreeMap<>();
            for (int at = 0; at < cumulative.length; at++) {
                byBound.put(bounds.upperBound(at), cumulative[at]);
            }
            return byBound;
        }
    }

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
        double[] cumulative = group(after).cumulative;
        for (int at = 0; at < cumulative.length; at++) {
            cumulative[at] += after.cumulativeCount(at) - before.cumulativeCount(at);
        }
    }

    /** All that one series ever observed. */
    void add(Histogram histogram) {
        sum += histogram.sum();
        count += histogram.count();
        double[] cumulative = group(histogram).cumulative;
        for (int at = 0; at < cumulative.length; at++) {
            cumulative[at] += histogram.cumulativeCount(at);
        }
    }

    private Group group(Histogram histogram) {
        for (Group group : groups) {
            if (group.bounds.hasSameBounds(histogram)) {
                return group;
            }
        }
        Group group = new Group(histogram);
        groups.add(group);
        return group;
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
        long reached = 0;
        for (Map.Entry<Double, Double> bucket : common().entrySet()) {
            reached = Math.min(observations, Math.max(reached, Math.round(bucket.getValue())));
            buckets.add(new Bucket(bucket.getKey(), reached));
        }
        return buckets;
    }

    private NavigableMap<Double, Double> common() {
        NavigableMap<Double, Double> common = new TreeMap<>();
        for (int at = 0; at < groups.size(); at++) {
            NavigableMap<Double, Double> more = groups.get(at).byBound();
            if (at == 0) {
                common = more;
            } else {
                common.keySet().retainAll(more.keySet());
                common.replaceAll((bound, counted) -> counted + more.getOrDefault(bound, 0.0));
            }
        }
        return common;
    }
}
