// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.Parts;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.testkit.CaseFolder;
import dev.llmtop.testkit.EngineServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the cases, made by hand after the source; what is expected was written by hand, its source stands in each {@code expected.json}. */
class SglangCasesTest {
    private final SglangAdapter adapter = new SglangAdapter();

    static Stream<String> cases() {
        return CaseFolder.below(Path.of("src/test/resources/cases")).stream().map(CaseFolder::name);
    }

    private static CaseFolder open(String name) {
        return CaseFolder.read(Path.of("src/test/resources/cases", name));
    }

    private static JsonNode expected(CaseFolder folder) throws IOException {
        return new ObjectMapper().readTree(folder.text("expected.json"));
    }

    private static Candidate candidate(CaseFolder folder, EngineServer server) {
        return Sglang.hinted(server.endpoint(), folder.argv().orElseThrow().toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRecognized(String name) throws IOException {
        CaseFolder folder = open(name);
        JsonNode match = expected(folder).path("match");
        try (EngineServer server = folder.start()) {
            Match made = adapter.detect(candidate(folder, server), Sglang.probe(server));
            assertThat(made.strength().name()).isEqualTo(match.path("strength").asText());
            assertThat(made.state().name()).isEqualTo(match.path("state").asText());
            assertThat(made.evidence()).isNotEmpty();
            server.assertOnly(Sglang.PATHS);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isDescribed(String name) throws IOException {
        CaseFolder folder = open(name);
        JsonNode expected = expected(folder);
        try (EngineServer server = folder.start()) {
            Description made =
                    adapter.describe(Sglang.engine(candidate(folder, server), Match.none()), Sglang.probe(server));
            assertThat(made.version().known().orElse(""))
                    .isEqualTo(expected.path("version").asText());
            assertThat(made.models()).hasSameSizeAs(expected.path("models"));
            for (int at = 0; at < made.models().size(); at++) {
                check(made.models().get(at), expected.path("models").path(at));
            }
            each(
                    expected,
                    "config",
                    (setting, value) ->
                            assertThat(made.config().get(setting)).as(setting).hasToString(value.asText()));
            each(
                    expected,
                    "unavailable",
                    (path, reason) -> assertThat(
                                    made.unavailable().get(path).reason().code())
                            .isEqualTo(reason.asText()));
            assertThat(everything(made)).doesNotContain("sk-zoo-secret");
            server.assertOnly(Sglang.PATHS);
        }
    }

    /** All that a description holds, as text. */
    static String everything(Description made) {
        return made.config().toString()
                + made.unavailable()
                + made.version()
                + made.figures()
                + made.backendUrls()
                + made.models().stream()
                        .map(model -> model.id() + model.facts() + model.unavailable())
                        .toList();
    }

    private static void check(ServedModel model, JsonNode expected) {
        assertThat(model.id()).isEqualTo(expected.path("id").asText());
        assertThat(model.state().name()).isEqualTo(expected.path("state").asText());
        assertThat(model.facts().get(Fact.ROOT)).isEqualTo(expected.path("root").asText());
        assertThat(model.facts().get(Fact.CONTEXT_TOKENS))
                .isEqualTo(expected.path("contextTokens").asLong());
        assertThat(model.facts().getOrDefault(Fact.QUANTIZATION, ""))
                .isEqualTo(expected.path("quantization").asText());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isMeasured(String name) throws IOException {
        CaseFolder folder = open(name);
        JsonNode expected = expected(folder);
        List<Reading> readings = readings(folder);
        Reading last = readings.get(readings.size() - 1);
        assertThat(Sglang.silentGaps(last)).isEmpty();
        if (expected.path("state").isTextual()) {
            assertThat(last.state().orElseThrow().name())
                    .isEqualTo(expected.path("state").asText());
        }
        each(
                expected,
                "figures",
                (metric, value) -> assertThat(
                                last.figures().number(metric(metric)).orElseThrow())
                        .as(metric)
                        .isCloseTo(value.asDouble(), within(1e-12)));
        each(
                expected,
                "parts",
                (metric, parts) -> assertThat(last.figures().known(metric(metric), Parts.class))
                        .hasValueSatisfying(made -> {
                            assertThat(made.byName()).hasSameSizeAs(parts);
                            made.byName()
                                    .forEach((part, value) -> assertThat(value)
                                            .isEqualTo(parts.path(part).asDouble()));
                        }));
        each(
                expected,
                "missing",
                (metric, reason) -> assertThat(last.figures()
                                .missing(metric(metric))
                                .orElseThrow()
                                .reason()
                                .code())
                        .as(metric)
                        .isEqualTo(reason.asText()));
        each(
                expected,
                "combined",
                (metric, how) -> assertThat(
                                last.sources().get(metric(metric)).combined().name())
                        .as(metric)
                        .isEqualTo(how.asText()));
        each(
                expected,
                "basis",
                (metric, basis) -> assertThat(
                                last.sources().get(metric(metric)).basis().name())
                        .as(metric)
                        .isEqualTo(basis.asText()));
        checkSeries(last, expected);
    }

    private static void checkSeries(Reading reading, JsonNode expected) {
        each(
                expected,
                "counts",
                (counter, value) ->
                        assertThat(count(reading, counter)).as(counter).isEqualTo(value.asDouble()));
        each(expected, "fractions", (metric, pair) -> {
            double top = 0;
            double bottom = 0;
            for (var fraction : reading.fractions().entrySet()) {
                String part = fraction.getKey().part();
                if (metric.equals(fraction.getKey().metric().jsonName() + (part.isEmpty() ? "" : "/" + part))) {
                    top += fraction.getValue().numerator();
                    bottom += fraction.getValue().denominator();
                }
            }
            assertThat(List.of(top, bottom))
                    .as(metric)
                    .containsExactly(pair.path(0).asDouble(), pair.path(1).asDouble());
        });
        each(expected, "histograms", (metric, histogram) -> {
            double count = 0;
            double sum = 0;
            for (var series : reading.histograms().entrySet()) {
                if (series.getKey().metric() == metric(metric)) {
                    count += series.getValue().count();
                    sum += series.getValue().sum();
                }
            }
            assertThat(count).as(metric).isEqualTo(histogram.path("count").asDouble());
            assertThat(sum).as(metric).isCloseTo(histogram.path("sum").asDouble(), within(1e-9));
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void growsBetweenTwoReadings(String name) throws IOException {
        CaseFolder folder = open(name);
        JsonNode step = expected(folder).path("step");
        List<Reading> readings = readings(folder);
        step.fields()
                .forEachRemaining(field -> assertThat(
                                count(readings.get(1), field.getKey()) - count(readings.get(0), field.getKey()))
                        .as(field.getKey())
                        .isEqualTo(field.getValue().asDouble()));
        assertThat(readings.get(0).fingerprint())
                .isEqualTo(readings.get(readings.size() - 1).fingerprint());
    }

    /** One reading for each recorded page, in order. */
    private List<Reading> readings(CaseFolder folder) {
        List<Reading> readings = new ArrayList<>();
        try (EngineServer server = folder.start()) {
            Engine engine = Sglang.described(adapter, candidate(folder, server), Sglang.probe(server));
            for (JsonNode request : folder.index().path("requests")) {
                if (request.path("path").asText().equals("/metrics")) {
                    readings.add(adapter.metrics(engine, Sglang.probe(server)));
                }
            }
            server.assertOnly(Sglang.PATHS);
        }
        return readings;
    }

    private static double count(Reading reading, String counter) {
        return reading.counts().entrySet().stream()
                .filter(entry -> {
                    String part = entry.getKey().part();
                    String plain = entry.getKey().counter().name();
                    return counter.equals(plain + (part.isEmpty() ? "" : "/" + part))
                            && !(part.isEmpty() && plain.equals("FINISHED"));
                })
                .mapToDouble(entry -> entry.getValue())
                .sum();
    }

    private static Metric metric(String jsonName) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.jsonName().equals(jsonName))
                .findFirst()
                .orElseThrow();
    }

    private static void each(JsonNode expected, String section, BiConsumer<String, JsonNode> check) {
        expected.path(section).fields().forEachRemaining(field -> check.accept(field.getKey(), field.getValue()));
    }
}
