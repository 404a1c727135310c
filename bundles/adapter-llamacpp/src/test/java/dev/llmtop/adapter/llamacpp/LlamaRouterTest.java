// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LlamaRouterTest {
    private static final String[] ROUTER = {"llama-server", "--models-dir", "/models", "--metrics"};
    private static final String PROPS = "{\"role\":\"router\",\"max_instances\":4,\"build_info\":\"b1-x\","
            + "\"default_generation_settings\":{\"params\":null,\"n_ctx\":0},\"model_path\":\"none\"}";
    private static final String ODD = "my \"modèle\"&autoload=true";

    private final LlamaCppAdapter adapter = new LlamaCppAdapter();
    private EngineServer server;

    @BeforeEach
    void start() {
        server = EngineServer.start().answer("/props", CannedAnswer.json(PROPS));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String model(String id, String status, int port, String more) {
        return "{\"id\":\"" + id.replace("\"", "\\\"") + "\",\"owned_by\":\"llamacpp\",\"status\":{\"value\":\""
                + status
                + "\",\"args\":[\"/llama-server\",\"--port\",\"" + port + "\",\"--model\",\"/models/" + port
                + ".gguf\"" + more + "]}}";
    }

    private void list(String... models) {
        server.replace("/v1/models", CannedAnswer.json("{\"data\":[" + String.join(",", models) + "]}"));
    }

    private void pages(String encoded, int tokens, int decoded) {
        server.answer(
                "/metrics?model=" + encoded + "&autoload=false",
                CannedAnswer.metrics("llamacpp:tokens_predicted_total " + tokens
                        + "\nllamacpp:requests_processing 1\nllamacpp:requests_deferred 0\n"));
        server.answer(
                "/slots?model=" + encoded + "&autoload=false",
                CannedAnswer.json("[{\"id\":0,\"is_processing\":true,\"id_task\":5,\"next_token\":[{\"n_decoded\":"
                        + decoded + "}]}]"));
    }

    private Reading metrics() {
        Reading reading =
                adapter.metrics(Llama.engine(Llama.candidate(server.endpoint(), ROUTER)), Llama.probe(server));
        assertThat(Llama.silentGaps(reading)).isEmpty();
        server.assertOnly(Llama.PATHS);
        assertThat(server.paths()).allMatch(path -> !path.contains("?") || path.endsWith("&autoload=false"));
        return reading;
    }

    @Test
    void theModelsAreSummedAndEachStandsByItself() {
        list(model("a", "loaded", 1, ""), model("b", "loaded", 2, ""), model("c", "unloaded", 0, ""));
        pages("a", 100, 7);
        pages("b", 50, 3);
        Reading reading = metrics();
        assertThat(reading.figures().number(Metric.RUNNING)).contains(2.0);
        assertThat(reading.figures().number(Metric.SLOTS)).contains(2.0);
        assertThat(reading.models()).containsOnlyKeys("a", "b");
        assertThat(reading.models().get("b").figures().number(Metric.RUNNING)).contains(1.0);
        assertThat(reading.counts())
                .containsEntry(new Reading.CountKey(Counter.GENERATION_TOKENS, "", "model=a"), 100.0)
                .containsEntry(new Reading.CountKey(Counter.GENERATION_TOKENS, "", "model=b"), 50.0);
        assertThat(reading.progress())
                .containsEntry(new Reading.ProgressKey(Counter.GENERATION_TOKENS, "model=a", "slot=0,task=5"), 7.0);
    }

    @Test
    void whatOneModelDoesNotTellIsNotKnownOfAll() {
        list(model("a", "loaded", 1, ""), model("b", "loaded", 2, ""));
        pages("a", 100, 7);
        server.answer("/metrics?model=b&autoload=false", CannedAnswer.of(501, "application/json", "{}"));
        server.answer("/slots?model=b&autoload=false", CannedAnswer.of(501, "application/json", "{}"));
        Reading reading = metrics();
        assertThat(reading.figures().missing(Metric.RUNNING).orElseThrow().reason())
                .isEqualTo(Reason.DISABLED);
        assertThat(reading.figures().missing(Metric.RUNNING).orElseThrow().detail())
                .contains("--metrics");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unloaded", "downloaded", "downloading", "loading", "sleeping", "failed", "", "Loaded", "x"})
    void onlyWhatTheListCallsLoadedIsAsked(String status) {
        list(model("a", status, 1, ""));
        metrics();
        assertThat(server.paths()).containsOnly("/props", "/v1/models");
    }

    @Test
    void aModelThatMaySleepIsNotAskedForItsSlots() {
        list(model("a", "loaded", 1, ",\"--sleep-idle-seconds\",\"60\""));
        Reading reading = metrics();
        assertThat(server.paths()).containsOnly("/props", "/v1/models");
        assertThat(reading.figures().missing(Metric.RUNNING).orElseThrow().reason())
                .isEqualTo(Reason.NOT_SAFE);
        server.replace(
                "/v1/models",
                CannedAnswer.json("{\"data\":[{\"id\":\"a\",\"status\":{\"value\":\"loaded\",\"args\":[],"
                        + "\"preset\":\"[a]\\nsleep-idle-seconds = 60\\n\"}}]}"));
        metrics();
        assertThat(server.paths()).containsOnly("/props", "/v1/models");
    }

    @Test
    void namesAreEncodedAndAddNothingToTheRequest() {
        list(model(ODD, "loaded", 1, ""));
        pages("my%20%22mod%C3%A8le%22%26autoload%3Dtrue", 5, 1);
        assertThat(metrics().figures().number(Metric.RUNNING)).contains(1.0);
    }

    @Test
    void modelsAreDescribedWithTheirStatesAndProcesses() {
        list(
                model("a", "loaded", 4711, ""),
                model("b", "unloaded", 0, ""),
                model("c", "loading", 3, ""),
                model("d", "sleeping", 4, ""));
        Member child = new Member(Endpoint.tcp("127.0.0.1", 4711), Llama.launch("llama-server"));
        Description made = adapter.describe(
                Llama.engine(Llama.candidate(server.endpoint(), ROUTER)),
                Llama.probe(server).withMembers(List.of(child)));
        assertThat(made.role()).isEqualTo(Role.ROUTER);
        assertThat(made.config()).containsEntry("mode", "router");
        assertThat(made.models())
                .extracting(ServedModel::state)
                .containsExactly(ModelState.LOADED, ModelState.AVAILABLE, ModelState.LOADING, ModelState.SLEEPING);
        assertThat(made.models().get(0).facts()).containsEntry(Fact.PID, 7L);
        assertThat(made.models().get(1).facts()).doesNotContainKey(Fact.PID);
    }

    @Test
    void aChangedListIsDescribedAnew() {
        list(model("a", "unloaded", 0, ""));
        Reading before = metrics();
        assertThat(before.state()).contains(State.READY);
        list(model("a", "loading", 3, ""));
        Reading after = metrics();
        assertThat(after.fingerprint()).isPresent().isNotEqualTo(before.fingerprint());
        assertThat(after.models()
                        .get("a")
                        .figures()
                        .missing(Metric.RUNNING)
                        .orElseThrow()
                        .reason())
                .isEqualTo(Reason.LOADING);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 500, 503})
    void aListThatIsClosedIsTheReasonForAll(int status) {
        server.replace("/v1/models", CannedAnswer.of(status, "application/json", "{}"));
        Reading reading = metrics();
        assertThat(reading.figures().missing(Metric.RUNNING).orElseThrow().detail())
                .contains("/v1/models");
        assertThat(reading.models()).isEmpty();
    }
}
