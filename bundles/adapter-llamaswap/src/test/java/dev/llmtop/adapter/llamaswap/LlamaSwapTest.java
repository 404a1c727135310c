// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamaswap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.Redaction;
import dev.llmtop.model.EngineSnapshot.RemoteBackend;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.AdapterCase;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import dev.llmtop.testkit.ReadingCoverage;
import dev.llmtop.testkit.TestedAdapter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlamaSwapTest {
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final List<String> PATHS = List.of("/running", "/api/version", "/v1/models");
    private static final CannedAnswer VERSION =
            CannedAnswer.json("{\"build_date\":\"2026-08-22\",\"commit\":\"0bdb3720\",\"version\":\"v250\"}");
    private static final CannedAnswer OWNED =
            CannedAnswer.json("{\"data\":[{\"id\":\"alpha\",\"owned_by\":\"llama-swap\"}]}");

    private final LlamaSwapAdapter adapter = new LlamaSwapAdapter();
    private EngineServer server;

    @BeforeEach
    void start() {
        server = EngineServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<AdapterCase> cases() {
        return AdapterCase.below(CASES, new TestedAdapter(new LlamaSwapAdapter(), "llamaswap", PATHS)).stream();
    }

    private static Candidate hinted(Endpoint endpoint) {
        CommandLine command = CommandLine.of(List.of("/opt/llama-swap", "-config", "c.yaml"));
        Launch launch = new Launch(7, command.program(), Redaction.arguments(command.arguments()), Map.of());
        return new Candidate(endpoint, true, Optional.of(launch), List.of(), Set.of("llamaswap"));
    }

    private static Candidate stranger(Endpoint endpoint) {
        return new Candidate(endpoint, true, Optional.empty(), List.of(), Set.of());
    }

    private static Candidate notListening(Candidate candidate) {
        return new Candidate(candidate.endpoint(), false, candidate.launch(), List.of(), candidate.hints());
    }

    private static Engine engine(Candidate candidate) {
        return new Engine(candidate.endpoint().id(), candidate, Match.none(), Optional.empty());
    }

    private static LocalProbe probe(EngineServer of) {
        return LocalProbe.to(of.endpoint(), PATHS);
    }

    private Match stranger(LocalProbe probe) {
        return adapter.detect(stranger(server.endpoint()), probe);
    }

    private Description described() {
        return adapter.describe(engine(hinted(server.endpoint())), probe(server));
    }

    private Reading reading() {
        return adapter.metrics(engine(hinted(server.endpoint())), probe(server));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void recordedAnswersAreUnderstood(AdapterCase each) {
        each.checkMatch();
        each.checkDescription();
        each.checkReading();
        try (EngineServer replayed = each.folder().start()) {
            assertThat(adapter.detect(stranger(replayed.endpoint()), probe(replayed))
                            .strength())
                    .hasToString(each.expectation().json().path("stranger").asText());
        }
    }

    @Test
    void aStrangerIsRecognizedByTheFirstContact() {
        server.answer("/api/version", VERSION).answer("/v1/models", OWNED);
        assertThat(stranger(probe(server).sendingOnly("/api/version")).strength())
                .isEqualTo(Strength.GENERIC);
        assertThat(stranger(probe(server).sendingOnly("/api/version", "/v1/models"))
                        .strength())
                .isEqualTo(Strength.DISTINCTIVE);
    }

    @Test
    void oneImitatedShapeIsNotEnough() {
        server.answer("/v1/models", OWNED);
        assertThat(stranger(probe(server)).strength()).isEqualTo(Strength.NONE);
        server.answer("/health", CannedAnswer.of(200, "text/plain", "OK"));
        assertThat(stranger(probe(server)).strength()).isEqualTo(Strength.NONE);
        server.replace("/v1/models", CannedAnswer.json("{\"data\":[{\"id\":\"a\",\"owned_by\":\"llamacpp\"}]}"));
        server.answer("/api/version", CannedAnswer.json("{\"version\":\"0.12.3\"}"));
        assertThat(stranger(probe(server)).strength()).isEqualTo(Strength.NONE);
        server.answer("/running", CannedAnswer.json("{\"running\":[{\"name\":\"a job\"}]}"));
        assertThat(stranger(probe(server)).strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void aKeyIsAskedForInItsName() {
        CannedAnswer its = CannedAnswer.of(401, "text/plain", "unauthorized")
                .header("WWW-Authenticate", "Basic realm=\"llama-swap\"");
        server.answer("/running", its).answer("/api/version", its).answer("/v1/models", its);
        Match match = stranger(probe(server));
        assertThat(match.strength()).isEqualTo(Strength.DISTINCTIVE);
        assertThat(match.state()).isEqualTo(State.BLOCKED);
        assertThat(described().state()).contains(State.BLOCKED);
        assertThat(described().backendUrls()).isEmpty();
        assertThat(described().unavailable().get("backends").reason()).isEqualTo(Reason.NEEDS_KEY);
        assertThat(reading().figures().missing(Metric.RUNNING).orElseThrow().reason())
                .as("a key would bring no figure")
                .isEqualTo(Reason.NOT_EXPORTED);
        assertThat(reading().state()).contains(State.BLOCKED);

        CannedAnswer some = CannedAnswer.of(401, "text/plain", "unauthorized");
        server.replace("/running", some).replace("/api/version", some).replace("/v1/models", some);
        assertThat(stranger(probe(server)).strength()).isEqualTo(Strength.NONE);
        Match itsProcess = adapter.detect(hinted(server.endpoint()), probe(server));
        assertThat(itsProcess.strength()).isEqualTo(Strength.HINTED);
        assertThat(itsProcess.state()).isEqualTo(State.BLOCKED);
    }

    @Test
    void liveModelsTellTheirStateAndTheirSecretsStayBehind() {
        server.answer("/v1/models", OWNED).answer("/running", CannedAnswer.json("""
                {"running":[
                 {"model":"alpha","state":"starting","cmd":"vllm serve m --api-key very-secret --port 5800",
                  "proxy":"http://user:very-secret@127.0.0.1:5800/?key=very-secret"},
                 {"model":"hidden","state":"stopping","proxy":"http://localhost:5801"},
                 {"model":"old"},
                 {"model":"far","state":"ready","proxy":"http://gpu2.lan:8000"}]}
                """));
        Description made = described();
        assertThat(made.models()).extracting(ServedModel::id).containsExactly("alpha", "hidden", "old", "far");
        assertThat(made.models())
                .extracting(ServedModel::state)
                .containsExactly(ModelState.LOADING, ModelState.AVAILABLE, ModelState.LOADED, ModelState.LOADED);
        assertThat(made.backendUrls())
                .containsExactly("http://127.0.0.1:5800", "http://localhost:5801", "http://gpu2.lan:8000");
        assertThat(made.backendSources()).containsEntry("http://127.0.0.1:5800", "its /running");
        assertThat(made.remoteBackends()).containsExactly(new RemoteBackend("gpu2.lan:8000", "far"));
        StringBuilder all = new StringBuilder().append(made.config()).append(made.unavailable());
        made.models().forEach(model -> all.append(model.id()).append(model.facts()));
        assertThat(all + reading().fingerprint().orElseThrow()).doesNotContain("secret");
    }

    @Test
    void theFingerprintFollowsTheLiveModels() {
        server.answer("/running", CannedAnswer.json("{\"running\":[]}"));
        String before = reading().fingerprint().orElseThrow();
        assertThat(reading().fingerprint()).contains(before);
        server.replace("/running", CannedAnswer.json("{\"running\":[{\"model\":\"a\",\"state\":\"starting\"}]}"));
        String starting = reading().fingerprint().orElseThrow();
        server.replace("/running", CannedAnswer.json("{\"running\":[{\"model\":\"a\",\"state\":\"ready\"}]}"));
        assertThat(Set.of(before, starting, reading().fingerprint().orElseThrow()))
                .hasSize(3);
        server.assertOnly("/running");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"running\":7}",
                "{\"running\":[7,null,{}]}",
                "{\"running\":[{\"model\":{}}]}",
                "{\"running\":[{\"model\":\"a\",\"proxy\":\"file:///etc/secret\"}]}",
                "{\"running\":[{\"model\":\"a\",\"proxy\":7,\"state\":[]}]}"
            })
    void hostileAnswersAreSurvived(String json) {
        server.answer("/running", CannedAnswer.json(json)).answer("/v1/models", CannedAnswer.json(json));
        server.answer("/api/version", CannedAnswer.json(json));
        assertThat(stranger(probe(server)).strength()).isEqualTo(Strength.NONE);
        assertThat(described().backendUrls()).isEmpty();
        assertThat(ReadingCoverage.silentGaps(reading())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 503})
    void everyMetricSaysWhyItIsNotKnown(int status) {
        server.answer("/running", CannedAnswer.of(status, "text/plain", "no"));
        assertThat(ReadingCoverage.silentGaps(reading())).isEmpty();
        assertThat(reading().figures().missing(Metric.RUNNING).orElseThrow().detail())
                .contains(String.valueOf(status));
    }

    @Test
    void whatDoesNotListenIsNotAsked() {
        Candidate starting = notListening(hinted(server.endpoint()));
        assertThat(adapter.detect(starting, probe(server)).state()).isEqualTo(State.LOADING);
        assertThat(adapter.detect(notListening(stranger(server.endpoint())), probe(server))
                        .strength())
                .isEqualTo(Strength.NONE);
        Reading reading = adapter.metrics(engine(starting), probe(server));
        assertThat(ReadingCoverage.silentGaps(reading)).isEmpty();
        assertThat(reading.state()).contains(State.LOADING);
        assertThat(adapter.describe(engine(starting), probe(server)).state()).contains(State.LOADING);
        assertThat(server.requests()).isEmpty();
    }
}
