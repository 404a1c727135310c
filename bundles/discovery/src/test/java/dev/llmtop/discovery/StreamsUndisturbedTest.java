// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static dev.llmtop.spi.Strength.DISTINCTIVE;
import static dev.llmtop.spi.Strength.GENERIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Discovered;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Verdict;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Match;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server of llama-cpp-python cancels the stream that runs when it is asked for its models: no way may lead to that request. */
class StreamsUndisturbedTest {
    private static final String TITLED =
            "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"🦙 llama.cpp Python API\",\"version\":\"0.3.30\"}}";

    private final EngineServer server = EngineServer.start()
            .answer("/openapi.json", CannedAnswer.json(TITLED).header("Server", "uvicorn"))
            .otherwise(CannedAnswer.of(404, "application/json", "{\"detail\":\"Not Found\"}")
                    .header("Server", "uvicorn"));
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
        server.close();
    }

    @Test
    void neitherThePortNorAnAdaptersClaimNorASecondLookLeadsToItsModels() {
        rig.install(askingForModels("byport").ports(server.port()), askingForModels("byheader"), byTitle());
        rig.process(60, 1, "python", "serve.py").listens(server.port(), 60L);

        Found found = rig.only();

        assertThat(found.kind()).isEqualTo("bytitle");
        assertThat(server.paths())
                .containsExactly(
                        "/health/liveliness",
                        "/readiness",
                        "/model_info",
                        "/info",
                        "/version",
                        "/api/version",
                        "/props",
                        "/openapi.json");

        rig.forgetNegatives();
        rig.install(askingForModels("late").ports(server.port()));
        rig.discover();
        rig.process(60, 1, 999, "python", "serve.py");
        rig.discover();
        assertThat(server.paths()).doesNotContain("/v1/models", "/toy/own").hasSize(16);
    }

    @Test
    void whereNobodyKnowsItsTitleItIsSaidAndItIsLeftInPeace() {
        rig.install(askingForModels("byport").ports(server.port()))
                .process(60, 1, "python", "serve.py")
                .listens(server.port(), 60L);

        Discovered discovered = rig.discover();

        assertThat(discovered.engines()).isEmpty();
        assertThat(discovered.scan().candidates()).singleElement().satisfies(candidate -> {
            assertThat(candidate.verdict()).isEqualTo(Verdict.NOT_AN_ENGINE);
            assertThat(((Scan.Candidate) candidate).why()).contains("llama-cpp-python", "cancels a stream");
        });
        assertThat(server.paths()).doesNotContain("/v1/models", "/toy/own").hasSize(8);
    }

    /** Claims whatever uvicorn serves, weakly, and would ask on. */
    private static ToyAdapter askingForModels(String kind) {
        return new ToyAdapter(kind, (candidate, probe) -> {
                    boolean uvicorn = probe.get(Get.of("/version"))
                            .received()
                            .flatMap(received -> received.header("server"))
                            .isPresent();
                    probe.get(Get.of("/v1/models"));
                    probe.get(Get.of("/toy/own"));
                    return uvicorn && kind.equals("byheader")
                            ? Match.of(GENERIC).build()
                            : Match.none();
                })
                .paths("/version", "/v1/models", "/toy/own");
    }

    private static ToyAdapter byTitle() {
        return new ToyAdapter(
                        "bytitle",
                        (candidate, probe) -> probe.get(Get.of("/openapi.json"))
                                        .okJson()
                                        .path("info")
                                        .path("title")
                                        .asText()
                                        .endsWith("llama.cpp Python API")
                                ? Match.of(DISTINCTIVE).build()
                                : Match.none())
                .paths("/openapi.json");
    }
}
