// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

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
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaAdapterTest {
    private static final String A = "{\"name\":\"a:latest\",\"size\":100,\"size_vram\":40,\"context_length\":4096}";
    private static final String B = "{\"name\":\"b:latest\",\"size\":100,\"size_vram\":100,\"context_length\":4096}";
    private static final String BUSY =
            "[{\"id\":0,\"is_processing\":true,\"id_task\":5,\"next_token\":[{\"n_decoded\":30}]}]";

    private final OllamaAdapter adapter = new OllamaAdapter();
    private final EngineServer server = EngineServer.start();
    private final EngineServer child = EngineServer.start();
    private final EngineServer other = EngineServer.start();
    private Engine engine;

    @BeforeEach
    void start() {
        server.answer("/api/version", CannedAnswer.json("{\"version\":\"0.33.0\"}"));
        server.answer("/api/tags", CannedAnswer.json("{\"models\":[]}"));
        loaded(A);
        child.answer("/slots", CannedAnswer.json(BUSY));
        other.answer("/slots", CannedAnswer.json(BUSY));
        engine = Ollama.engine(Ollama.hinted(server.endpoint(), Map.of("OLLAMA_NUM_PARALLEL", "2")));
    }

    @AfterEach
    void close() {
        server.close();
        child.close();
        other.close();
    }

    private void loaded(String... models) {
        server.replace("/api/ps", CannedAnswer.json("{\"models\":[" + String.join(",", models) + "]}"));
    }

    private void tags(String models) {
        server.replace("/api/tags", CannedAnswer.json("{\"models\":[" + models + "]}"));
    }

    private Member first(String... more) {
        return Ollama.runner(child, 11, more);
    }

    private Member second(String... more) {
        return Ollama.runner(other, 12, more);
    }

    private Reading read(Member... members) {
        Reading reading = adapter.metrics(engine, Ollama.probe(server, members));
        assertThat(Ollama.silentGaps(reading)).isEmpty();
        server.assertOnly(Ollama.PATHS);
        child.assertOnly(Ollama.MEMBER_PATHS);
        return reading;
    }

    private Description describe(Member... members) {
        return adapter.describe(engine, Ollama.probe(server, members));
    }

    private static Reason reason(Reading reading, Metric metric) {
        return reading.figures().missing(metric).orElseThrow().reason();
    }

    private static String detail(Reading reading, Metric metric) {
        return reading.figures().missing(metric).orElseThrow().detail();
    }

    @Test
    void memoryIsSplitBetweenProcessorAndGpu() {
        ServedModel model = describe(first("-c", "8192", "-np", "2")).models().get(0);
        assertThat(model.facts())
                .containsEntry(Fact.SIZE_BYTES, 100L)
                .containsEntry(Fact.GPU_BYTES, 40L)
                .containsEntry(Fact.CONTEXT_TOKENS, 4096L)
                .containsEntry(Fact.PID, 11L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"size\":0,\"size_vram\":0",
                "\"size\":10,\"size_vram\":20",
                "\"size\":-5,\"size_vram\":-5",
                "\"size\":\"10\",\"size_vram\":1e3",
                "\"other\":1"
            })
    void aSplitThatCannotBeIsUnknownWithItsReason(String sizes) {
        loaded("{\"name\":\"a\"," + sizes + "}");
        ServedModel model = describe().models().get(0);
        assertThat(model.facts()).doesNotContainKey(Fact.GPU_BYTES);
        assertThat(model.unavailable()).containsKey("gpuBytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "0001-01-01T00:00:00Z", "2026-13-45T00:00:00Z"})
    void anExpiryThatIsNoTimeIsUnknown(String expiry) {
        loaded("{\"name\":\"a\",\"size\":1,\"expires_at\":\"" + expiry + "\"}");
        ServedModel model = describe().models().get(0);
        assertThat(model.facts()).doesNotContainKey(Fact.EXPIRES);
        assertThat(model.unavailable()).containsKey("expires");
    }

    @Test
    void anExpiryOfAnotherZoneIsToldInUtc() {
        loaded("{\"name\":\"a\",\"size\":1,\"expires_at\":\"2026-11-24T23:30:00+01:00\"}");
        assertThat(describe().models().get(0).facts()).containsEntry(Fact.EXPIRES, "2026-11-24T22:30:00Z");
    }

    @Test
    void cloudModelsAreRemoteAndTakeNoMemoryHere() {
        tags("{\"name\":\"gpt-oss:120b-cloud\",\"size\":384,\"remote_model\":\"gpt-oss:120b\","
                + "\"remote_host\":\"https://ollama.com:443\"},{\"name\":\"c\",\"size\":9}");
        List<ServedModel> models = describe().models();
        assertThat(models)
                .extracting(ServedModel::state)
                .containsExactly(ModelState.LOADED, ModelState.REMOTE, ModelState.AVAILABLE);
        assertThat(models.get(1).facts())
                .containsEntry(Fact.ROOT, "gpt-oss:120b at https://ollama.com:443")
                .doesNotContainKey(Fact.SIZE_BYTES);
    }

    @Test
    void parallelSlotsShareTheContextOfARunner() {
        Reading reading = read(first("-c", "8192", "-np", "2"));
        assertThat(reading.figures().number(Metric.RUNNING)).contains(1.0);
        assertThat(reading.models().get("a:latest").figures().number(Metric.KV_CACHE_TOTAL_TOKENS))
                .contains(8192.0);
        assertThat(Ollama.generated(reading)).isEqualTo(30);
    }

    @Test
    void modelsOfOneContextAreToldApartByTheirWeights() {
        loaded(A, B);
        tags("{\"name\":\"a:latest\",\"details\":{\"parent_model\":\"" + Ollama.BLOB + "\"}}");
        Member another = new Member(
                other.endpoint(),
                Ollama.launch(
                        12, Map.of(), "llama-server", "--model", "/m/blobs/sha256-" + "cd".repeat(32), "-c", "4096"));
        assertThat(read(first("-c", "4096"), another)
                        .models()
                        .get("b:latest")
                        .figures()
                        .number(Metric.RUNNING))
                .contains(1.0);
        assertThat(describe(first("-c", "4096"), another).models())
                .extracting(model -> model.facts().get(Fact.PID))
                .containsExactly(11L, 12L);
    }

    @Test
    void modelsThatCannotBeToldApartKeepTheSumAndLoseTheirParts() {
        loaded(A, B);
        Reading reading = read(first("-c", "4096"), second("-c", "4096"));
        assertThat(reading.figures().number(Metric.RUNNING)).contains(2.0);
        assertThat(Ollama.generated(reading)).isEqualTo(60);
        assertThat(reason(reading.models().get("a:latest"), Metric.RUNNING)).isEqualTo(Reason.NOT_EXPORTED);
    }

    @Test
    void halfASumIsNone() {
        loaded(A, B);
        other.replace("/slots", CannedAnswer.of(500, "text/plain", "no"));
        Reading reading = read(first("-c", "4096"), second("-c", "2048"));
        assertThat(reading.figures().number(Metric.RUNNING)).isEmpty();
        assertThat(reading.progress()).isEmpty();
    }

    @Test
    void aRunnerThatIsGoneIsAnUnloadedModel() {
        Member gone =
                new Member(Endpoint.tcp("127.0.0.1", 1), first("-c", "4096").launch());
        Reading reading = adapter.metrics(engine, Ollama.probe(server, gone));
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.UNREACHABLE);
        assertThat(detail(reading, Metric.RUNNING)).contains("unloaded");
    }

    @Test
    void aLoadedModelIsNoRunningRequestAndAHiddenRunnerSaysWhatHelps() {
        Reading reading = read();
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.NO_PERMISSION);
        assertThat(detail(reading, Metric.RUNNING)).contains("as the user of Ollama");
        Engine stranger = Ollama.engine(Ollama.stranger(server.endpoint()));
        assertThat(detail(adapter.metrics(stranger, Ollama.probe(server)), Metric.RUNNING))
                .contains("container");
    }

    @Test
    void aModelThatLoadsBesideALoadedOneIsNotMistakenForIt() {
        other.replace("/slots", CannedAnswer.of(503, "application/json", "{}"));
        Member[] both = {first("-c", "4096"), second("-c", "4096")};
        assertThat(read(both).figures().number(Metric.RUNNING)).contains(1.0);
        assertThat(describe(both).models())
                .extracting(ServedModel::state)
                .containsExactly(ModelState.LOADED, ModelState.LOADING);
    }

    @Test
    void theChildrenThatLookForGpusAreNoRunners() {
        Launch newer = Ollama.launch(1, Map.of(), "llama-server", "--list-devices", "--model", "x");
        Launch older = Ollama.launch(2, Map.of(), "ollama", "runner", "--ollama-engine", "--port", "9");
        Launch client = Ollama.launch(3, Map.of(), "ollama", "run", "--model", "x");
        assertThat(Runner.among(List.of(
                        new Member(child.endpoint(), newer),
                        new Member(child.endpoint(), older),
                        new Member(child.endpoint(), client))))
                .isEmpty();
    }

    @Test
    void anMlxRunnerIsKnownByItsName() {
        Member runner = new Member(
                child.endpoint(),
                Ollama.launch(21, Map.of(), "ollama", "runner", "--mlx-engine", "--model", "a", "--port", "1"));
        child.answer("/v1/status", CannedAnswer.json("{\"Status\":0,\"Progress\":1,\"Memory\":5}"));
        assertThat(describe(runner).models().get(0).facts()).containsEntry(Fact.PID, 21L);
        assertThat(detail(read(runner), Metric.RUNNING)).contains("MLX");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "[1]",
                "[{\"id\":0}]",
                "[{\"id\":\"x\",\"is_processing\":true}]",
                "[{\"id\":0,\"is_processing\":\"yes\"}]",
                "<html>"
            })
    void slotsThatMakeNoSenseAreNoSlots(String body) {
        child.replace("/slots", CannedAnswer.json(body));
        Reading reading = read(first("-c", "4096"));
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.MALFORMED);
        assertThat(reading.progress()).isEmpty();
    }

    @Test
    void oddProgressNeverCountsBelowZero() {
        child.replace(
                "/slots",
                CannedAnswer.json("[{\"id\":0,\"is_processing\":true,\"next_token\":{\"n_decoded\":-7}},"
                        + "{\"id\":1,\"is_processing\":false}]"));
        Reading reading = read(first("-c", "4096"));
        assertThat(Ollama.generated(reading)).isZero();
        assertThat(reading.figures().number(Metric.SLOTS)).contains(2.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"models\":{}}", "{\"models\":\"a\"}", "<html>"})
    void aListThatMakesNoSenseIsMalformedAndRunnersAreNotAsked(String body) {
        server.replace("/api/ps", CannedAnswer.json(body));
        Reading reading = read(first());
        for (Metric metric : Metric.values()) {
            if (metric != Metric.TOKENS_PER_JOULE) {
                assertThat(reason(reading, metric)).isEqualTo(Reason.MALFORMED);
            }
        }
        assertThat(describe(first()).unavailable().get("models").reason()).isEqualTo(Reason.MALFORMED);
        assertThat(child.requests()).isEmpty();
    }

    @Test
    void entriesWithoutANameAreSkipped() {
        loaded("7", "{\"name\":3}", "{}", A);
        assertThat(describe().models()).extracting(ServedModel::id).containsExactly("a:latest");
    }

    @Test
    void aServerThatDiedKnowsNothing() {
        Endpoint nobody = Endpoint.tcp("127.0.0.1", 1);
        Engine dead = Ollama.engine(Ollama.hinted(nobody, Map.of()));
        LocalProbe probe = LocalProbe.to(nobody, Ollama.PATHS).withMembers(List.of(first()), Ollama.MEMBER_PATHS);
        Reading reading = adapter.metrics(dead, probe);
        assertThat(Ollama.silentGaps(reading)).isEmpty();
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.UNREACHABLE);
        assertThat(adapter.describe(dead, probe).version().missing()).isPresent();
    }

    @Test
    void aClosedDoorIsBlocked() {
        server.replace("/api/ps", CannedAnswer.of(401, "text/html", ""));
        assertThat(read().state()).contains(State.BLOCKED);
    }

    @Test
    void whatDoesNotListenYetIsLoadingAndNotAsked() {
        Candidate listening = engine.candidate();
        Engine silent = Ollama.engine(
                new Candidate(listening.endpoint(), false, listening.launch(), List.of(), listening.hints()));
        assertThat(reason(adapter.metrics(silent, Ollama.probe(server)), Metric.RUNNING))
                .isEqualTo(Reason.LOADING);
        assertThat(adapter.describe(silent, Ollama.probe(server)).state()).contains(State.LOADING);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aModelThatComesOrGoesIsDescribedAnewAndOneThatWorksIsNot() {
        String before = read(first("-c", "4096")).fingerprint().orElseThrow();
        child.replace("/slots", CannedAnswer.json(BUSY.replace("30", "90")));
        assertThat(read(first("-c", "4096")).fingerprint()).contains(before);
        loaded(A, B);
        assertThat(read(first("-c", "4096")).fingerprint().orElseThrow()).isNotEqualTo(before);
    }

    @Test
    void settingsAreThoseOfTheEnvironment() {
        assertThat(describe().config()).containsEntry("parallel", 2L);
    }

    @Test
    void namesFromOutsideAreCleaned() {
        loaded("{\"name\":\"a\\u202e\\u0007b\",\"size\":1}");
        assertThat(describe().models().get(0).id()).isEqualTo("ab");
    }
}
