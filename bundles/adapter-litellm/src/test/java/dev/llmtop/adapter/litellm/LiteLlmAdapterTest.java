// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.litellm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.EngineSnapshot.RemoteBackend;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteLlmAdapterTest {
    private static final CannedAnswer CLOSED =
            CannedAnswer.of(401, "application/json", "{\"error\":{\"type\":\"auth_error\",\"code\":\"401\"}}");

    private final LiteLlmAdapter adapter = new LiteLlmAdapter();
    private EngineServer server;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() {
        server = EngineServer.start();
        server.answer("/health/liveliness", CannedAnswer.json("\"I'm alive!\""));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private LocalProbe probe(String... arguments) {
        return LocalProbe.to(server.endpoint(), LiteLlm.PATHS).withArguments(List.of(arguments));
    }

    @Test
    void aStrangerIsRecognizedByLivelinessAlone() {
        Match match = adapter.detect(LiteLlm.stranger(server.endpoint()), probe().sendingOnly("/health/liveliness"));
        assertThat(match.strength()).isEqualTo(Strength.DISTINCTIVE);
        server.assertOnly("/health/liveliness");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"alive\"",
                "I'm alive!",
                "{\"status\":\"I'm alive!\"}",
                "[\"I'm alive!\"]",
                "<html>I'm alive!</html>",
                "",
                "\"I'm alive! \""
            })
    void lookAlikesAreNot(String body) {
        server.replace("/health/liveliness", CannedAnswer.json(body));
        assertThat(adapter.detect(LiteLlm.stranger(server.endpoint()), probe()).strength())
                .isEqualTo(Strength.NONE);
        assertThat(adapter.detect(LiteLlm.hinted(server.endpoint(), "litellm"), probe())
                        .strength())
                .isEqualTo(Strength.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 500})
    void aClosedStrangerIsNobody(int status) {
        server.replace("/health/liveliness", CannedAnswer.of(status, "text/plain", "no"));
        assertThat(adapter.detect(LiteLlm.stranger(server.endpoint()), probe()).strength())
                .isEqualTo(Strength.NONE);
    }

    @Test
    void aCommandThatNeverListensIsNoProxy() {
        Candidate starting = LiteLlm.notListening(LiteLlm.hinted(server.endpoint(), "litellm", "--config", "c.yaml"));
        assertThat(adapter.detect(starting, probe()).state()).isEqualTo(State.LOADING);
        Candidate client = LiteLlm.notListening(LiteLlm.hinted(server.endpoint(), "litellm", "--test"));
        assertThat(adapter.detect(client, probe()).strength()).isEqualTo(Strength.NONE);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void behindAKeyItsConfigurationFileNamesBackends() throws IOException {
        server.answer("/v1/models", CLOSED);
        Path file = Files.writeString(directory.resolve("c.yaml"), """
                model_list:
                  - model_name: local
                    litellm_params: {model: hosted_vllm/m, api_base: http://localhost:8000/v1, api_key: sk-very-secret}
                  - model_name: llama
                    litellm_params: {model: ollama/llama3}
                  - model_name: far
                    litellm_params: {model: openai/m, api_base: "https://user:very-secret@gpu2.lan:8443/v1"}
                  - model_name: cloud
                    litellm_params: {model: anthropic/claude, api_key: very-secret}
                  - model_name: unknown
                    litellm_params: {model: hosted_vllm/m, api_base: os.environ/BASE}
                general_settings: {master_key: very-secret}
                """);
        Candidate candidate = LiteLlm.hinted(server.endpoint(), "litellm", "--config", file.toString());
        Description made = adapter.describe(LiteLlm.engine(candidate), probe("--config", file.toString()));
        assertThat(made.state()).contains(State.BLOCKED);
        assertThat(made.backendUrls())
                .containsExactly("http://localhost:8000", "http://localhost:11434", "https://gpu2.lan:8443");
        assertThat(made.backendSources()).containsEntry("http://localhost:8000", "its --config");
        assertThat(made.remoteBackends())
                .containsExactly(new RemoteBackend("gpu2.lan:8443", "m"), new RemoteBackend("anthropic", "claude"));
        assertThat(made.models())
                .extracting(ServedModel::id)
                .containsExactly("local", "llama", "far", "cloud", "unknown");
        assertThat(made.models())
                .extracting(ServedModel::state)
                .containsExactly(
                        ModelState.AVAILABLE,
                        ModelState.AVAILABLE,
                        ModelState.REMOTE,
                        ModelState.REMOTE,
                        ModelState.AVAILABLE);
        assertThat(LiteLlm.everything(made)).doesNotContain("secret");
        server.assertOnly("/health/readiness", "/v1/models");
    }

    @Test
    void aWrongKeyWithoutADatabaseIsClosedToo() {
        CannedAnswer refused = CannedAnswer.of(
                400, "application/json", "{\"error\":{\"type\":\"no_db_connection\",\"code\":\"400\"}}");
        server.answer("/v1/models", refused).answer("/model/info", refused);
        Description made = adapter.describe(LiteLlm.engine(LiteLlm.stranger(server.endpoint())), probe());
        assertThat(made.state()).contains(State.BLOCKED);
        assertThat(made.unavailable().get("models").reason()).isEqualTo(Reason.NEEDS_KEY);
        assertThat(made.backendUrls()).isEmpty();
    }

    @Test
    void itsCommandLineNamesOneBackend() {
        Candidate candidate = LiteLlm.hinted(
                server.endpoint(), "litellm", "--model", "openai/m", "--api_base", "http://127.0.0.1:8000/v1");
        Description made = adapter.describe(LiteLlm.engine(candidate), probe());
        assertThat(made.backendUrls()).containsExactly("http://127.0.0.1:8000");
        assertThat(made.backendSources()).containsEntry("http://127.0.0.1:8000", "its command line");
        Description starting = adapter.describe(LiteLlm.engine(LiteLlm.notListening(candidate)), probe());
        assertThat(starting.backendUrls()).containsExactly("http://127.0.0.1:8000");
        assertThat(starting.state()).contains(State.LOADING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{\"data\":7}",
                "{\"data\":[7,null,{},{\"litellm_params\":7},{\"litellm_params\":{\"model\":{}}}]}",
                "{\"data\":[{\"model_name\":\"a\",\"litellm_params\":{\"model\":7,\"api_base\":\"file:///etc/secret\"}}]}",
                "{\"data\":[{\"model_name\":\"a\",\"litellm_params\":{\"api_key\":\"sk-secret\",\"api_base\":\"secret\"}}]}"
            })
    void hostileListsAreSurvivedAndLeakNothing(String json) {
        server.answer("/v1/models", CannedAnswer.json(json)).answer("/model/info", CannedAnswer.json(json));
        Description made = adapter.describe(LiteLlm.engine(LiteLlm.stranger(server.endpoint())), probe());
        assertThat(made.backendUrls()).isEmpty();
        assertThat(LiteLlm.everything(made)).doesNotContain("secret");
    }

    @Test
    void labelsOfPersonsGoNowhere() {
        server.answer("/metrics/", CannedAnswer.metrics("""
                # TYPE litellm_output_tokens_metric_total counter
                litellm_output_tokens_metric_total{user_email="a@secret",hashed_api_key="secret1",model="m"} 5
                litellm_output_tokens_metric_total{user_email="b@secret",hashed_api_key="secret2",model="m2"} 7
                # TYPE litellm_remaining_team_budget_metric gauge
                litellm_remaining_team_budget_metric{team="secret"} 3
                # TYPE litellm_in_flight_requests gauge
                litellm_in_flight_requests 2
                """));
        Reading reading = adapter.metrics(LiteLlm.engine(LiteLlm.stranger(server.endpoint())), probe());
        assertThat(reading.extra()).isEmpty();
        assertThat(reading.models()).isEmpty();
        assertThat(reading.sources().toString() + reading.figures().asMap()).doesNotContain("secret");
        assertThat(reading.figures().number(Metric.RUNNING)).contains(2.0);
        assertThat(reading.counts().values().stream()
                        .mapToDouble(value -> value)
                        .sum())
                .isEqualTo(12);
        assertThat(LiteLlm.silentGaps(reading)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 500, 503, 200})
    void everyMetricSaysWhyItIsNotKnown(int status) {
        server.answer("/metrics/", CannedAnswer.of(status, "text/plain", ""));
        Reading reading = adapter.metrics(LiteLlm.engine(LiteLlm.stranger(server.endpoint())), probe());
        assertThat(LiteLlm.silentGaps(reading)).isEmpty();
        assertThat(reading.counts()).isEmpty();
        if (status == 404) {
            assertThat(reading.figures()
                            .missing(Metric.REQUESTS_TOTAL)
                            .orElseThrow()
                            .detail())
                    .contains("prometheus");
        }
        if (status == 401) {
            assertThat(reading.figures()
                            .missing(Metric.REQUESTS_TOTAL)
                            .orElseThrow()
                            .reason())
                    .isEqualTo(Reason.NEEDS_KEY);
        }
    }

    @Test
    void severalWorkersWithoutACommonDirectoryCountNothing() {
        server.answer("/metrics/", CannedAnswer.metrics("litellm_output_tokens_metric_total 5\n"));
        Candidate candidate = LiteLlm.hinted(server.endpoint(), "litellm", "--num_workers", "4");
        Reading reading = adapter.metrics(LiteLlm.engine(candidate), probe());
        assertThat(reading.counts()).isEmpty();
        assertThat(LiteLlm.silentGaps(reading)).isEmpty();
        assertThat(reading.figures()
                        .missing(Metric.GENERATION_TOKENS_TOTAL)
                        .orElseThrow()
                        .detail())
                .contains("PROMETHEUS_MULTIPROC_DIR");
        assertThat(adapter.metrics(LiteLlm.engine(LiteLlm.notListening(candidate)), probe())
                        .state())
                .contains(State.LOADING);
    }
}
