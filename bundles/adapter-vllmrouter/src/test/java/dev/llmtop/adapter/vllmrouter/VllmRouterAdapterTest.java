// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllmrouter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import dev.llmtop.testkit.ReadingCoverage;
import dev.llmtop.testkit.TestedAdapter;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VllmRouterAdapterTest {
    private static final String CARDS =
            "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"owned_by\":\"vllm\",\"max_model_len\":2048}]}";
    private static final String ENGINES = "[{\"engine_id\":\"a\",\"serving_models\":[\"m\"],\"created\":1}]";

    private final VllmRouterAdapter adapter = new VllmRouterAdapter();
    private final EngineServer server = EngineServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private void router() {
        server.answer("/version", CannedAnswer.json("{\"version\":\"0.1.11\"}"))
                .answer("/v1/models", CannedAnswer.json(CARDS))
                .answer("/engines", CannedAnswer.json(ENGINES));
    }

    private LocalProbe probe() {
        return LocalProbe.to(server.endpoint(), VllmRouter.PATHS);
    }

    private Match stranger() {
        return adapter.detect(TestedAdapter.stranger(server.endpoint()), probe());
    }

    private Candidate candidate() {
        return VllmRouter.tested().hinted(server.endpoint(), VllmRouter.ARGV);
    }

    private Match hinted() {
        return adapter.detect(candidate(), probe());
    }

    private Engine engine(Candidate candidate) {
        return new Engine(server.id(), candidate, Match.none(), Optional.empty());
    }

    @Test
    void onlyTheListOfEnginesTellsItFromAVllm() {
        router();
        assertThat(stranger().strength()).isEqualTo(Strength.DISTINCTIVE);
        server.replace("/engines", CannedAnswer.of(404, "application/json", "{\"detail\":\"Not Found\"}"));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(hinted().strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void aFirstContactIsHalfAMatchUponWhichItMayAsk() {
        router();
        Match half = adapter.detect(
                TestedAdapter.stranger(server.endpoint()), probe().sendingOnly("/version", "/v1/models"));
        assertThat(half.strength()).isEqualTo(Strength.GENERIC);
        server.assertOnly("/version", "/v1/models");
    }

    @Test
    void whoIsNoVllmIsNotAskedForEngines() {
        server.answer("/version", CannedAnswer.json("{\"version\":\"1\"}"))
                .answer("/v1/models", CannedAnswer.json("{\"data\":[{\"id\":\"m\",\"owned_by\":\"sglang\"}]}"));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        server.assertOnly("/version", "/v1/models");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[1]", "[{\"engine_id\":1,\"serving_models\":[]}]", "[{\"engine_id\":\"a\"}]", "\"x\""})
    void anotherListIsNotItsOwn(String engines) {
        router();
        server.replace("/engines", CannedAnswer.json(engines));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(hinted().strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void aProcessThatNamesItIsBelievedWhileItDoesNotAnswer() {
        assertThat(adapter.detect(TestedAdapter.notListening(candidate()), probe())
                        .state())
                .isEqualTo(State.LOADING);
        server.otherwise(CannedAnswer.of(401, "application/json", "{}"));
        assertThat(hinted().state()).isEqualTo(State.BLOCKED);
        server.close();
        assertThat(hinted().state()).isEqualTo(State.LOADING);
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void itsCommandLineNamesItsBackendsWhereItsPageDoesNot() {
        router();
        Description made = adapter.describe(engine(candidate()), probe());
        assertThat(made.role()).isEqualTo(Role.ROUTER);
        assertThat(made.backendUrls()).containsExactly("http://127.0.0.1:8000", "http://b:8000");
        Description loading = adapter.describe(engine(TestedAdapter.notListening(candidate())), probe());
        assertThat(loading.backendUrls()).hasSize(2);
        assertThat(loading.state()).contains(State.LOADING);
    }

    @Test
    void whatIsNoUrlIsNoBackendAndNoPasswordComesOut() {
        router();
        server.answer(
                "/metrics",
                CannedAnswer.metrics("# TYPE vllm:healthy_pods_total gauge\n"
                        + "vllm:healthy_pods_total{server=\"http://user:secret@h:1\"} 1\n"
                        + "vllm:healthy_pods_total{server=\"openai\"} 1\n"
                        + "vllm:healthy_pods_total{server=\"http://127.0.0.1:8000/\"} 1\n"));
        Description made = adapter.describe(engine(TestedAdapter.stranger(server.endpoint())), probe());
        assertThat(made.backendUrls()).containsExactly("http://127.0.0.1:8000");
    }

    @Test
    void aRouterOfWhichNoBackendIsKnownSaysWhy() {
        router();
        Description made = adapter.describe(engine(TestedAdapter.stranger(server.endpoint())), probe());
        assertThat(made.unavailable().get("backends").reason()).isEqualTo(Reason.NOT_EXPORTED);
        assertThat(made.unavailable().get("backends").detail()).contains("/metrics");
    }

    @Test
    void aClosedOrAbsentPageIsTheReasonForItsFigures() {
        server.answer("/metrics", 401, "application/json", "{}");
        Reading closed = adapter.metrics(engine(candidate()), probe());
        assertThat(closed.figures().missing(Metric.RUNNING).orElseThrow().reason())
                .isEqualTo(Reason.NEEDS_KEY);
        assertThat(closed.state()).contains(State.BLOCKED);
        Reading loading = adapter.metrics(engine(TestedAdapter.notListening(candidate())), probe());
        assertThat(loading.figures().missing(Metric.RUNNING).orElseThrow().reason())
                .isEqualTo(Reason.LOADING);
        assertThat(ReadingCoverage.silentGaps(closed)).isEmpty();
        assertThat(ReadingCoverage.silentGaps(loading)).isEmpty();
    }

    @Test
    void halfAPageKeepsWhatWasReadAndCountsNothingTwice() {
        server.answer(
                "/metrics",
                CannedAnswer.metrics(
                        "# TYPE vllm:num_requests_running gauge\nvllm:num_requests_running{server=\"a\"} 2\nvllm:num_req"));
        Reading half = adapter.metrics(engine(candidate()), probe());
        assertThat(half.figures().number(Metric.RUNNING)).contains(2.0);
        assertThat(ReadingCoverage.silentGaps(half)).isEmpty();
    }
}
