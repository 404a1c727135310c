// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.CaseExpectation;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SglangGatewayAdapterTest {
    private static final Path GATEWAY = Path.of("src/test/resources/gateway");
    private static final List<String> PATHS = List.of("/readiness", "/workers");
    private static final String NOT_READY = "{\"status\":\"not ready\",\"reason\":\"insufficient healthy workers\"}";

    private final SglangGatewayAdapter adapter = new SglangGatewayAdapter();
    private EngineServer server;

    @BeforeEach
    void start() {
        server = EngineServer.replay(GATEWAY.resolve("router"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Candidate hinted(boolean listening, String... more) {
        String[] argv = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("python3", "-m", "sglang_router.launch_router"),
                        java.util.stream.Stream.of(more))
                .toArray(String[]::new);
        return new Candidate(
                server.endpoint(), listening, Optional.of(Sglang.launch(argv)), List.of(), Set.of("sglangrouter"));
    }

    private LocalProbe probe() {
        return LocalProbe.to(server.endpoint(), PATHS);
    }

    private Description describe(Candidate candidate) {
        return adapter.describe(Sglang.engine(candidate, Match.none()), probe());
    }

    @Test
    void isRecognizedByTheWorkersThatItCounts() {
        Match match = adapter.detect(Sglang.stranger(server.endpoint()), probe());
        assertThat(match.strength()).isEqualTo(Strength.DISTINCTIVE);
        assertThat(match.state()).isEqualTo(State.READY);
        assertThat(adapter.detect(hinted(true), probe()).strength()).isEqualTo(Strength.PROVEN);
        assertThat(server.paths()).containsOnly("/readiness");
    }

    @Test
    void isALoadingOneWhileNoWorkerIsHealthy() {
        server.replace("/readiness", CannedAnswer.of(503, "application/json", NOT_READY));
        Match match = adapter.detect(Sglang.stranger(server.endpoint()), probe());
        assertThat(match.strength()).isEqualTo(Strength.DISTINCTIVE);
        assertThat(match.state()).isEqualTo(State.LOADING);
        assertThat(describe(hinted(true)).state()).contains(State.LOADING);
        assertThat(adapter.detect(hinted(false), probe()).state()).isEqualTo(State.LOADING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"ready\"}",
                "{\"status\":\"healthy\",\"healthy_workers\":1,\"total_workers\":1}",
                "{\"status\":\"ready\",\"healthy_workers\":\"1\",\"total_workers\":1}",
                "{\"status\":\"not ready\",\"reason\":\"insufficient healthy workers\"}",
                "[]",
                "null",
                "ready"
            })
    void anotherReadinessIsSomeoneElse(String json) {
        server.replace("/readiness", CannedAnswer.json(json));
        assertThat(adapter.detect(Sglang.stranger(server.endpoint()), probe()).strength())
                .isEqualTo(Strength.NONE);
        assertThat(adapter.detect(hinted(true), probe()).strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void a401IsBlockedOnlyWhereTheProcessSaysIt() {
        server.replace("/readiness", CannedAnswer.of(401, "application/json", "{}"));
        assertThat(adapter.detect(hinted(true), probe()).state()).isEqualTo(State.BLOCKED);
        assertThat(adapter.detect(Sglang.stranger(server.endpoint()), probe()).strength())
                .isEqualTo(Strength.NONE);
    }

    @Test
    void itsWorkersAreItsBackends() {
        Description description = describe(Sglang.stranger(server.endpoint()));
        assertThat(description.role()).isEqualTo(Role.ROUTER);
        assertThat(description.backendUrls()).containsExactly("http://127.0.0.1:30001", "http://127.0.0.1:30002");
        assertThat(description.models()).extracting(ServedModel::id).containsExactly("qwen3");
        assertThat(description.config()).containsEntry("healthyWorkers", 1L).containsEntry("workers", 2L);
        server.assertOnly(PATHS);
    }

    @Test
    void behindAKeyItsCommandLineNamesThem() {
        server.replace("/workers", CannedAnswer.of(401, "application/json", "{}"));
        Description description = describe(hinted(
                true,
                "--pd-disaggregation",
                "--prefill",
                "http://10.0.0.5:30001",
                "9001",
                "--decode=http://127.0.0.1:30002/",
                "--policy",
                "random",
                "http://not.a.worker:1"));
        assertThat(description.backendUrls()).containsExactly("http://10.0.0.5:30001", "http://127.0.0.1:30002");
        assertThat(description.unavailable().get("models").reason()).isEqualTo(Reason.NEEDS_KEY);
        assertThat(description.config()).containsEntry("policy", "random");
        assertThat(describe(Sglang.stranger(server.endpoint())).unavailable()).containsKeys("backends", "models");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{\"workers\":7}",
                "{\"workers\":[7,null,{}]}",
                "{\"workers\":[{\"url\":\"http://user:secret@h:1\"},{\"url\":\"file:///etc/passwd\"},{\"url\":7}]}",
                "{\"workers\":[{\"url\":\"http://h:1/?api_key=secret\"}]}"
            })
    void aListOfWorkersOfAnyShapeIsSurvivedAndLeaksNothing(String json) {
        server.replace("/workers", CannedAnswer.json(json));
        Description description = describe(Sglang.stranger(server.endpoint()));
        assertThat(description.backendUrls()).isEmpty();
        assertThat(CaseExpectation.everything(description)).doesNotContain("secret");
    }

    @Test
    void itsFiguresAreOnItsOtherPort() throws IOException {
        try (EngineServer second = EngineServer.start()) {
            second.answer("/metrics", CannedAnswer.metrics(Files.readString(GATEWAY.resolve("metrics/metrics.txt"))));
            Candidate candidate = hinted(true, "--prometheus-port", String.valueOf(second.port()));
            LocalProbe probe = probe().withMembers(
                            List.of(new Member(
                                    second.endpoint(), candidate.launch().orElseThrow())),
                            "/metrics");
            Reading reading = adapter.metrics(Sglang.engine(candidate, Match.none()), probe);
            assertThat(Sglang.silentGaps(reading)).isEmpty();
            assertThat(reading.figures().number(Metric.RUNNING)).contains(3.0);
            assertThat(count(reading, Counter.GENERATION_TOKENS)).isEqualTo(350);
            assertThat(count(reading, Counter.PROMPT_TOKENS)).isEqualTo(900);
            assertThat(count(reading, Counter.REQUESTS)).isEqualTo(41);
            assertThat(count(reading, Counter.ERRORS)).isEqualTo(3);
            assertThat(reading.figures()
                            .missing(Metric.KV_CACHE_USED_RATIO)
                            .orElseThrow()
                            .reason())
                    .isEqualTo(Reason.NOT_EXPORTED);
            assertThat(server.requests()).isEmpty();
        }
    }

    private static double count(Reading reading, Counter counter) {
        return reading.counts().entrySet().stream()
                .filter(entry -> entry.getKey().counter() == counter)
                .mapToDouble(entry -> entry.getValue())
                .sum();
    }

    @Test
    void withoutThatPortEveryMetricSaysWhy() {
        Reading reading = adapter.metrics(Sglang.engine(hinted(true), Match.none()), probe());
        assertThat(Sglang.silentGaps(reading)).isEmpty();
        assertThat(reading.figures().missing(Metric.RUNNING).orElseThrow().detail())
                .contains("29000")
                .contains("--prometheus-port");
        assertThat(reading.figures().missing(Metric.SLOTS).orElseThrow().reason())
                .isEqualTo(Reason.NOT_EXPORTED);
        Reading loading = adapter.metrics(Sglang.engine(hinted(false), Match.none()), probe());
        assertThat(Sglang.silentGaps(loading)).isEmpty();
        assertThat(loading.state()).contains(State.LOADING);
        assertThat(server.requests()).isEmpty();
    }
}
