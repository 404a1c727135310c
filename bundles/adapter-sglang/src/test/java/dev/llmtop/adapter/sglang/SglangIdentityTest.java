// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.State;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.ClosedPort;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SglangIdentityTest {
    private static final String[] SERVE = {"python3", "-m", "sglang.launch_server", "--model-path", "/models/m"};
    private static final String INFO =
            "{\"model_path\":\"/models/m\",\"tokenizer_path\":\"/models/m\",\"is_generation\":true}";
    private static final String CARDS = "{\"data\":[{\"id\":\"m\",\"owned_by\":\"sglang\",\"max_model_len\":4096}]}";

    private final SglangAdapter adapter = new SglangAdapter();
    private EngineServer server;
    private ClosedPort closed;

    @BeforeEach
    void start() throws IOException {
        closed = new ClosedPort();
        server = EngineServer.start();
    }

    @AfterEach
    void close() throws IOException {
        closed.close();
        server.close();
    }

    private Match stranger() {
        return adapter.detect(Sglang.stranger(server.endpoint()), Sglang.probe(server));
    }

    private Match hinted(String... argv) {
        return adapter.detect(Sglang.hinted(server.endpoint(), argv), Sglang.probe(server));
    }

    @Test
    void bothAnswersAreDistinctiveAndWithTheProcessProven() {
        server.answer("/model_info", CannedAnswer.json(INFO)).answer("/v1/models", CannedAnswer.json(CARDS));
        assertThat(stranger().strength()).isEqualTo(Strength.DISTINCTIVE);
        assertThat(hinted(SERVE).strength()).isEqualTo(Strength.PROVEN);
        assertThat(server.paths()).doesNotContain("/get_model_info", "/metrics");
    }

    @Test
    void oneImitatedAnswerIsNotEnoughWithoutAProcess() {
        server.answer("/model_info", CannedAnswer.json(INFO));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(hinted(SERVE).strength()).isEqualTo(Strength.HINTED);
        EngineServer cards = EngineServer.start().answer("/v1/models", CannedAnswer.json(CARDS));
        assertThat(adapter.detect(Sglang.stranger(cards.endpoint()), Sglang.probe(cards))
                        .strength())
                .isEqualTo(Strength.NONE);
        cards.close();
    }

    @Test
    void theOldNameIsAskedOnlyOfAProcessThatIsOne() {
        server.answer("/get_model_info", CannedAnswer.json(INFO)).answer("/v1/models", CannedAnswer.json(CARDS));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(server.paths()).doesNotContain("/get_model_info");
        assertThat(hinted(SERVE).strength()).isEqualTo(Strength.PROVEN);
    }

    @Test
    void oneThatImitatesOllamaIsSglang() {
        try (EngineServer imitates = EngineServer.replay(Path.of("src/test/resources/cases/0.5.9-metrics-off"))) {
            Match match = adapter.detect(Sglang.stranger(imitates.endpoint()), Sglang.probe(imitates));
            assertThat(match.strength()).isEqualTo(Strength.DISTINCTIVE);
            assertThat(imitates.paths()).doesNotContain("/", "/api/tags");
        }
    }

    @Test
    void aGatewayThatPassesOnAWorkersAnswersIsNoSglang() {
        try (EngineServer gateway = EngineServer.replay(Path.of("src/test/resources/gateway/router"))) {
            assertThat(adapter.detect(Sglang.stranger(gateway.endpoint()), Sglang.probe(gateway))
                            .strength())
                    .isEqualTo(Strength.NONE);
            Match hinted = adapter.detect(Sglang.hinted(gateway.endpoint(), SERVE), Sglang.probe(gateway));
            assertThat(hinted.strength()).isEqualTo(Strength.NONE);
            assertThat(hinted.evidence()).isNotEmpty();
            assertThat(gateway.paths()).containsOnly("/readiness");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // vLLM, whatever answers /model_info beside it
                "{\"version\":\"0.33.0\"} | {\"data\":[{\"id\":\"m\",\"owned_by\":\"vllm\",\"max_model_len\":2048}]}",
                // a proxy that adds a model of its own
                "{} | {\"data\":[{\"id\":\"m\",\"owned_by\":\"sglang\"},{\"id\":\"n\",\"owned_by\":\"openai\"}]}",
                // TensorRT-LLM, Ollama, TGI, llama.cpp
                "{} | {\"data\":[{\"id\":\"m\",\"owned_by\":\"tensorrt_llm\"}]}",
                "{} | {\"data\":[{\"id\":\"m\",\"owned_by\":\"library\"}]}",
                "{} | {\"data\":[{\"id\":\"org/m\",\"owned_by\":\"org/m\",\"created\":0}]}",
                "{} | {\"data\":[{\"id\":\"m\",\"owned_by\":\"llamacpp\"}]}",
                "{} | {\"data\":[]}"
            })
    void lookAlikesAreRefusedEvenInPlaceOfAHintedProcess(String info, String cards) {
        server.answer("/model_info", CannedAnswer.json(info)).answer("/v1/models", CannedAnswer.json(cards));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(hinted(SERVE).strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void othersModelsUnderTheSamePathOfInformationAreOthers() {
        server.answer("/model_info", CannedAnswer.json(INFO))
                .answer("/v1/models", CannedAnswer.json("{\"data\":[{\"id\":\"m\",\"owned_by\":\"vllm\"}]}"));
        assertThat(hinted(SERVE).strength()).isEqualTo(Strength.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "7", "\"x\"", "{\"model_path\":7,\"tokenizer_path\":[],\"is_generation\":1}"})
    void anInformationOfAnyShapeIsSurvived(String info) {
        server.answer("/model_info", CannedAnswer.json(info));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(hinted(SERVE).strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void a401IsBlockedWhereTheProcessSaysItAndNobodyOtherwise() {
        server.otherwise(CannedAnswer.of(401, "application/json", "{\"error\":\"Unauthorized\"}"));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(server.paths()).doesNotContain("/metrics");
        Match hinted = hinted(SERVE);
        assertThat(hinted.strength()).isEqualTo(Strength.HINTED);
        assertThat(hinted.state()).isEqualTo(State.BLOCKED);
    }

    @Test
    void behindAKeyTheOpenMetricsPageProvesAHintedProcess() {
        server.otherwise(CannedAnswer.of(401, "application/json", "{\"error\":\"Unauthorized\"}"))
                .answer("/metrics", CannedAnswer.metrics("sglang:num_running_reqs{model_name=\"m\"} 0\n"));
        assertThat(hinted(SERVE).strength()).isEqualTo(Strength.PROVEN);
        assertThat(hinted(SERVE).state()).isEqualTo(State.READY);
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void aProcessThatDoesNotListenYetIsLoadingAndNotAsked() {
        Match match =
                adapter.detect(Sglang.notListening(Sglang.hinted(server.endpoint(), SERVE)), Sglang.probe(server));
        assertThat(match.strength()).isEqualTo(Strength.HINTED);
        assertThat(match.state()).isEqualTo(State.LOADING);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aRefusedConnectionAndA503OfAHintedProcessAreLoading() {
        server.otherwise(CannedAnswer.of(503, "application/json", "{}"));
        assertThat(hinted(SERVE).state()).isEqualTo(State.LOADING);
        Endpoint refused = closed.endpoint();
        LocalProbe probe = LocalProbe.to(refused, Sglang.PATHS);
        Match match = adapter.detect(Sglang.hinted(refused, SERVE), probe);
        assertThat(match.strength()).isEqualTo(Strength.HINTED);
        assertThat(match.state()).isEqualTo(State.LOADING);
        assertThat(adapter.detect(Sglang.stranger(refused), probe).strength()).isEqualTo(Strength.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--node-rank=1", "--grpc-mode"})
    void aNodeOfAHigherRankOrAServerOfGrpcIsNoEngineOfOurs(String flag) {
        Candidate candidate = Sglang.notListening(
                Sglang.hinted(server.endpoint(), "python3", "-m", "sglang.launch_server", "--model", "m", flag));
        assertThat(adapter.detect(candidate, Sglang.probe(server)).strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void aFirstContactThatHeardOnlyPartClaimsNothing() {
        server.answer("/model_info", CannedAnswer.json(INFO)).answer("/v1/models", CannedAnswer.json(CARDS));
        LocalProbe early = LocalProbe.to(server.endpoint(), Sglang.PATHS).sendingOnly("/readiness", "/model_info");
        assertThat(adapter.detect(Sglang.stranger(server.endpoint()), early).strength())
                .isEqualTo(Strength.NONE);
        LocalProbe late =
                LocalProbe.to(server.endpoint(), Sglang.PATHS).sendingOnly("/readiness", "/model_info", "/v1/models");
        assertThat(adapter.detect(Sglang.stranger(server.endpoint()), late).strength())
                .isEqualTo(Strength.DISTINCTIVE);
    }
}
