// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.tgi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot.Fact;
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
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.ClosedPort;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TgiAdapterTest {
    private static final Path CASE = Path.of("src/test/resources/cases/3.3.7-sharded");
    private static final String[] LAUNCHER = {"text-generation-launcher", "--model-id", "org/m", "--num-shard", "2"};

    private final TgiAdapter adapter = new TgiAdapter();
    private EngineServer server;
    private ClosedPort closed;
    private String page;

    @BeforeEach
    void start() throws IOException {
        closed = new ClosedPort();
        page = Files.readString(CASE.resolve("metrics.1.txt"));
        server = EngineServer.start()
                .answer("/info", CannedAnswer.json(Files.readString(CASE.resolve("info.json"))))
                .answer("/metrics", CannedAnswer.metrics(page));
    }

    @AfterEach
    void close() throws IOException {
        closed.close();
        server.close();
    }

    private Match stranger() {
        return adapter.detect(Tgi.stranger(server.endpoint()), Tgi.probe(server));
    }

    private Match hinted() {
        return adapter.detect(Tgi.hinted(server.endpoint(), LAUNCHER), Tgi.probe(server));
    }

    private Reading metrics(Engine engine) {
        Reading reading = adapter.metrics(engine, Tgi.probe(server));
        assertThat(Tgi.silentGaps(reading)).isEmpty();
        return reading;
    }

    private Engine engine(String... argv) {
        return Tgi.engine(Tgi.hinted(server.endpoint(), argv), Match.none());
    }

    private static Reason reason(Reading reading, Metric metric) {
        return reading.figures().missing(metric).orElseThrow().reason();
    }

    @Test
    void theNameOfItsRouterIsDistinctive() {
        assertThat(stranger().strength()).isEqualTo(Strength.DISTINCTIVE);
        assertThat(hinted().strength()).isEqualTo(Strength.PROVEN);
        assertThat(server.paths()).containsOnly("/info");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // TEI: model_type and no router
                "{\"model_id\":\"BAAI/bge\",\"model_sha\":\"a\",\"model_dtype\":\"float16\",\"model_type\":{\"embedding\":"
                        + "{\"pooling\":\"cls\"}},\"max_concurrent_requests\":512,\"max_input_length\":512,"
                        + "\"version\":\"1.8.0\"}",
                "{\"model_id\":\"m\",\"model_device_type\":\"cuda\",\"model_type\":{}}",
                // another product's information, and names that are only alike
                "{\"version\":\"1.0\",\"name\":\"app\"}",
                "{\"router\":\"some-router\",\"model_id\":\"m\",\"version\":\"1\"}",
                "{\"router\":\"text-generation-router\"}",
                "{\"router\":7,\"model_id\":[],\"version\":{}}",
                // SGLang's, vLLM's, Ollama's and TensorRT-LLM's answers to what they know
                "{\"model_path\":\"m\",\"tokenizer_path\":\"m\",\"is_generation\":true}",
                "{\"version\":\"0.33.0\"}",
                "{\"error\":\"path not found\"}",
                "[]",
                "null",
                "7",
                "Ollama is running"
            })
    void lookAlikesAreRefusedEvenInPlaceOfAHintedProcess(String info) {
        server.replace("/info", CannedAnswer.json(info));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(hinted().strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void anOldRouterThatDoesNotSayItsNameIsOneOnlyWithItsProcess() {
        server.replace(
                "/info",
                CannedAnswer.json(
                        "{\"model_id\":\"m\",\"model_dtype\":\"torch.float16\",\"model_device_type\":\"cuda\","
                                + "\"max_total_tokens\":2048,\"max_batch_total_tokens\":32000,\"version\":\"1.1.0\"}"));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(hinted().strength()).isEqualTo(Strength.HINTED);
        assertThat(hinted().state()).isEqualTo(State.READY);
        Description description = adapter.describe(engine(LAUNCHER), Tgi.probe(server));
        assertThat(description.version().known()).contains("1.1.0");
        assertThat(description.config())
                .containsEntry("dtype", "torch.float16")
                .containsEntry("maxBatchTotalTokens", 32_000L);
    }

    @Test
    void a401IsBlockedA503LoadingAndA404NobodyAndOnlyWithItsProcess() {
        server.replace("/info", CannedAnswer.of(401, "application/json", "{}"));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(hinted().state()).isEqualTo(State.BLOCKED);
        server.replace("/info", CannedAnswer.of(503, "application/json", "{}"));
        assertThat(hinted().state()).isEqualTo(State.LOADING);
        server.replace("/info", CannedAnswer.of(404, "application/json", "{}"));
        assertThat(hinted().strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void aFirstContactThatMayNotAskClaimsNothing() {
        LocalProbe silent = LocalProbe.to(server.endpoint(), Tgi.PATHS).sendingOnly();
        assertThat(adapter.detect(Tgi.stranger(server.endpoint()), silent).strength())
                .isEqualTo(Strength.NONE);
    }

    @Test
    void whatDoesNotListenIsLoadingAndIsNotAsked() {
        Candidate candidate = Tgi.notListening(Tgi.hinted(server.endpoint(), LAUNCHER));
        assertThat(adapter.detect(candidate, Tgi.probe(server)).state()).isEqualTo(State.LOADING);
        Engine engine = Tgi.engine(candidate, Match.none());
        Reading reading = metrics(engine);
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.LOADING);
        assertThat(reading.state()).contains(State.LOADING);
        Description description = adapter.describe(engine, Tgi.probe(server));
        assertThat(description.state()).contains(State.LOADING);
        assertThat(description.models().get(0).id()).isEqualTo("org/m");
        assertThat(description.models().get(0).state()).isEqualTo(ModelState.LOADING);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aRefusedConnectionIsLoadingOnlyWhereItWasLoadingBefore() {
        Endpoint refused = closed.endpoint();
        LocalProbe probe = LocalProbe.to(refused, Tgi.PATHS);
        Candidate candidate = Tgi.hinted(
                refused, "text-generation-launcher", "--max-batch-size", "8", "--max-batch-total-tokens", "4096");
        Match loading = Match.of(Strength.HINTED).state(State.LOADING).build();
        assertThat(reason(adapter.metrics(Tgi.engine(candidate, loading), probe), Metric.RUNNING))
                .isEqualTo(Reason.LOADING);
        Reading gone = adapter.metrics(Tgi.engine(candidate, Match.none()), probe);
        assertThat(Tgi.silentGaps(gone)).isEmpty();
        for (Metric metric : Metric.values()) {
            boolean known = gone.figures().known(metric, Object.class).isPresent();
            assertThat(!known || gone.sources().get(metric).path().equals("process"))
                    .as(metric.jsonName())
                    .isTrue();
        }
        assertThat(gone.figures().number(Metric.SLOTS)).contains(8.0);
        assertThat(reason(gone, Metric.SPECULATIVE_ACCEPTED_PER_DRAFT)).isEqualTo(Reason.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 500, 1_000, 2_000})
    void halfAPageGivesWhatItHasAndSaysWhyTheRestIsMissing(int length) throws IOException {
        try (EngineServer half = EngineServer.start()) {
            half.otherwise(CannedAnswer.metrics(page).brokenOffAfter(length));
            Engine engine = Tgi.engine(Tgi.hinted(half.endpoint(), LAUNCHER), Match.none());
            Reading reading = adapter.metrics(engine, LocalProbe.to(half.endpoint(), Tgi.PATHS));
            assertThat(Tgi.silentGaps(reading)).isEmpty();
            assertThat(reason(reading, Metric.GENERATION_LENGTH)).isIn(Reason.TIMED_OUT, Reason.TOO_LARGE);
        }
    }

    @Test
    void aClosedOrMissingPageSaysWhy() {
        server.replace("/metrics", CannedAnswer.of(401, "application/json", "{}"));
        Reading closed = metrics(engine(LAUNCHER));
        assertThat(reason(closed, Metric.RUNNING)).isEqualTo(Reason.NEEDS_KEY);
        assertThat(closed.state()).contains(State.BLOCKED);
        server.replace("/metrics", CannedAnswer.of(404, "application/json", "{}"));
        assertThat(reason(metrics(engine(LAUNCHER)), Metric.RUNNING)).isEqualTo(Reason.NOT_EXPORTED);
        server.replace("/metrics", CannedAnswer.metrics("other 1\n"));
        assertThat(reason(metrics(engine(LAUNCHER)), Metric.RUNNING)).isEqualTo(Reason.NO_SAMPLE_YET);
    }

    @Test
    void aCapacityOfNothingIsNoCapacity() {
        server.replace(
                "/metrics",
                CannedAnswer.metrics("# TYPE tgi_batch_current_max_tokens gauge\ntgi_batch_current_max_tokens 5\n"
                        + "# TYPE tgi_batch_max_total_tokens gauge\ntgi_batch_max_total_tokens 0\n"));
        assertThat(reason(metrics(engine(LAUNCHER)), Metric.KV_CACHE_USED_RATIO))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void theRouterTakesWhatOnlyTheLauncherWasToldAndWhatStandsInTheEnvironment() {
        Launch router = Tgi.launch("text-generation-router", "--max-total-tokens", "2048");
        Launch launcher = new Launch(
                1,
                "text-generation-launcher",
                List.of("--quantize", "gptq"),
                Map.of("NUM_SHARD", "8", "MODEL_ID", "org/env", "PORT", "80"));
        Candidate candidate =
                new Candidate(server.endpoint(), true, Optional.of(router), List.of(launcher), Set.of("tgi"));
        server.replace("/info", CannedAnswer.of(500, "application/json", "{}"));
        Description description = adapter.describe(Tgi.engine(candidate, Match.none()), Tgi.probe(server));
        assertThat(description.config()).containsEntry("tensorParallel", 8L).containsEntry("quantization", "gptq");
        assertThat(description.models().get(0).id()).isEqualTo("org/env");
        assertThat(description.models().get(0).facts())
                .containsEntry(Fact.CONTEXT_TOKENS, 2_048L)
                .containsEntry(Fact.QUANTIZATION, "gptq");
        assertThat(description.version().missing().orElseThrow().reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void withoutACommandLineItsSettingsSayWhy() {
        Description description =
                adapter.describe(Tgi.engine(Tgi.stranger(server.endpoint()), Match.none()), Tgi.probe(server));
        assertThat(description.unavailable().get("config.tensorParallel").reason())
                .isEqualTo(Reason.NO_PERMISSION);
        assertThat(description.models().get(0).unavailable().get("quantization").reason())
                .isEqualTo(Reason.NO_PERMISSION);
        assertThat(reason(metrics(Tgi.engine(Tgi.stranger(server.endpoint()), Match.none())), Metric.SLOTS))
                .isEqualTo(Reason.NO_PERMISSION);
    }

    @Test
    void hostileTextIsCleanedEverywhere() {
        server.replace(
                "/info",
                CannedAnswer.json("{\"router\":\"text-generation-router\",\"version\":\"1\\u001b[2J\","
                        + "\"model_id\":\"m\\u001b[31m\\u202e" + "x".repeat(3_000) + "\",\"max_total_tokens\":-7}"));
        Description description = adapter.describe(engine(LAUNCHER), Tgi.probe(server));
        assertThat(description.models().get(0).id())
                .doesNotContainPattern("[\\p{Cntrl}\u202e]")
                .hasSizeLessThanOrEqualTo(1_000);
        assertThat(description.version().known().orElseThrow()).doesNotContainPattern("\\p{Cntrl}");
        assertThat(description.models().get(0).unavailable()).containsKey("contextTokens");
        server.replace("/metrics", CannedAnswer.metrics("tgi_odd{a=\"\u001b]0;x\u0007\"} 1\ntgi_queue_size -5\n"));
        Reading reading = metrics(engine(LAUNCHER));
        assertThat(reading.extra().keySet().toString()).doesNotContainPattern("\\p{Cntrl}");
        assertThat(reason(reading, Metric.WAITING)).isEqualTo(Reason.MALFORMED);
    }
}
