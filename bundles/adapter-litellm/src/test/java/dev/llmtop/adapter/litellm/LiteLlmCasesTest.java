// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.litellm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Role;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.testkit.CaseFolder;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LiteLlmCasesTest {
    private static final Path CASES = Path.of("src/test/resources/cases");

    private final LiteLlmAdapter adapter = new LiteLlmAdapter();

    static Stream<String> cases() {
        return CaseFolder.below(CASES).stream().map(CaseFolder::name);
    }

    private static JsonNode expected(CaseFolder folder) throws IOException {
        return new ObjectMapper().readTree(folder.text("expected.json"));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRecognizedAndDescribed(String name) throws IOException {
        CaseFolder folder = CaseFolder.read(CASES.resolve(name));
        JsonNode expected = expected(folder);
        try (EngineServer server = folder.start()) {
            List<String> argv = folder.argv().orElseThrow();
            Candidate candidate = LiteLlm.hinted(server.endpoint(), argv);
            LocalProbe probe = LocalProbe.to(server.endpoint(), LiteLlm.PATHS).withArguments(argv);
            Match match = adapter.detect(candidate, probe);
            assertThat(match.strength()).hasToString(expected.path("strength").asText());
            assertThat(match.state()).hasToString(expected.path("state").asText());
            Description made = adapter.describe(LiteLlm.engine(candidate), probe);
            assertThat(made.role()).isEqualTo(Role.ROUTER);
            assertThat(made.version().known()).contains(expected.path("version").asText());
            assertThat(made.models())
                    .extracting(ServedModel::id)
                    .containsExactlyElementsOf(texts(expected.path("models")));
            assertThat(made.backendUrls()).containsExactlyElementsOf(texts(expected.path("backends")));
            assertThat(made.remoteBackends()).isEmpty();
            Map<String, String> reasons = new TreeMap<>();
            made.unavailable()
                    .forEach((path, why) -> reasons.put(path, why.reason().code()));
            Map<String, String> wanted = new TreeMap<>();
            expected.path("unavailable")
                    .fields()
                    .forEachRemaining(
                            field -> wanted.put(field.getKey(), field.getValue().asText()));
            assertThat(reasons).isEqualTo(wanted);
            assertThat(made.state().map(Enum::name).orElse(""))
                    .isEqualTo(expected.path("described").asText());
            server.assertOnly(LiteLlm.PATHS);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isMeasured(String name) throws IOException {
        CaseFolder folder = CaseFolder.read(CASES.resolve(name));
        JsonNode expected = expected(folder);
        Reading last = last(folder);
        assertThat(LiteLlm.silentGaps(last)).isEmpty();
        Map<String, Double> sums = new TreeMap<>();
        last.counts().forEach((key, value) -> sums.merge(key.counter().name(), value, Double::sum));
        Map<String, Double> wanted = new TreeMap<>();
        expected.path("figures")
                .fields()
                .forEachRemaining(
                        field -> wanted.put(field.getKey(), field.getValue().asDouble()));
        assertThat(sums).isEqualTo(wanted);
        expected.path("histograms")
                .fields()
                .forEachRemaining(field -> assertThat(last.histograms().entrySet().stream()
                                .filter(entry ->
                                        entry.getKey().metric().jsonName().equals(field.getKey()))
                                .mapToDouble(entry -> entry.getValue().count())
                                .sum())
                        .isEqualTo(field.getValue().asDouble()));
        for (Metric metric : Metric.values()) {
            JsonNode reason = expected.path("reasons").path(metric.jsonName());
            if (reason.isTextual()) {
                assertThat(last.figures().missing(metric).orElseThrow().reason().code())
                        .as(metric.jsonName())
                        .isEqualTo(reason.asText());
            }
        }
        assertThat(last.extra()).isEmpty();
        assertThat(last.models()).isEmpty();
    }

    private Reading last(CaseFolder folder) {
        try (EngineServer server = folder.start()) {
            Candidate candidate =
                    LiteLlm.hinted(server.endpoint(), folder.argv().orElseThrow());
            LocalProbe probe = LocalProbe.to(server.endpoint(), LiteLlm.PATHS);
            Reading last = adapter.metrics(LiteLlm.engine(candidate), probe);
            for (JsonNode request : folder.index().path("requests")) {
                if (request.path("path").asText().equals("/metrics/")) {
                    last = adapter.metrics(LiteLlm.engine(candidate), probe);
                }
            }
            server.assertOnly("/metrics/");
            return last;
        }
    }
}
