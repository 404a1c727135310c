// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Numbers;
import dev.llmtop.model.Parts;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Reading.Fraction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Quotients of two counters over the whole window: the differences of both are summed over all series, then divided. A step in
 * which either of the two dropped is left out for that series. Nothing counted below the line is no 0: there is no quotient.
 */
final class WindowRatios {
    /** More positions than any draft has. */
    private static final int MOST_POSITIONS = 1_000;

    private WindowRatios() {}

    static void derive(Window window, Outcome outcome) {
        Map<Metric, Map<String, Sums>> grown = new EnumMap<>(Metric.class);
        window.pairs(Reading::fractions, (key, before, after, steps) -> {
            if (isReset(before, after)) {
                return;
            }
            grown.computeIfAbsent(key.metric(), unused -> new TreeMap<>())
                    .computeIfAbsent(key.part(), unused -> new Sums())
                    .add(before, after);
        });
        Set<Metric> now = metrics(window.last());
        Set<Metric> ever = EnumSet.noneOf(Metric.class);
        window.readings().forEach(reading -> ever.addAll(metrics(reading)));
        for (Metric metric : ever) {
            if (now.contains(metric)) {
                put(metric, grown.getOrDefault(metric, Map.of()), outcome);
            } else {
                outcome.vanished(metric);
            }
        }
    }

    private static void put(Metric metric, Map<String, Sums> parts, Outcome outcome) {
        switch (metric.form()) {
            case NUMBERS -> {
                List<Double> values = byPosition(parts);
                if (values.isEmpty()) {
                    nothing(metric, outcome);
                } else {
                    outcome.known(metric, new Numbers(values));
                }
            }
            case PARTS -> {
                Map<String, Double> values = new TreeMap<>();
                parts.forEach((part, sums) -> {
                    if (sums.isKnown()) {
                        values.put(part, sums.quotient());
                    }
                });
                outcome.known(metric, new Parts(values));
            }
            default -> {
                Sums all = new Sums();
                parts.values().forEach(all::add);
                if (all.isKnown()) {
                    outcome.number(metric, all.quotient());
                } else {
                    nothing(metric, outcome);
                }
            }
        }
    }

    /** Up to the first position of which nothing is known: a later one would move to a wrong place. */
    private static List<Double> byPosition(Map<String, Sums> parts) {
        List<Double> values = new ArrayList<>();
        for (int at = 0; at < MOST_POSITIONS; at++) {
            Sums sums = parts.get(Integer.toString(at));
            if (sums == null || !sums.isKnown()) {
                break;
            }
            values.add(Math.min(1.0, sums.quotient()));
        }
        return values;
    }

    private static void nothing(Metric metric, Outcome outcome) {
        outcome.noSample(metric, "nothing was counted in the window");
    }

    private static boolean isReset(Fraction before, Fraction after) {
        return before.numerator() < 0
                || before.denominator() < 0
                || after.numerator() < before.numerator()
                || after.denominator() < before.denominator();
    }

    private static Set<Metric> metrics(Reading reading) {
        Set<Metric> metrics = EnumSet.noneOf(Metric.class);
        reading.fractions().keySet().forEach(key -> metrics.add(key.metric()));
        return metrics;
    }

    private static final class Sums {
        private double numerator;
        private double denominator;

        void add(Fraction before, Fraction after) {
            numerator += after.numerator() - before.numerator();
            denominator += after.denominator() - before.denominator();
        }

        void add(Sums other) {
            numerator += other.numerator;
            denominator += other.denominator;
        }

        boolean isKnown() {
            return denominator > 0 && Double.isFinite(quotient());
        }

        double quotient() {
            return numerator / denominator;
        }
    }
}
