// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Figure.Form;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Parts;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Reading.CountKey;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rates and totals of counters.
 *
 * <p>A rate is over the last step: each series is differenced by itself and the differences are summed. A series that is seen for
 * the first time, that vanished, or that dropped (a reset: the step is unknown for it) adds nothing; the sum is over the others, so
 * it may be too low for one step while a rank restarts. Where no series has a known difference there is no rate.
 *
 * <p>A counter that moves at the end of requests is taken over the whole window, since one step tells little of it; where it stood
 * still all the while and requests run, or may run, there is no rate either: 0 would be an invention. Where the progress of the
 * tasks that run is told, it is a live counter, see {@link LiveProgress}.
 */
final class CounterRates {
    private final Window window;
    private final Outcome outcome;

    private CounterRates(Window window, Outcome outcome) {
        this.window = window;
        this.outcome = outcome;
    }

    static void derive(Window window, Outcome outcome) {
        CounterRates rates = new CounterRates(window, outcome);
        for (Counter counter : Counter.values()) {
            if (has(window.last(), counter)) {
                rates.total(counter);
                rates.rate(counter);
            } else if (LiveProgress.has(window.last(), counter)) {
                rates.rate(counter);
            } else if (window.any(reading -> has(reading, counter))) {
                counter.total().ifPresent(outcome::vanished);
                counter.rate().ifPresent(outcome::vanished);
            }
        }
    }

    private void total(Counter counter) {
        counter.total().ifPresent(metric -> {
            double sum = 0;
            for (Map.Entry<CountKey, Double> series : window.last().counts().entrySet()) {
                if (series.getKey().counter() == counter) {
                    // A counter below zero is none.
                    sum += Math.max(0, series.getValue());
                }
            }
            outcome.number(metric, sum);
        });
    }

    private void rate(Counter counter) {
        Optional<Metric> fed = counter.rate();
        if (fed.isEmpty()) {
            return;
        }
        Metric metric = fed.get();
        if (LiveProgress.has(window.last(), counter)) {
            LiveProgress.rate(window, counter)
                    .ifPresentOrElse(
                            rate -> outcome.number(metric, rate),
                            () -> outcome.noSample(metric, "a rate needs a task that is seen twice"));
            return;
        }
        boolean atEnd = window.last().basis(counter) == Basis.AT_REQUEST_END;
        Window span = atEnd ? window : window.lastStep(reading -> has(reading, counter));
        Growth growth = Growth.of(span, counter);
        double seconds = span.seconds(growth.steps());
        if (growth.steps().isEmpty()) {
            outcome.noSample(metric, growth.reset() ? "the counter began anew" : "a rate needs a second answer");
        } else if (atEnd && growth.sum() == 0 && mayRun()) {
            outcome.noSample(metric, "its counter moves when a request ends, and none ended in the window");
        } else if (metric.form() == Form.PARTS) {
            parts(metric, growth, seconds);
        } else {
            outcome.number(metric, growth.sum() / seconds);
        }
    }

    private void parts(Metric metric, Growth growth, double seconds) {
        Map<String, Double> rates = new TreeMap<>();
        growth.byPart().forEach((part, grown) -> {
            double rate = grown / seconds;
            if (Double.isFinite(rate)) {
                rates.put(part, rate);
            }
        });
        outcome.known(metric, new Parts(rates));
    }

    /** Requests run, or nobody says that none does. */
    private boolean mayRun() {
        return window.last().figures().number(Metric.RUNNING).orElse(1.0) > 0;
    }

    private static boolean has(Reading reading, Counter counter) {
        return reading.counts().keySet().stream().anyMatch(key -> key.counter() == counter);
    }

    /**
     * How far a counter moved.
     *
     * @param byPart the parts that have a known difference
     * @param steps in which at least one series has a known difference
     * @param reset whether a series dropped
     */
    private record Growth(Map<String, Double> byPart, BitSet steps, boolean reset) {
        static Growth of(Window span, Counter counter) {
            Map<String, Double> byPart = new TreeMap<>();
            BitSet steps = new BitSet();
            boolean[] reset = {false};
            span.pairs(Reading::counts, (key, before, after, between) -> {
                if (key.counter() != counter) {
                    return;
                }
                if (before < 0 || after < before) {
                    reset[0] = true;
                    return;
                }
                byPart.merge(key.part(), after - before, Double::sum);
                between.addTo(steps);
            });
            return new Growth(byPart, steps, reset[0]);
        }

        double sum() {
            return byPart.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }
}
