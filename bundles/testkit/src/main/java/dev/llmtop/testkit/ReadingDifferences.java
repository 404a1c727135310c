// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Parts;
import dev.llmtop.model.Source;
import dev.llmtop.model.Texts;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Reading;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A reading beside what is expected of it. */
final class ReadingDifferences {
    private final Reading reading;
    private final Differences differences;

    ReadingDifferences(Reading reading, Differences differences) {
        this.reading = reading;
        this.differences = differences;
    }

    void against(JsonNode expected) {
        differences.same(
                "silent gaps", "[]", ReadingCoverage.silentGaps(reading).toString());
        differences.same(
                "state", expected.path("state"), reading.state().map(Enum::name).orElse(""));
        differences.each(
                expected.path("figures"),
                (metric, value) -> differences.close(
                        metric,
                        value.asDouble(),
                        reading.figures().number(metric(metric)).orElse(Double.NaN)));
        differences.each(expected.path("parts"), (metric, value) -> parts(metric, value));
        differences.each(
                expected.path("texts"),
                (metric, value) -> differences.same(
                        metric,
                        CaseExpectation.texts(value).toString(),
                        reading.figures()
                                .known(metric(metric), Texts.class)
                                .map(texts -> texts.values().toString())
                                .orElse("")));
        differences.each(
                expected.path("missing"), (metric, reason) -> differences.same(metric, reason, reason(metric)));
        differences.each(
                expected.path("details"),
                (metric, words) -> differences.isTrue(
                        metric + ": '" + detail(metric) + "' says " + words,
                        detail(metric).contains(words.asText())));
        differences.each(
                expected.path("combined"),
                (metric, how) -> differences.same(
                        metric + " combined",
                        how,
                        source(metric).map(source -> source.combined().name()).orElse("")));
        differences.each(
                expected.path("basis"),
                (metric, how) -> differences.same(
                        metric + " basis",
                        how,
                        source(metric).map(source -> source.basis().name()).orElse("")));
        series(expected);
    }

    private void series(JsonNode expected) {
        JsonNode counts = expected.path("counts");
        differences.isTrue(
                "no counter",
                !counts.isObject() || !counts.isEmpty() || reading.counts().isEmpty());
        differences.each(
                counts, (counter, value) -> differences.close(counter, value.asDouble(), count(reading, counter)));
        differences.each(expected.path("fractions"), (metric, pair) -> {
            double top = 0;
            double bottom = 0;
            for (var fraction : reading.fractions().entrySet()) {
                String part = fraction.getKey().part();
                if (metric.equals(fraction.getKey().metric().jsonName() + (part.isEmpty() ? "" : "/" + part))) {
                    top += fraction.getValue().numerator();
                    bottom += fraction.getValue().denominator();
                }
            }
            differences.close(metric + " numerator", pair.path(0).asDouble(), top);
            differences.close(metric + " denominator", pair.path(1).asDouble(), bottom);
        });
        differences.each(expected.path("histograms"), (metric, histogram) -> {
            double count = 0;
            double sum = 0;
            for (var series : reading.histograms().entrySet()) {
                if (series.getKey().metric() == metric(metric)) {
                    count += series.getValue().count();
                    sum += series.getValue().sum();
                }
            }
            differences.close(metric + " count", histogram.path("count").asDouble(), count);
            differences.close(metric + " sum", histogram.path("sum").asDouble(sum), sum);
        });
    }

    private void parts(String metric, JsonNode expected) {
        Map<String, Double> wanted = new TreeMap<>();
        differences.each(expected, (part, value) -> wanted.put(part, value.asDouble()));
        differences.same(
                metric,
                wanted.toString(),
                reading.figures()
                        .known(metric(metric), Parts.class)
                        .map(parts -> parts.byName().toString())
                        .orElse(""));
    }

    private String reason(String metric) {
        return missing(metric).map(why -> why.reason().code()).orElse("");
    }

    private String detail(String metric) {
        return missing(metric).map(Value.Unavailable::detail).orElse("");
    }

    private Optional<Value.Unavailable<?>> missing(String metric) {
        return reading.figures().missing(metric(metric));
    }

    private Optional<Source> source(String metric) {
        return Optional.ofNullable(reading.sources().get(metric(metric)));
    }

    /** The sum over the series of a counter, or of one part of it ({@code FINISHED/stop}). */
    static double count(Reading reading, String counter) {
        int slash = counter.indexOf('/');
        String name = slash < 0 ? counter : counter.substring(0, slash);
        String part = slash < 0 ? "" : counter.substring(slash + 1);
        return reading.counts().entrySet().stream()
                .filter(entry -> entry.getKey().counter().name().equals(name)
                        && entry.getKey().part().equals(part))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static Metric metric(String jsonName) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.jsonName().equals(jsonName))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + jsonName));
    }
}
