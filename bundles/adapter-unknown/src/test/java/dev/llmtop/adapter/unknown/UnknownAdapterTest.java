// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.unknown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.HostileServer;
import dev.llmtop.testkit.HostileServers;
import dev.llmtop.testkit.Hostility;
import dev.llmtop.testkit.LocalProbe;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownAdapterTest {
    private static final String[] PATHS = {
        "/v1/models", "/version", "/props", "/model_info", "/info", "/api/version", "/readiness"
    };
    private static final String LIST =
            "{\"object\":\"list\",\"data\":[{\"id\":\"a\\u202e/b\",\"object\":\"model\"},{\"id\":\"c\"}]}";

    private final UnknownAdapter adapter = new UnknownAdapter();
    private final EngineServer server = EngineServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {LIST, "{\"object\":\"list\",\"data\":[]}", "{\"object\":\"list\",\"data\":null}"})
    void aListOfModelsIsAGenericEngine(String body) {
        server.answer("/v1/models", CannedAnswer.json(body));

        Match match = detect();

        assertThat(match.strength()).isEqualTo(Strength.GENERIC);
        assertThat(match.title()).contains("OpenAI-shaped");
        assertThat(match.evidence())
                .singleElement()
                .satisfies(why -> assertThat(why.says()).contains("/v1/models"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"object\":\"list\"}",
                "{\"object\":\"list\",\"data\":{}}",
                "{\"object\":\"list\",\"data\":[1,2]}",
                "{\"object\":\"list\",\"data\":[{\"name\":\"a\"}]}",
                "{\"data\":[{\"id\":\"a\"}]}",
                "{\"object\":\"model\",\"data\":[{\"id\":\"a\"}]}",
                "[]",
                "{}",
                "{\"status\":\"ok\"}",
                "",
                "OK",
                "null"
            })
    void whatIsNoSuchListIsNotClaimed(String body) {
        server.otherwise(CannedAnswer.json(body));

        assertThat(detect().strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void webApplicationsAndClosedDoorsAreNotClaimed() {
        for (CannedAnswer answer : List.of(
                CannedAnswer.of(200, "text/html", "<!DOCTYPE html><title>Jupyter Server</title>"),
                CannedAnswer.of(302, "text/html", "").header("Location", "/login"),
                CannedAnswer.of(200, "text/html", "<title>Grafana</title>"),
                CannedAnswer.of(401, "text/html", "<h1>401 Authorization Required</h1>")
                        .header("WWW-Authenticate", "Basic realm=\"x\""),
                CannedAnswer.of(401, "application/json", "{\"message\":\"Unauthorized\"}"),
                CannedAnswer.of(403, "application/json", "{\"message\":\"Forbidden\"}"),
                CannedAnswer.of(404, "application/json", "{\"message\":\"Not found\"}"),
                CannedAnswer.of(500, "application/json", LIST),
                CannedAnswer.of(200, "text/html", "<pre>" + LIST + "</pre>"))) {
            server.otherwise(answer);
            assertThat(detect().strength()).isEqualTo(Strength.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Hostility.class,
            names = {"GARBAGE", "CLOSES_AT_ONCE", "SSH", "REDIS"})
    void whatSpeaksNoHttpIsNotClaimed(Hostility hostility) {
        try (HostileServer hostile = HostileServers.start(hostility)) {
            Candidate candidate = new Candidate(hostile.endpoint(), true, Optional.empty(), List.of(), Set.of());

            assertThat(adapter.detect(candidate, LocalProbe.to(hostile.endpoint(), List.of(PATHS)))
                            .strength())
                    .isEqualTo(Strength.NONE);
        }
    }

    @Test
    void aProcessThatHoldsGpuMemoryAndAnswersJsonIsAnUnknownEngine() {
        server.otherwise(CannedAnswer.of(404, "application/json", "{\"detail\":\"Not Found\"}"));

        assertThat(adapter.detect(candidate(Candidate.HOLDS_GPU), LocalProbe.to(server, PATHS))
                        .strength())
                .isEqualTo(Strength.GENERIC);
    }

    @Test
    void aKnownCommandWithoutItsAdapterGoesByItsName() {
        server.otherwise(CannedAnswer.of(401, "application/json", "{\"error\":\"Unauthorized\"}"));

        Match match = adapter.detect(candidate("sglang"), LocalProbe.to(server, PATHS));

        assertThat(match.title()).contains("sglang");
        assertThat(match.state()).isEqualTo(State.BLOCKED);
        assertThat(match.strength()).isEqualTo(Strength.GENERIC);
    }

    @Test
    void aProcessThatAnswersPagesIsNoEngine() {
        server.otherwise(CannedAnswer.of(200, "text/html", "<html>"));

        assertThat(adapter.detect(candidate(Candidate.HOLDS_GPU), LocalProbe.to(server, PATHS))
                        .strength())
                .isEqualTo(Strength.NONE);
    }

    @Test
    void modelsAreListedAndEverythingElseSaysWhatHelps() {
        server.answer("/v1/models", CannedAnswer.json(LIST));
        Engine engine = new Engine(server.id(), candidate(), detect(), Optional.empty());

        Description description = adapter.describe(engine, LocalProbe.to(server, PATHS));

        assertThat(description.models()).extracting(ServedModel::id).containsExactly("a/b", "c");
        assertThat(description.version().missing().orElseThrow().detail()).contains("felix:install");
    }

    @Test
    void everyMetricIsUnavailableAndNothingIsAskedForIt() {
        Engine engine = new Engine(server.id(), candidate(), Match.none(), Optional.empty());

        Reading reading = adapter.metrics(engine, LocalProbe.to(server, PATHS));

        for (Metric metric : Metric.values()) {
            assertThat(reading.figures().missing(metric).orElseThrow().reason()).isEqualTo(Reason.NOT_EXPORTED);
        }
        assertThat(server.connections()).isZero();
    }

    @Test
    void modelsAreNotAskedOfAnEngineThatWasNotRecognizedByThem() {
        server.otherwise(CannedAnswer.of(404, "application/json", "{\"detail\":\"Not Found\"}"));
        Candidate candidate = candidate("llamacpppython");
        LocalProbe held = LocalProbe.to(server, PATHS).sendingOnly("/version");
        Engine engine = new Engine(server.id(), candidate, adapter.detect(candidate, held), Optional.empty());

        Description description = adapter.describe(engine, LocalProbe.to(server, PATHS));

        assertThat(description.unavailable()).containsKey("models");
        assertThat(server.paths()).doesNotContain("/v1/models");
    }

    @Test
    void anEngineThatStopsAnsweringHasNoModelsAndSaysWhy() {
        server.answer("/v1/models", CannedAnswer.json(LIST));
        Engine engine = new Engine(server.id(), candidate(), detect(), Optional.empty());
        server.replace("/v1/models", CannedAnswer.of(503, "text/plain", "busy"));

        Description description = adapter.describe(engine, LocalProbe.to(server, PATHS));

        assertThat(description.models()).isEmpty();
        assertThat(description.unavailable().get("models").reason()).isEqualTo(Reason.LOADING);
    }

    private Match detect() {
        return adapter.detect(candidate(), LocalProbe.to(server, PATHS));
    }

    private Candidate candidate(String... hints) {
        return new Candidate(server.endpoint(), true, Optional.empty(), List.of(), Set.of(hints));
    }
}
