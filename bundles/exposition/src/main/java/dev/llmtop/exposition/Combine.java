// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.Combined;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** How several series of a gauge become one figure. Immutable. */
public final class Combine {
    /** Their sum: requests, tokens. */
    public static final Combine SUM = new Combine(Combined.SUM, "", "", "");

    /** Their maximum: a limit, a share that has no weights. */
    public static final Combine MAX = new Combine(Combined.MAX, "", "", "");

    private final Combined how;
    private final String info;
    private final String weight;
    private final String join;

    private Combine(Combined how, String info, String weight, String join) {
        this.how = how;
        this.info = info;
        this.weight = weight;
        this.join = join;
    }

    /**
     * A share of capacities that may differ: the mean weighted by capacity. Several series of one part (the same value of
     * {@code join}) are one by their maximum.
     *
     * @param info the name of the series whose label holds the weight, without the table's prefix
     * @param weight the label of it that is a number
     * @param join the label that tells the parts apart, on both
     */
    public static Weighted weightedBy(String info, String weight, String join) {
        return new Weighted(info, weight, join);
    }

    /** A weighted mean that wants to know what it is without weights. */
    public static final class Weighted {
        private final String info;
        private final String weight;
        private final String join;

        private Weighted(String info, String weight, String join) {
            this.info = info;
            this.weight = weight;
            this.join = join;
        }

        /** The maximum, where a weight is missing. */
        public Combine orMax() {
            return new Combine(Combined.WEIGHTED, info, weight, join);
        }
    }

    /** A figure and how it came to be. */
    record Outcome(double value, Combined how) {}

    String info() {
        return info;
    }

    /** Combines at least one series with finite values. */
    Outcome of(List<Sample> samples, View view) {
        if (samples.size() == 1) {
            return new Outcome(samples.get(0).value(), view.lowestRankOf(samples.get(0)));
        }
        return switch (how) {
            case SUM -> new Outcome(samples.stream().mapToDouble(Sample::value).sum(), Combined.SUM);
            case WEIGHTED -> weighted(samples, view);
            default -> max(samples.stream().mapToDouble(Sample::value).max());
        };
    }

    private Outcome weighted(List<Sample> samples, View view) {
        Map<String, Double> parts = new HashMap<>();
        samples.forEach(sample -> parts.merge(sample.labels().value(join).orElse(""), sample.value(), Math::max));
        Map<String, Double> weights = view.labelNumbers(info, weight, join);
        double sum = 0;
        double whole = 0;
        for (Map.Entry<String, Double> part : parts.entrySet()) {
            Double of = weights.get(part.getKey());
            if (parts.size() == 1 || of == null || of <= 0) {
                return max(
                        parts.values().stream().mapToDouble(Double::doubleValue).max());
            }
            sum += of * part.getValue();
            whole += of;
        }
        return new Outcome(sum / whole, Combined.WEIGHTED);
    }

    private static Outcome max(OptionalDouble value) {
        return new Outcome(value.orElse(Double.NaN), Combined.MAX);
    }
}
