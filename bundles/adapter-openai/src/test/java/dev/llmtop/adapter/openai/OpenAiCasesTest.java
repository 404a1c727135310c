// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmtop.agent.CommandLine;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.testkit.CaseFolder;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks recorded and hand-made servers; the source of what is expected stands beside it. */
class OpenAiCasesTest {
    private static final Path CASES = Path.of("src/test/resources/cases");

    private final OpenAiAdapter adapter = new OpenAiAdapter();

    static Stream<String> cases() {
        return CaseFolder.below(CASES).stream().map(CaseFolder::name);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRecognizedDescribedAndMeasured(String name) throws IOException {
        CaseFolder folder = CaseFolder.read(CASES.resolve(name));
        JsonNode expected = new ObjectMapper().readTree(folder.text("expected.json"));
        try (EngineServer server = folder.start()) {
            LocalProbe probe = LocalProbe.to(server.endpoint(), OpenAiAdapterTest.PATHS);
            Candidate stranger = new Candidate(server.endpoint(), true, launch(folder), List.of(), Set.of());

            Match match = adapter.detect(stranger, probe);

            assertThat(match.strength().name()).isEqualTo(expected.path("match").asText());
            assertThat(match.title()).contains(expected.path("title").asText());
            assertThat(server.paths()).containsExactlyElementsOf(OpenAiAdapterTest.texts(expected.path("asked")));
            Engine engine = new Engine(server.id(), stranger, match, Optional.empty());
            describes(adapter.describe(engine, probe), expected);
            measures(adapter.metrics(engine, probe), expected);
            boolean drains = name.startsWith("tensorrt") || name.startsWith("llama-cpp-python");
            assertThat(server.paths().contains("/metrics") && drains).isFalse();
            if (name.startsWith("llama-cpp-python")) {
                assertThat(server.paths()).doesNotContain("/v1/models");
            }
        }
    }

    private static Optional<Launch> launch(CaseFolder folder) {
        return folder.argv().map(argv -> {
            CommandLine command = CommandLine.of(argv);
            return new Launch(5, command.program(), command.arguments(), Map.of());
        });
    }

    private static void describes(Description made, JsonNode expected) {
        if (expected.has("version")) {
            assertThat(made.version().known()).contains(expected.path("version").asText());
        }
        assertThat(made.models()).hasSameSizeAs(expected.path("models"));
        for (int at = 0; at < made.models().size(); at++) {
            JsonNode model = expected.path("models").path(at);
            assertThat(made.models().get(at).id()).isEqualTo(model.path("id").asText());
            assertThat(made.models().get(at).state().name())
                    .isEqualTo(model.path("state").asText());
            Object context = made.models().get(at).facts().getOrDefault(Fact.CONTEXT_TOKENS, 0L);
            assertThat(context).isEqualTo(model.path("contextTokens").asLong());
        }
    }

    private static void measures(Reading reading, JsonNode expected) {
        assertThat(OpenAiAdapterTest.silentGaps(reading)).isEmpty();
        expected.path("figures")
                .fields()
                .forEachRemaining(field -> assertThat(reading.figures().number(metric(field.getKey())))
                        .as(field.getKey())
                        .contains(field.getValue().asDouble()));
        expected.path("missing")
                .fields()
                .forEachRemaining(field -> assertThat(reading.figures()
                                .missing(metric(field.getKey()))
                                .orElseThrow()
                                .reason()
                                .code())
                        .as(field.getKey())
                        .isEqualTo(field.getValue().asText()));
        expected.path("counts")
                .fields()
                .forEachRemaining(field -> assertThat(reading.counts().entrySet().stream()
                                .filter(count -> count.getKey().counter().name().equals(field.getKey()))
                                .mapToDouble(Map.Entry::getValue)
                                .sum())
                        .isEqualTo(field.getValue().asDouble()));
    }

    private static Metric metric(String jsonName) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.jsonName().equals(jsonName))
                .findFirst()
                .orElseThrow();
    }
}
