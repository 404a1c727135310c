// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CaseExpectation;
import dev.llmtop.testkit.CaseFolder;
import dev.llmtop.testkit.EngineServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks recorded servers with their recorded runners; what is expected was written by hand, its source stands beside it. */
class OllamaCasesTest {
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final Path RUNNERS = Path.of("src/test/resources/runners");

    private final OllamaAdapter adapter = new OllamaAdapter();

    static Stream<String> cases() {
        return CaseFolder.below(CASES).stream().map(CaseFolder::name);
    }

    /** A recorded server with its runners, on real ports. */
    private static final class Stage implements AutoCloseable {
        private final CaseFolder folder;
        private final JsonNode expected;
        private final EngineServer server;
        private final List<EngineServer> runners = new ArrayList<>();
        private final List<Member> members = new ArrayList<>();

        Stage(String name) throws IOException {
            folder = CaseFolder.read(CASES.resolve(name));
            expected = new ObjectMapper().readTree(folder.text("expected.json"));
            server = folder.start();
            JsonNode processes =
                    new ObjectMapper().readTree(folder.text("process.json")).path("processes");
            int at = 1;
            for (JsonNode runner : expected.path("runners")) {
                JsonNode process = processes.path(at++);
                EngineServer started = EngineServer.replay(RUNNERS.resolve(runner.asText()));
                runners.add(started);
                members.add(new Member(
                        started.endpoint(), Ollama.launch(process.path("pid").asLong(), Map.of(), argv(process))));
            }
        }

        private static String[] argv(JsonNode process) {
            List<String> argv = new ArrayList<>();
            process.path("argv").forEach(argument -> argv.add(argument.asText()));
            return argv.toArray(String[]::new);
        }

        Candidate candidate() throws IOException {
            Map<String, String> environment = new LinkedHashMap<>();
            new ObjectMapper()
                    .readTree(folder.text("process.json"))
                    .path("processes")
                    .path(0)
                    .path("environment")
                    .fields()
                    .forEachRemaining(field ->
                            environment.put(field.getKey(), field.getValue().asText()));
            return Ollama.hinted(server.endpoint(), environment);
        }

        Probe probe() {
            return Ollama.probe(server, members.toArray(Member[]::new));
        }

        @Override
        public void close() {
            server.assertOnly(Ollama.PATHS);
            runners.forEach(runner -> runner.assertOnly(Ollama.MEMBER_PATHS));
            server.close();
            runners.forEach(EngineServer::close);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRecognized(String name) throws IOException {
        try (Stage stage = new Stage(name)) {
            Match hinted = adapter.detect(stage.candidate(), stage.probe());
            Match stranger = adapter.detect(Ollama.stranger(stage.server.endpoint()), stage.probe());
            new CaseExpectation(stage.expected).check(hinted);
            assertThat(stranger.strength()).isEqualTo(Strength.DISTINCTIVE);
            stage.server.assertOnly("/api/version", "/v1/models");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isDescribed(String name) throws IOException {
        try (Stage stage = new Stage(name)) {
            Description made = adapter.describe(Ollama.engine(stage.candidate()), stage.probe());
            new CaseExpectation(stage.expected).check(made);
            assertThat(made.unavailable()).doesNotContainKey("models");
            for (int at = 0; at < made.models().size(); at++) {
                checkFacts(made.models().get(at), stage.expected.path("models").path(at));
            }
        }
    }

    /** No fact but those that are expected. */
    private static void checkFacts(ServedModel model, JsonNode expected) {
        for (Fact fact : model.facts().keySet()) {
            assertThat(fact == Fact.ROOT || expected.has(fact.jsonName()))
                    .as(model.id() + " " + fact)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isMeasured(String name) throws IOException {
        try (Stage stage = new Stage(name)) {
            Reading reading = adapter.metrics(Ollama.engine(stage.candidate()), stage.probe());
            new CaseExpectation(stage.expected).check(reading);
            stage.expected
                    .path("byModel")
                    .fields()
                    .forEachRemaining(field -> figures(reading.models().get(field.getKey()), field.getValue()));
            JsonNode tokens = stage.expected.path("generated").path("GENERATION_TOKENS");
            if (!tokens.isMissingNode()) {
                assertThat(Ollama.generated(reading)).isEqualTo(tokens.asDouble());
            }
        }
    }

    private static void figures(Reading reading, JsonNode expected) {
        expected.fields()
                .forEachRemaining(field -> assertThat(
                                reading.figures().number(metric(field.getKey())).orElseThrow())
                        .as(field.getKey())
                        .isCloseTo(field.getValue().asDouble(), within(1e-12)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void growsBetweenTwoReadingsAsItsSlotDid(String name) throws IOException {
        try (Stage stage = new Stage(name)) {
            JsonNode step = stage.expected.path("step");
            Reading first = adapter.metrics(Ollama.engine(stage.candidate()), stage.probe());
            Reading second = adapter.metrics(Ollama.engine(stage.candidate()), stage.probe());
            if (step.isMissingNode()) {
                return;
            }
            assertThat(second.progress().keySet()).isEqualTo(first.progress().keySet());
            assertThat(Ollama.generated(second) - Ollama.generated(first))
                    .isEqualTo(step.path("GENERATION_TOKENS").asDouble());
        }
    }

    private static Metric metric(String jsonName) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.jsonName().equals(jsonName))
                .findFirst()
                .orElseThrow();
    }
}
