// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
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
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the recorded cases; what is expected was written by hand, its source stands in each {@code expected.json}. */
class LlamaCasesTest {
    private final LlamaCppAdapter adapter = new LlamaCppAdapter();

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
        return Llama.candidate(server.endpoint(), folder.argv().orElseThrow().toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRecognized(String name) throws IOException {
        CaseFolder folder = open(name);
        JsonNode match = expected(folder).path("match");
        try (EngineServer server = folder.start()) {
            Match made = adapter.detect(candidate(folder, server), Llama.probe(server));
            assertThat(made.strength().name()).isEqualTo(match.path("strength").asText());
            assertThat(made.state().name()).isEqualTo(match.path("state").asText());
            assertThat(made.evidence()).isNotEmpty();
            server.assertOnly("/props", "/v1/models");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isDescribed(String name) throws IOException {
        CaseFolder folder = open(name);
        JsonNode expected = expected(folder);
        try (EngineServer server = folder.start()) {
            Description made = adapter.describe(Llama.engine(candidate(folder, server)), Llama.probe(server));
            assertThat(made.version().known().orElse("null"))
                    .isEqualTo(expected.path("version").asText());
            if (expected.path("models").isArray()) {
                assertThat(made.models()).hasSameSizeAs(expected.path("models"));
                for (int at = 0; at < made.models().size(); at++) {
                    check(made.models().get(at), expected.path("models").path(at));
                }
            }
            each(
                    expected,
                    "config",
                    (setting, value) ->
                            assertThat(made.config().get(setting)).as(setting).hasToString(value.asText()));
            expected.path("absentConfig")
                    .forEach(setting -> assertThat(made.config()).doesNotContainKey(setting.asText()));
            String state = expected.path("descriptionState").asText(match(expected));
            assertThat(made.state().orElseThrow().name()).isEqualTo(state);
            if (expected.path("modelsUnavailable").isTextual()) {
                assertThat(made.unavailable().get("models").reason().code())
                        .isEqualTo(expected.path("modelsUnavailable").asText());
            }
            server.assertOnly("/props", "/v1/models");
        }
    }

    private static String match(JsonNode expected) {
        return expected.path("match").path("state").asText();
    }

    private static void check(ServedModel model, JsonNode expected) {
        assertThat(model.id()).isEqualTo(expected.path("id").asText());
        assertThat(model.state().name()).isEqualTo(expected.path("state").asText());
        for (Fact fact : List.of(Fact.ROOT, Fact.CONTEXT_TOKENS, Fact.QUANTIZATION, Fact.PARAMETERS, Fact.SIZE_BYTES)) {
            String value = Optional.ofNullable(model.facts().get(fact))
                    .map(Object::toString)
                    .orElse("");
            assertThat(value)
                    .as(fact.jsonName())
                    .isEqualTo(expected.path(fact.jsonName()).asText());
        }
        each(
                expected,
                "missing",
                (fact, reason) -> assertThat(
                                model.unavailable().get(fact).reason().code())
                        .isEqualTo(reason.asText()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isMeasured(String name) throws IOException {
        CaseFolder folder = open(name);
        JsonNode expected = expected(folder);
        List<Reading> readings = readings(folder, expected);
        Reading last = readings.get(readings.size() - 1);
        assertThat(Llama.silentGaps(last)).isEmpty();
        assertThat(last.state().orElseThrow().name())
                .isEqualTo(expected.path("state").asText());
        checkFigures(last, expected, "figures");
        each(
                expected,
                "counts",
                (counter, value) -> assertThat(count(last, counter)).as(counter).isEqualTo(value.asDouble()));
        if (expected.path("counts").isEmpty()) {
            assertThat(last.counts()).isEmpty();
        }
        if (expected.path("progress").isEmpty()) {
            assertThat(last.progress()).isEmpty();
        }
        checkProgress(last, expected, "progress");
        checkProgress(readings.get(Math.max(0, readings.size() - 2)), expected, "before");
        checkProgress(readings.get(0), expected, "first");
        checkReasons(last, expected.path("missing"));
        each(
                expected,
                "details",
                (metric, words) -> assertThat(last.figures()
                                .missing(metric(metric))
                                .orElseThrow()
                                .detail())
                        .contains(words.asText()));
        each(
                expected,
                "modelMissing",
                (model, reasons) -> checkReasons(last.models().get(model), reasons));
        each(
                expected,
                "modelFigures",
                (model, figures) -> figures.fields()
                        .forEachRemaining(figure -> assertThat(
                                        last.models().get(model).figures().number(metric(figure.getKey())))
                                .contains(figure.getValue().asDouble())));
    }

    private static void checkFigures(Reading reading, JsonNode expected, String section) {
        each(
                expected,
                section,
                (metric, value) -> assertThat(
                                reading.figures().number(metric(metric)).orElseThrow())
                        .as(metric)
                        .isCloseTo(value.asDouble(), within(1e-9)));
    }

    private static void checkReasons(Reading reading, JsonNode reasons) {
        reasons.fields()
                .forEachRemaining(field -> assertThat(reading.figures()
                                .missing(metric(field.getKey()))
                                .orElseThrow()
                                .reason()
                                .code())
                        .as(field.getKey())
                        .isEqualTo(field.getValue().asText()));
    }

    private static void checkProgress(Reading reading, JsonNode expected, String section) {
        each(
                expected,
                section,
                (task, value) -> assertThat(reading.progress().entrySet().stream()
                                .filter(entry -> task.equals(entry.getKey().counter() + "/"
                                        + entry.getKey().task()))
                                .mapToDouble(entry -> entry.getValue())
                                .boxed())
                        .as(task)
                        .containsExactly(value.asDouble()));
    }

    /** One reading for each recorded moment, in order; of the last one the requests are checked. */
    private List<Reading> readings(CaseFolder folder, JsonNode expected) {
        List<Reading> readings = new ArrayList<>();
        try (EngineServer server = folder.start()) {
            Candidate candidate = candidate(folder, server);
            for (int at = 0; at < expected.path("readings").asInt(); at++) {
                int before = server.paths().size();
                readings.add(adapter.metrics(Llama.engine(candidate), Llama.probe(server)));
                List<String> asked =
                        server.paths().subList(before, server.paths().size());
                List<String> allowed = new ArrayList<>();
                expected.path("asked").forEach(path -> allowed.add(path.asText()));
                assertThat(asked).containsExactlyElementsOf(allowed);
            }
            server.assertOnly(Llama.PATHS);
        }
        return readings;
    }

    private static double count(Reading reading, String counter) {
        return reading.counts().entrySet().stream()
                .filter(entry -> counter.equals(entry.getKey().counter().name()))
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
