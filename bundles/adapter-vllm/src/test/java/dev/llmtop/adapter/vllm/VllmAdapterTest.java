// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllm;

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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VllmAdapterTest {
    private static final String[] SERVE = {"vllm", "serve", "/models/m", "--served-model-name", "named"};
    private static final String CARDS = "{\"data\":[{\"id\":\"m\",\"owned_by\":\"vllm\",\"max_model_len\":2048}]}";

    private final VllmAdapter adapter = new VllmAdapter();
    private EngineServer server;
    private String page;

    @BeforeEach
    void start() throws IOException {
        page = Files.readString(Path.of("src/test/resources/cases/0.32.0-load/metrics.2.txt"));
        server = EngineServer.start()
                .answer("/version", CannedAnswer.json("{\"version\":\"0.32.0\"}"))
                .answer("/v1/models", CannedAnswer.json(CARDS))
                .answer("/metrics", CannedAnswer.metrics(page));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Engine engine(String... argv) {
        return Vllm.engine(Vllm.hinted(server.endpoint(), argv), Match.none());
    }

    private Reading metrics(Engine engine) {
        Reading reading = adapter.metrics(engine, Vllm.probe(server));
        assertThat(Vllm.silentGaps(reading)).isEmpty();
        return reading;
    }

    private Description describe(Engine engine) {
        return adapter.describe(engine, Vllm.probe(server));
    }

    private static Reason reason(Reading reading, Metric metric) {
        return reading.figures().missing(metric).orElseThrow().reason();
    }

    @Test
    void statsSwitchedOffAreDisabledAndNameTheFlag() {
        server.replace(
                "/metrics", CannedAnswer.metrics("# TYPE python_info gauge\npython_info 1\nhttp_requests_total 2\n"));
        Reading reading = metrics(engine("vllm", "serve", "m", "--disable-log-stats"));
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.DISABLED);
        assertThat(reading.figures()
                        .missing(Metric.GENERATION_TOKENS_PER_SECOND)
                        .orElseThrow()
                        .detail())
                .contains("--disable-log-stats");
        assertThat(reading.counts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 5_000, 12_345, 20_000, 30_000, 40_000})
    void halfAPageGivesWhatItHasAndSaysWhyTheRestIsMissing(int length) throws IOException {
        try (EngineServer half = EngineServer.start()) {
            half.otherwise(CannedAnswer.metrics(page).brokenOffAfter(length));
            Engine engine = Vllm.engine(Vllm.hinted(half.endpoint(), SERVE), Match.none());
            Reading reading = adapter.metrics(engine, LocalProbe.to(half.endpoint(), Vllm.PATHS));
            assertThat(Vllm.silentGaps(reading)).isEmpty();
            assertThat(reason(reading, Metric.KV_CACHE_TOTAL_TOKENS)).isIn(Reason.TIMED_OUT, Reason.TOO_LARGE);
            assertThat(reading.fingerprint()).isEmpty();
        }
    }

    @Test
    void aClosedPageNeedsAKey() {
        server.replace("/metrics", CannedAnswer.of(401, "application/json", "{}"));
        Reading reading = metrics(engine(SERVE));
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.NEEDS_KEY);
        assertThat(reading.state()).contains(State.BLOCKED);
    }

    @Test
    void whatDoesNotListenIsLoadingAndIsNotAsked() {
        Engine engine = Vllm.engine(Vllm.notListening(Vllm.hinted(server.endpoint(), SERVE)), Match.none());
        Reading reading = metrics(engine);
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.LOADING);
        assertThat(reading.state()).contains(State.LOADING);
        Description description = describe(engine);
        assertThat(description.state()).contains(State.LOADING);
        assertThat(description.models()).extracting(ServedModel::id).containsExactly("named");
        assertThat(description.models().get(0).state()).isEqualTo(ModelState.LOADING);
        assertThat(description.unavailable().get("models").reason()).isEqualTo(Reason.LOADING);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aRefusedConnectionIsLoadingOnlyWhereItWasLoadingBefore() {
        Endpoint refused = server.endpoint();
        server.close();
        Candidate candidate = Vllm.hinted(refused, SERVE);
        Match loading = Match.of(Strength.HINTED).state(State.LOADING).build();
        Match ready = Match.of(Strength.PROVEN).build();
        LocalProbe probe = LocalProbe.to(refused, Vllm.PATHS);
        assertThat(reason(adapter.metrics(Vllm.engine(candidate, loading), probe), Metric.RUNNING))
                .isEqualTo(Reason.LOADING);
        Reading gone = adapter.metrics(Vllm.engine(candidate, ready), probe);
        assertThat(reason(gone, Metric.RUNNING)).isEqualTo(Reason.UNREACHABLE);
        assertThat(Vllm.silentGaps(gone)).isEmpty();
        assertThat(adapter.describe(Vllm.engine(candidate, ready), probe)
                        .version()
                        .missing()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void a503IsLoading() {
        server.replace("/metrics", CannedAnswer.of(503, "text/plain", "scaling"));
        Reading reading = metrics(engine(SERVE));
        assertThat(reason(reading, Metric.WAITING)).isEqualTo(Reason.LOADING);
        assertThat(reading.state()).contains(State.LOADING);
    }

    @Test
    void aSleepingServerSaysSoAndKeepsItsFigures() {
        String asleep = page.replace("sleep_state=\"awake\"} 1.0", "sleep_state=\"awake\"} 0.0")
                .replace("sleep_state=\"discard_all\"} 0.0", "sleep_state=\"discard_all\"} 1.0");
        Reading awake = metrics(engine(SERVE));
        server.replace("/metrics", CannedAnswer.metrics(asleep));
        Reading reading = metrics(engine(SERVE));
        assertThat(reading.state()).contains(State.SLEEPING);
        assertThat(reading.figures().number(Metric.RUNNING)).contains(2.0);
        assertThat(reading.fingerprint()).isNotEqualTo(awake.fingerprint()).isPresent();
        assertThat(describe(engine(SERVE)).models().get(0).state()).isEqualTo(ModelState.SLEEPING);
    }

    @Test
    void theFingerprintIsTheSameInAnotherOrderAndUnderLoad() throws IOException {
        Reading before = metrics(engine(SERVE));
        String later = Files.readString(Path.of("src/test/resources/cases/0.32.0-load/metrics.1.txt"));
        server.replace("/metrics", CannedAnswer.metrics(later));
        assertThat(metrics(engine(SERVE)).fingerprint())
                .isEqualTo(before.fingerprint())
                .isPresent();
    }

    @Test
    void behindAKeyTheCommandLineNamesTheModelElseTheSeriesDo() {
        server.replace("/v1/models", CannedAnswer.of(401, "application/json", "{\"error\":\"Unauthorized\"}"));
        Description named =
                describe(engine("vllm", "serve", "/models/m", "--served-model-name", "named", "--max-model-len", "4k"));
        assertThat(named.models()).extracting(ServedModel::id).containsExactly("named");
        assertThat(named.models().get(0).facts())
                .containsEntry(Fact.CONTEXT_TOKENS, 4_000L)
                .containsEntry(Fact.ROOT, "/models/m");
        assertThat(named.unavailable().get("models").reason()).isEqualTo(Reason.NEEDS_KEY);
        Description stranger = describe(Vllm.engine(Vllm.stranger(server.endpoint()), Match.none()));
        assertThat(stranger.models()).extracting(ServedModel::id).containsExactly("tiny-llama");
        assertThat(stranger.models().get(0).unavailable().get("contextTokens").reason())
                .isEqualTo(Reason.NEEDS_KEY);
        assertThat(stranger.unavailable().get("config").reason()).isEqualTo(Reason.NO_PERMISSION);
    }

    @Test
    void slotsAreOfTheCommandLineAndOtherwiseSayWhy() {
        Reading given = metrics(engine("vllm", "serve", "m", "--max-num-seqs=64"));
        assertThat(given.figures().number(Metric.SLOTS)).contains(64.0);
        assertThat(given.sources().get(Metric.SLOTS).path()).isEqualTo("process");
        assertThat(reason(metrics(engine("vllm", "serve", "m")), Metric.SLOTS)).isEqualTo(Reason.NOT_EXPORTED);
        assertThat(reason(metrics(Vllm.engine(Vllm.stranger(server.endpoint()), Match.none())), Metric.SLOTS))
                .isEqualTo(Reason.NO_PERMISSION);
        Engine described = new Engine(
                server.id(),
                Vllm.hinted(server.endpoint(), SERVE),
                Match.none(),
                Optional.of(Description.builder().figure(Metric.SLOTS, 12).build()));
        assertThat(metrics(described).figures().number(Metric.SLOTS)).contains(12.0);
    }

    @Test
    void aConfigurationFileIsReadThroughTheProbe(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), "max-num-seqs: 77\ntensor-parallel-size: 2\n");
        Engine engine = engine("vllm", "serve", "m", "--config", file.toString());
        Description description = adapter.describe(
                engine,
                LocalProbe.to(server.endpoint(), Vllm.PATHS).withArguments(List.of("--config", file.toString())));
        assertThat(description.config()).containsEntry("tensorParallel", 2L);
        assertThat(description.figures().number(Metric.SLOTS)).contains(77.0);
    }

    @Test
    void adaptersThatAreOnSayNoSampleYetAndOffSayTheFlag() {
        String without = page.replaceAll("(?m)^.*lora_requests_info.*\n", "");
        server.replace("/metrics", CannedAnswer.metrics(without));
        assertThat(reason(metrics(engine("vllm", "serve", "m", "--enable-lora")), Metric.ACTIVE_LORAS))
                .isEqualTo(Reason.NO_SAMPLE_YET);
        assertThat(reason(metrics(engine("vllm", "serve", "m")), Metric.MAX_LORAS))
                .isEqualTo(Reason.DISABLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "\"x\"",
                "7",
                "{}",
                "{\"data\":null}",
                "{\"data\":7}",
                "{\"data\":{}}",
                "{\"data\":[null,7,\"x\",[]]}",
                "{\"data\":[{\"id\":7}]}",
                "{\"data\":[{\"id\":null,\"owned_by\":7,\"max_model_len\":\"x\"}]}",
                "",
                "not json",
                "{\"data\":{\"a\":{\"id\":{}}}}"
            })
    void aModelsAnswerOfAnyShapeIsSurvived(String json) {
        server.replace("/v1/models", CannedAnswer.json(json));
        Description description = describe(engine(SERVE));
        assertThat(description.models()).extracting(ServedModel::id).containsExactly("named");
        assertThat(description.unavailable().get("models").reason()).isEqualTo(Reason.MALFORMED);
        assertThat(adapter.detect(Vllm.hinted(server.endpoint(), SERVE), Vllm.probe(server))
                        .strength())
                .isEqualTo(Strength.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "0", "1.5", "\"2048\"", "null", "[1]", "{}", "true", "99999999999999999999999"})
    void aLengthOfAnyTypeIsALengthOrAReason(String length) {
        server.replace(
                "/v1/models",
                CannedAnswer.json(
                        "{\"data\":[{\"id\":\"m\",\"owned_by\":\"vllm\",\"root\":[],\"parent\":{},\"max_model_len\":"
                                + length + "}]}"));
        ServedModel model = describe(engine(SERVE)).models().get(0);
        assertThat(model.facts()).doesNotContainKeys(Fact.CONTEXT_TOKENS, Fact.ROOT, Fact.PARENT);
        assertThat(model.unavailable().get("contextTokens").reason()).isEqualTo(Reason.NOT_EXPORTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "{}", "[]", "\"\"", "{\"a\":1}"})
    void aVersionOfAnyTypeIsAVersionOrAReason(String version) {
        server.replace("/version", CannedAnswer.json("{\"version\":" + version + "}"));
        assertThat(describe(engine(SERVE)).version().missing().orElseThrow().reason())
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void deepJsonIsSurvived() {
        server.replace("/v1/models", CannedAnswer.json("{\"data\":".repeat(1000) + "1" + "}".repeat(1000)));
        assertThat(describe(engine(SERVE)).models()).hasSize(1);
    }

    @Test
    void hostileModelIdsAreCleanedEverywhere() {
        String id = "m\\u001b[31m\\u202e\\n\\u0000" + "x".repeat(3_000);
        server.replace(
                "/v1/models",
                CannedAnswer.json("{\"data\":[{\"id\":\"" + id + "\",\"owned_by\":\"vllm\",\"max_model_len\":1},"
                        + "{\"id\":\"" + id + "\",\"owned_by\":\"vllm\",\"parent\":\"\\u202e\"}]}"));
        server.replace(
                "/metrics",
                CannedAnswer.metrics("vllm:num_requests_running{model_name=\"a\u001b[2J\u202e\"} 1\n"
                        + "vllm:num_requests_running{model_name=\"b\"} 1\nvllm:odd{a=\"\u001b]0;x\u0007\"} 1\n"
                        + "vllm:request_success_total{finished_reason=\"\u001b[1m\"} 1\n"));
        for (ServedModel model : describe(engine(SERVE)).models()) {
            assertThat(model.id()).doesNotContainPattern("[\\p{Cntrl}\u202e]").hasSizeLessThanOrEqualTo(1_000);
        }
        Reading reading = metrics(engine(SERVE));
        assertThat(reading.models().keySet().toString() + reading.extra().keySet())
                .doesNotContainPattern("[\\p{Cntrl}\u202e]");
        reading.counts().keySet().forEach(key -> assertThat(key.part()).doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void secretsOfTheCommandLineStayOut() {
        Description description = describe(engine(
                "vllm",
                "serve",
                "m",
                "--api-key",
                "sk-secret-1234567",
                "--kv-transfer-config",
                "{\"token\":\"hf_abcdefghijkl\"}"));
        assertThat(description.config().toString()).doesNotContain("sk-secret").doesNotContain("hf_abcdef");
        assertThat(description.config()).containsKey("kvTransfer");
    }

    @Test
    void severalServedModelsHaveReadingsOfTheirOwn() {
        server.replace("/metrics", CannedAnswer.metrics(page + page.replace("tiny-llama", "other")));
        Reading reading = metrics(engine(SERVE));
        assertThat(reading.models()).containsOnlyKeys("tiny-llama", "other");
        assertThat(reading.figures().number(Metric.RUNNING)).contains(4.0);
        assertThat(reading.models().get("other").figures().number(Metric.RUNNING))
                .contains(2.0);
    }
}
