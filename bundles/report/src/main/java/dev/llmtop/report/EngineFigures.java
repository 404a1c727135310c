// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The figures of an engine or a model as cells.
 *
 * @param unavailable of the same engine or model, by path
 * @param fallback what a state says about figures that nobody has spoken of
 */
record EngineFigures(
        Figures<Metric> figures, Map<String, Value.Unavailable<?>> unavailable, Optional<Reason> fallback) {

    /** What the state of an engine without any figure says. */
    static Optional<Reason> fallback(State state) {
        return switch (state) {
            case IDENTIFYING -> Optional.of(Reason.NO_SAMPLE_YET);
            case LOADING -> Optional.of(Reason.LOADING);
            case UNREACHABLE -> Optional.of(Reason.UNREACHABLE);
            case BLOCKED -> Optional.of(Reason.NEEDS_KEY);
            case SLEEPING, READY -> Optional.empty();
        };
    }

    /** A number in decimal units. */
    Cell number(Metric metric) {
        return cell(metric, Number.class, number -> Cell.of(Cells.number(number.doubleValue())));
    }

    /** A whole number. */
    Cell count(Metric metric) {
        return cell(metric, Long.class, number -> Cell.of(Cells.count(number)));
    }

    /** A ratio in whole percent, without pressure. */
    Cell ratio(Metric metric) {
        return cell(metric, Double.class, ratio -> Cell.of(Cells.ratio(ratio)));
    }

    Cell kvCache() {
        return cell(
                Metric.KV_CACHE_USED_RATIO,
                Double.class,
                ratio -> Cell.pressed(Pressure.ofKvCache(ratio), cells -> Cells.ratio(ratio)));
    }

    Cell preemptions() {
        return cell(
                Metric.PREEMPTIONS_PER_SECOND,
                Double.class,
                rate -> Cell.pressed(Pressure.ofPreemptions(rate), cells -> Cells.number(rate, cells)));
    }

    /** The median; the mean where the lowest bucket holds the median. */
    Cell median(Metric metric) {
        return cell(
                metric,
                Distribution.class,
                distribution -> distribution
                        .quantiles()
                        .p50()
                        .or(distribution::mean)
                        .map(seconds -> Cell.of(Cells.latency(seconds)))
                        .orElseGet(() -> Cell.missing(Reason.NO_SAMPLE_YET)));
    }

    /** The 99th percentile of the time to the first token; the bound of the lowest bucket where that holds it. */
    Cell slowestFirstTokens() {
        return cell(Metric.TIME_TO_FIRST_TOKEN, Distribution.class, EngineFigures::slowest);
    }

    private static Cell slowest(Distribution distribution) {
        if (distribution.count() == 0) {
            return Cell.missing(Reason.NO_SAMPLE_YET);
        }
        Optional<Double> p99 = distribution.quantiles().p99();
        if (p99.isPresent()) {
            return Cell.pressed(Pressure.ofTimeToFirstToken(p99.get()), cells -> Cells.latency(p99.get(), cells));
        }
        return distribution.buckets().isEmpty()
                ? Cell.missing(Reason.NOT_EXPORTED)
                : Cell.of("<" + Cells.latency(distribution.buckets().get(0).upperBound(), 4));
    }

    private <T> Cell cell(Metric metric, Class<T> type, Function<T, Cell> writer) {
        Optional<T> known = figures.known(metric, type);
        return known.isPresent() ? writer.apply(known.get()) : missing(metric);
    }

    private Cell missing(Metric metric) {
        return figures.missing(metric)
                .map(Value.Unavailable::reason)
                .or(() -> reason("metrics." + metric.jsonName()))
                .or(() -> figures.asMap().isEmpty() ? fallback : Optional.empty())
                .map(Cell::missing)
                .orElse(Cell.BLANK);
    }

    /** Why what stands at {@code path} is not known: of itself or of an object around it. */
    Optional<Reason> reason(String path) {
        for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
            Value.Unavailable<?> gap = unavailable.get(at);
            if (gap != null) {
                return Optional.of(gap.reason());
            }
        }
        return Optional.empty();
    }
}
