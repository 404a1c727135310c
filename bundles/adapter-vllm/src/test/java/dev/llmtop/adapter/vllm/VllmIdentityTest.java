// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.State;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VllmIdentityTest {
    private static final String[] SERVE = {"vllm", "serve", "/models/m"};
    private static final String CARD = "{\"id\":\"m\",\"owned_by\":\"vllm\",\"max_model_len\":2048}";

    private final VllmAdapter adapter = new VllmAdapter();
    private final EngineServer server = EngineServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private void version(String json) {
        server.answer("/version", CannedAnswer.json(json));
    }

    private void cards(String cards) {
        server.answer("/v1/models", CannedAnswer.json("{\"object\":\"list\",\"data\":[" + cards + "]}"));
    }

    private Match stranger() {
        return adapter.detect(Vllm.stranger(server.endpoint()), Vllm.probe(server));
    }

    private Match hinted() {
        return adapter.detect(Vllm.hinted(server.endpoint(), SERVE), Vllm.probe(server));
    }

    @Test
    void anAnswerAloneIsDistinctiveAndWithItsProcessProven() {
        version("{\"version\":\"0.32.0\"}");
        cards(CARD);
        assertThat(stranger().strength()).isEqualTo(Strength.DISTINCTIVE);
        assertThat(hinted().strength()).isEqualTo(Strength.PROVEN);
        assertThat(hinted().evidence())
                .extracting(evidence -> evidence.signal())
                .containsExactly("process", "fingerprint");
        server.assertOnly("/version", "/v1/models", "/engines");
    }

    @Test
    void aRouterThatPassesOnTheCardsOfItsEnginesIsNone() {
        version("{\"version\":\"0.1.11\"}");
        cards(CARD);
        server.answer("/engines", CannedAnswer.json("[{\"engine_id\":\"a\",\"serving_models\":[\"m\"]}]"));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        Match firstContact = adapter.detect(
                Vllm.stranger(server.endpoint()),
                LocalProbe.to(server.endpoint(), Vllm.PATHS).sendingOnly("/version", "/v1/models"));
        assertThat(firstContact.strength())
                .as("half a match, upon which it may ask")
                .isEqualTo(Strength.GENERIC);
    }

    @Test
    void aProcessThatNamesItIsNotAskedForARouter() {
        version("{\"version\":\"0.32.0\"}");
        cards(CARD);
        assertThat(hinted().strength()).isEqualTo(Strength.PROVEN);
        server.assertOnly("/version", "/v1/models");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"m\",\"owned_by\":\"aphrodite\",\"max_model_len\":2048}",
                "{\"id\":\"m\",\"owned_by\":\"sglang\",\"max_model_len\":2048}",
                "{\"id\":\"m\",\"owned_by\":\"tensorrt_llm\"}",
                "{\"id\":\"m\",\"owned_by\":\"vllm-mlx\",\"max_model_len\":2048}",
                "{\"id\":\"m\",\"owned_by\":\"vllm\",\"root\":null,\"parent\":null}",
                "{\"id\":\"m\",\"owned_by\":\"vllm\",\"max_model_len\":2048},{\"id\":\"n\",\"owned_by\":\"other\"}",
                "{\"id\":\"m\",\"owned_by\":\"vllm\",\"max_model_len\":\"2048\"}",
                ""
            })
    void lookAlikesAreRefusedEvenInPlaceOfAHintedProcess(String cards) {
        version("{\"version\":\"1.0\"}");
        cards(cards);
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(hinted().strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void oneImitatedPathIdentifiesNobody() {
        cards(CARD);
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(hinted().strength()).isEqualTo(Strength.HINTED);
        EngineServer onlyVersion = EngineServer.start().answer("/version", CannedAnswer.json("{\"version\":\"1\"}"));
        assertThat(adapter.detect(Vllm.stranger(onlyVersion.endpoint()), Vllm.probe(onlyVersion))
                        .strength())
                .isEqualTo(Strength.NONE);
        assertThat(adapter.detect(Vllm.hinted(onlyVersion.endpoint(), SERVE), Vllm.probe(onlyVersion))
                        .strength())
                .isEqualTo(Strength.NONE);
        onlyVersion.close();
    }

    @Test
    void behindAKeyTheMetricsPageTellsWhereItMayBeAsked() {
        version("{\"version\":\"0.32.0\"}");
        server.answer("/v1/models", 401, "application/json", "{\"error\":\"Unauthorized\"}");
        server.answer("/metrics", CannedAnswer.metrics("vllm:num_requests_running{engine=\"0\",model_name=\"m\"} 0\n"));
        assertThat(hinted().strength()).isEqualTo(Strength.PROVEN);
        assertThat(hinted().state()).isEqualTo(State.READY);
        assertThat(stranger().strength()).isEqualTo(Strength.DISTINCTIVE);
        Match firstContact = adapter.detect(
                Vllm.stranger(server.endpoint()),
                LocalProbe.to(server.endpoint(), Vllm.PATHS).sendingOnly("/version", "/v1/models"));
        assertThat(firstContact.strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void behindAKeyARouterThatImitatesTheSeriesIsRefused() {
        version("{\"version\":\"0.1.7\"}");
        server.answer("/v1/models", 403, "application/json", "{}");
        server.answer(
                "/metrics", CannedAnswer.metrics("vllm:num_requests_running{server=\"http://10.0.0.2:8000\"} 0\n"));
        assertThat(hinted().strength()).isEqualTo(Strength.NONE);
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void behindAKeyWithoutSeriesOnlyTheProcessSpeaks() {
        version("{\"version\":\"0.32.0\"}");
        server.answer("/v1/models", 401, "application/json", "{}");
        server.answer("/metrics", 401, "application/json", "{}");
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(hinted().strength()).isEqualTo(Strength.HINTED);
        assertThat(hinted().state()).isEqualTo(State.BLOCKED);
    }

    @Test
    void some401IsNobody() {
        server.otherwise(CannedAnswer.of(401, "application/json", "{}"));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(hinted().strength()).isEqualTo(Strength.HINTED);
        assertThat(hinted().state()).isEqualTo(State.BLOCKED);
    }

    @Test
    void aSupervisorThatHasNeitherPathIsNotTheEngine() {
        assertThat(hinted().strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void aProcessThatDoesNotListenYetIsLoadingAndNotAsked() {
        Match match = adapter.detect(Vllm.notListening(Vllm.hinted(server.endpoint(), SERVE)), Vllm.probe(server));
        assertThat(match.strength()).isEqualTo(Strength.HINTED);
        assertThat(match.state()).isEqualTo(State.LOADING);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aRefusedConnectionOfAHintedProcessIsLoading() {
        Endpoint refused = server.endpoint();
        server.close();
        Match match = adapter.detect(Vllm.hinted(refused, SERVE), LocalProbe.to(refused, Vllm.PATHS));
        assertThat(match.strength()).isEqualTo(Strength.HINTED);
        assertThat(match.state()).isEqualTo(State.LOADING);
        assertThat(adapter.detect(Vllm.stranger(refused), LocalProbe.to(refused, Vllm.PATHS))
                        .strength())
                .isEqualTo(Strength.NONE);
    }

    @Test
    void a503OfAHintedProcessIsLoading() {
        server.otherwise(CannedAnswer.of(503, "application/json", "{}"));
        assertThat(hinted().state()).isEqualTo(State.LOADING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--headless", "--grpc"})
    void aServerWithoutHttpIsNoEngineOfOurs(String flag) {
        Candidate candidate = Vllm.notListening(Vllm.hinted(server.endpoint(), "vllm", "serve", "m", flag));
        assertThat(adapter.detect(candidate, Vllm.probe(server)).strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void aTitledApiServerTakesItsFlagsFromTheProcessThatStartedIt() {
        Candidate child = new Candidate(
                server.endpoint(),
                true,
                Optional.of(Vllm.launch("VLLM::APIServer_1")),
                List.of(Vllm.launch("python3", "/opt/bin/vllm", "serve", "m", "-dp", "2")),
                Set.of("vllm"));
        VllmFlags flags = VllmFlags.of(child);
        assertThat(flags.known()).isTrue();
        assertThat(flags.number("--data-parallel-size", "-dp")).contains(2L);
    }
}
