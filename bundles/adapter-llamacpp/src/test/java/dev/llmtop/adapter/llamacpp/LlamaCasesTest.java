// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.Metric;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Reading;
import dev.llmtop.testkit.AdapterCase;
import dev.llmtop.testkit.CaseExpectation;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.TestedAdapter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the recorded cases; what is expected was written by hand, its source stands in each {@code expected.json}. */
class LlamaCasesTest {
    private final LlamaCppAdapter adapter = new LlamaCppAdapter();

    static Stream<AdapterCase> cases() {
        TestedAdapter tested = new TestedAdapter(new LlamaCppAdapter(), LlamaCppAdapter.KIND, Llama.PATHS);
        return AdapterCase.below(Path.of("src/test/resources/cases"), tested).stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRecognized(AdapterCase each) {
        each.checkMatch();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isDescribed(AdapterCase each) {
        each.checkDescription();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isMeasured(AdapterCase each) {
        each.checkReading();
    }

    /** Recognizing and describing ask what never wakes a model, each reading what the case says. */
    @ParameterizedTest
    @MethodSource("cases")
    void noMoreIsAskedThanTheCaseSays(AdapterCase each) {
        List<String> allowed = CaseExpectation.texts(each.expectation().json().path("asked"));
        try (EngineServer server = each.folder().start()) {
            Candidate candidate = Llama.candidate(
                    server.endpoint(), each.folder().argv().orElseThrow().toArray(String[]::new));
            adapter.detect(candidate, Llama.probe(server));
            adapter.describe(Llama.engine(candidate), Llama.probe(server));
            server.assertOnly("/props", "/v1/models");
            int before = server.paths().size();
            adapter.metrics(Llama.engine(candidate), Llama.probe(server));
            assertThat(server.paths().subList(before, server.paths().size())).containsExactlyElementsOf(allowed);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsSlotsAndModelsAreMeasured(AdapterCase each) {
        List<Reading> readings = each.readings();
        Reading last = readings.get(readings.size() - 1);
        JsonNode expected = each.expectation().json();
        if (expected.path("progress").isEmpty()) {
            assertThat(last.progress()).isEmpty();
        }
        checkProgress(last, expected, "progress");
        checkProgress(readings.get(Math.max(0, readings.size() - 2)), expected, "before");
        checkProgress(readings.get(0), expected, "first");
        each(
                expected,
                "modelMissing",
                (model, reasons) -> reasons.fields()
                        .forEachRemaining(field -> assertThat(last.models()
                                        .get(model)
                                        .figures()
                                        .missing(metric(field.getKey()))
                                        .orElseThrow()
                                        .reason()
                                        .code())
                                .as(field.getKey())
                                .isEqualTo(field.getValue().asText())));
        each(
                expected,
                "modelFigures",
                (model, figures) -> figures.fields()
                        .forEachRemaining(figure -> assertThat(
                                        last.models().get(model).figures().number(metric(figure.getKey())))
                                .contains(figure.getValue().asDouble())));
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
