// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.llmtop.agent.Explanation;
import dev.llmtop.agent.Explanation.Considered;
import dev.llmtop.agent.Explanation.LeftAlone;
import dev.llmtop.agent.Explanation.Requests;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExplanationsTest {
    private final EngineServer server = EngineServer.start();
    private final EngineServer other = EngineServer.start();
    private Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
        server.close();
        other.close();
    }

    @Test
    void nothingIsSentAndNothingRemembered() {
        rig = new Rig(Wanted.of(new int[] {other.port()}, new String[0]));
        server.answer("/toy/id", CannedAnswer.json("{\"engine\":\"toy\"}"));
        rig.install(toy().commands("exe:toy"))
                .process(60, 1, "toy", "--port", "" + server.port())
                .process(70, 1, "thing")
                .listens(server.port(), 60L)
                .listens(other.port(), 70L);

        Explanation explanation = rig.explain();

        assertThat(explanation.candidates()).extracting(Considered::address).containsExactly(server.id(), other.id());
        assertThat(server.connections() + other.connections()).isZero();
        assertThat(rig.probes.requestsSent()).isZero();
        assertThat(rig.only().kind()).isEqualTo("toy");
        assertThat(server.connections()).isPositive();
    }

    @Test
    void whatIsSaidIsWhatIsSent() {
        rig.install(toy().ports(server.port())).process(70, 1, "thing").listens(server.port(), 70L);

        List<String> said = rig.explain().candidates().get(0).requests().stream()
                .flatMap(requests -> requests.paths().stream())
                .filter(path -> !path.endsWith("(behind uvicorn)"))
                .toList();
        rig.discover();

        assertThat(server.paths()).containsExactlyElementsOf(said);
    }

    @Test
    void whatIsForbiddenByItsProcessIsNeitherPlannedNorLeftUnsaid() {
        rig.install(toy().paths("/metrics", "/toy/id").ports(server.port()))
                .process(60, 1, "llama-server", "--port", "" + server.port())
                .listens(server.port(), 60L);

        Considered llama = rig.explain().candidates().get(0);

        assertThat(llama.title()).isEqualTo("llama.cpp");
        assertThat(llama.pid()).hasValue(60);
        assertThat(llama.requests()).flatExtracting(Requests::paths).doesNotContain("/slots", "/metrics");
        assertThat(llama.requests()).flatExtracting(Requests::paths).contains("/toy/id", "/health/liveliness");
        assertThat(llama.never()).flatExtracting(Requests::paths).contains("/slots", "/metrics");
        assertThat(llama.evidence()).extracting(evidence -> evidence.signal()).contains("process", "port");
    }

    @Test
    void aProcessThatDoesNotListenYetIsAskedNothing() {
        rig.install(toy().commands("exe:toy").ports(server.port())).process(60, 1, "toy");

        assertThat(rig.explain().candidates())
                .singleElement()
                .satisfies(loading -> assertThat(loading.requests()).isEmpty());
    }

    @Test
    void listenersThatAreLeftAloneAreSummedByTheirReason() {
        rig.install(toy().commands("exe:toy"))
                .process(60, 1, "toy", "--port", "" + server.port())
                .process(80, 1, "postgres")
                .listens(server.port(), 60L)
                .listens(40_001, 60L)
                .listens(40_002, 60L)
                .listens(8000, 80L)
                .listens(other.port());

        List<LeftAlone> left = rig.explain().leftAlone();

        assertThat(left)
                .containsExactlyInAnyOrder(
                        new LeftAlone(
                                "a port inside toy! that does not serve",
                                List.of("127.0.0.1:40001", "127.0.0.1:40002")),
                        new LeftAlone("postgres is no engine", List.of("127.0.0.1:8000")),
                        new LeftAlone(
                                "neither a usual port of engines, nor a process that names an engine or holds GPU memory"
                                        + " there; an engine that is built into another program shows itself to nobody:"
                                        + " --port N has port N asked",
                                List.of(other.id())));
        assertThat(left.get(0).addresses()).hasSize(2);
    }

    @Test
    void whoWouldGetAKeyIsSaidAndTheKeyIsNot() {
        rig = new Rig(Wanted.of(new int[] {other.port()}, new String[] {"http://" + server.id(), "http://10.9.8.7:5"}));
        rig.install(toy().commands("exe:toy"))
                .process(60, 1, "toy", "--port", "5999")
                .process(70, 1, "thing")
                .listens(server.port(), 70L)
                .listens(5999, 60L)
                .listens(other.port(), 70L);

        Explanation explanation = rig.explain();

        assertThat(explanation.candidates())
                .extracting(Considered::address, Considered::key)
                .containsExactlyInAnyOrder(
                        tuple(
                                server.id(),
                                "would get the key of LLMTOP_API_KEY after a 401 or 403: the user named this address"),
                        tuple("10.9.8.7:5", "gets no key: none is configured for it"),
                        tuple(
                                "127.0.0.1:5999",
                                "would get the key of LLMTOP_API_KEY after a 401 or 403, once it is taken for toy!, which"
                                        + " its process names"),
                        tuple(
                                other.id(),
                                "would get the key of LLMTOP_API_KEY only after a distinctive answer and a 401 or 403,"
                                        + " never for some 401 alone"));
        assertThat(explanation.toString()).doesNotContain("rig-key");
    }

    private static ToyAdapter toy() {
        return new ToyAdapter(
                        "toy",
                        (candidate, probe) -> probe.get(dev.llmtop.spi.Get.of("/toy/id"))
                                        .okJson()
                                        .path("engine")
                                        .asText()
                                        .equals("toy")
                                ? Match.of(Strength.DISTINCTIVE)
                                        .because("fingerprint", "says toy")
                                        .build()
                                : Match.none())
                .paths("/toy/id");
    }
}
