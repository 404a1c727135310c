// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static dev.llmtop.spi.Strength.DISTINCTIVE;
import static dev.llmtop.spi.Strength.GENERIC;
import static dev.llmtop.spi.Strength.HINTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Discovered;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.model.State;
import dev.llmtop.model.Verdict;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Match;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.HostileServer;
import dev.llmtop.testkit.HostileServers;
import dev.llmtop.testkit.Hostility;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StrangersTest {
    private final EngineServer server = EngineServer.start();
    private Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
        server.close();
    }

    @Test
    void anOrdinaryServerOnAnUnusualPortSeesNoByte() {
        try (HostileServer page = HostileServers.start(Hostility.HTML_EVERYWHERE)) {
            rig.install(toy(DISTINCTIVE)).process(60, 1, "python", "app.py").listens("0.0.0.0", page.port(), 60L);

            Discovered discovered = rig.discover();

            assertThat(page.connections()).isZero();
            assertThat(discovered.engines()).isEmpty();
            assertThat(discovered.scan().candidates()).isEmpty();
            assertThat(discovered.scan().listeners()).isEqualTo(new dev.llmtop.model.Scan.Listeners(1, 0, 1));
        }
    }

    @Test
    void onAnAdaptersPortTheFirstContactComesFirstAndThenItsOwnPaths() {
        server.answer("/toy/id", CannedAnswer.json("{\"engine\":\"toy\"}"));
        rig.install(toy(DISTINCTIVE).ports(server.port()))
                .process(60, 1, "thing")
                .listens(server.port(), 60L);

        Found found = rig.only();

        assertThat(found.kind()).isEqualTo("toy");
        assertThat(server.paths())
                .startsWith("/health/liveliness")
                .endsWith("/v1/models", "/toy/id")
                .hasSize(9);
        assertThat(found.access().key()).isTrue();
    }

    @Test
    void anAdapterWhosePortItIsNotAsksNothingOfItsOwn() {
        rig = new Rig(Wanted.of(new int[] {server.port()}, new String[0]));
        server.answer("/toy/id", CannedAnswer.json("{\"engine\":\"toy\"}"));
        rig.install(toy(DISTINCTIVE)).process(60, 1, "thing").listens(server.port(), 60L);

        Discovered discovered = rig.discover();

        assertThat(discovered.engines()).isEmpty();
        assertThat(server.paths()).hasSize(8).doesNotContain("/toy/id");
        assertThat(Rig.verdict(discovered, server.id())).contains(Verdict.NOT_AN_ENGINE);
    }

    @Test
    void afterItsOwnFirstContactMatchAnAdapterMayAskItsPaths() {
        rig = new Rig(Wanted.of(new int[] {server.port()}, new String[0]));
        server.answer("/api/version", CannedAnswer.json("{\"version\":\"1\"}"))
                .answer("/mine", 200, "text/plain", "Toy is running");
        ToyAdapter two = new ToyAdapter("two", (candidate, probe) -> {
                    boolean half = probe.get(Get.of("/api/version")).okJson().has("version");
                    boolean whole = probe.get(Get.of("/mine")).status() == 200;
                    return Match.of(half && whole ? DISTINCTIVE : half ? GENERIC : dev.llmtop.spi.Strength.NONE)
                            .build();
                })
                .paths("/api/version", "/mine");
        rig.install(two).process(60, 1, "thing").listens(server.port(), 60L);

        assertThat(rig.only().match().strength()).isEqualTo(DISTINCTIVE);
        assertThat(server.paths()).filteredOn("/mine"::equals).hasSize(1);
        assertThat(server.paths()).filteredOn("/api/version"::equals).hasSize(1);
    }

    @Test
    void anAnswerThatSettlesEndsTheFirstContact() {
        server.answer("/readiness", CannedAnswer.json("{\"engine\":\"toy\"}"));
        ToyAdapter toy = ToyAdapter.recognizing("toy", "/readiness", DISTINCTIVE);
        rig.install(toy.ports(server.port())).process(60, 1, "thing").listens(server.port(), 60L);

        assertThat(rig.only().kind()).isEqualTo("toy");
        assertThat(server.paths()).containsExactly("/health/liveliness", "/readiness");
    }

    @Test
    void theStrongestMatchWinsThenTheRankingThenTheKind() {
        server.otherwise(CannedAnswer.json("{\"engine\":\"x\"}"));
        rig.install(
                always("weak", GENERIC).ranking(100).ports(server.port()),
                always("b", HINTED).ranking(5),
                always("a", HINTED).ranking(5),
                always("c", HINTED).ranking(1));
        rig.process(60, 1, "thing").listens(server.port(), 60L);

        assertThat(rig.only().kind()).isEqualTo("a");
    }

    @Test
    void aStrangerGetsOneProbeAndThenNoneForLong() {
        rig.install(toy(DISTINCTIVE).ports(server.port()))
                .process(60, 1, "thing")
                .listens(server.port(), 60L);
        rig.discover();
        int asked = server.requests().size();
        rig.discover();
        rig.discover();

        assertThat(server.requests()).hasSize(asked);

        rig.forgetNegatives();
        rig.discover();
        assertThat(server.requests()).hasSize(2 * asked);
    }

    @Test
    void anotherProcessOnItsPortIsAskedAnew() {
        rig.install(toy(DISTINCTIVE).ports(server.port()))
                .process(60, 1, "thing")
                .listens(server.port(), 60L);
        rig.discover();
        int asked = server.requests().size();
        rig.gone(60);
        server.answer("/toy/id", CannedAnswer.json("{\"engine\":\"toy\"}"));
        rig.process(61, 1, "thing").listens(server.port(), 61L);

        assertThat(rig.only().kind()).isEqualTo("toy");
        assertThat(server.requests()).hasSizeGreaterThan(asked + 1);
    }

    @Test
    void theSamePidWithAnotherStartIsAskedAnew() {
        rig.install(toy(DISTINCTIVE).ports(server.port()))
                .process(60, 1, 5, "thing")
                .listens(server.port(), 60L);
        rig.discover();
        server.answer("/toy/id", CannedAnswer.json("{\"engine\":\"toy\"}"));
        assertThat(rig.discover().engines()).isEmpty();
        rig.process(60, 1, 9, "thing");
        assertThat(rig.only().kind()).isEqualTo("toy");
    }

    @Test
    void whatIsKnownToBeNoEngineIsLeftAloneOnAnyPort() {
        rig.install(toy(DISTINCTIVE).ports(server.port()));
        rig.process(60, 1, "/usr/lib/postgresql/15/bin/postgres", "-D", "/x").process(61, 60, "postgres: writer ");
        rig.listens(server.port(), 61L, 60L);

        Discovered discovered = rig.discover();

        assertThat(server.connections()).isZero();
        assertThat(Rig.verdict(discovered, server.id())).contains(Verdict.LEFT_ALONE);
    }

    @Test
    void partsOfEnginesAreLeftAloneEvenWithoutTheirAdapter() {
        rig.install(toy(DISTINCTIVE).ports(server.port())).process(60, 1, "VLLM::Worker_TP0", "");
        rig.gpu.add(60L);
        rig.listens(server.port(), 60L);
        rig.process(70, 1, "wol-proxy", "-mac", "x");

        assertThat(Rig.verdict(rig.discover(), server.id())).contains(Verdict.LEFT_ALONE);
        assertThat(server.connections()).isZero();
    }

    @Test
    void ownSocketsAreNeverAsked() {
        rig.install(toy(DISTINCTIVE).ports(server.port()))
                .process(Rig.OWN_PID, 0, "java")
                .listens(server.port(), Rig.OWN_PID);
        rig.discover();

        assertThat(server.connections()).isZero();
    }

    @Test
    void requestsThatHarmAKnownEngineAreForbiddenWithoutItsAdapter() {
        server.otherwise(CannedAnswer.json("{\"detail\":\"Not Found\"}"));
        ToyAdapter curious =
                toy(DISTINCTIVE).paths("/toy/id", "/health", "/metrics").ports(server.port());
        rig.install(curious).process(60, 1, "python", "-m", "llama_cpp.server", "--port", "" + server.port());
        rig.listens(server.port(), 60L);
        rig.discover();

        assertThat(server.paths()).isNotEmpty().doesNotContain("/v1/models");
    }

    @Test
    void anAdapterOnAnotherEnginesPortCannotAskWhatIsForbiddenThere() {
        server.otherwise(CannedAnswer.json("{}"));
        ToyAdapter curious = new ToyAdapter("curious", (candidate, probe) -> {
                    probe.get(Get.of("/health"));
                    probe.get(Get.of("/fine"));
                    return Match.none();
                })
                .paths("/health", "/fine")
                .ports(server.port());
        rig.install(curious).process(60, 1, "python", "-m", "sglang.launch_server", "--port", "" + server.port());
        rig.listens(server.port(), 60L);
        rig.discover();

        assertThat(server.paths()).contains("/fine").doesNotContain("/health");
    }

    @Test
    void gpuProcessesAreAskedOnTheirServingPorts() {
        int port = ServingPortFinder.below(32_768);
        try (EngineServer low = EngineServer.start("127.0.0.1", port)) {
            low.answer("/readiness", CannedAnswer.json("{\"engine\":\"toy\"}"));
            rig.install(ToyAdapter.recognizing("toy", "/readiness", DISTINCTIVE));
            rig.process(60, 1, "python", "serve.py").listens(port, 60L).listens(server.port(), 60L);
            assertThat(rig.discover().engines()).isEmpty();
            rig.gpu.add(60L);

            assertThat(rig.only().id()).isEqualTo(low.id());
            assertThat(rig.only().candidate().holdsGpu()).isTrue();
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void thirtySilentPortsCostNoMoreThanTheBudget() {
        EngineServer engine = Rig.engine("toy", "/toy/id");
        List<HostileServer> silent = java.util.stream.IntStream.range(0, 30)
                .mapToObj(count -> HostileServers.start(Hostility.NEVER_ANSWERS))
                .toList();
        ToyAdapter toy = toy(DISTINCTIVE).commands("exe:toy");
        toy.ports(silent.stream().mapToInt(HostileServer::port).toArray());
        rig.install(toy).process(60, 1, "toy", "--port", "" + engine.port()).listens(engine.port(), 60L);
        rig.process(61, 1, "mute");
        silent.forEach(one -> rig.listens(one.port(), 61L));

        long began = System.nanoTime();
        Discovered discovered = rig.discover(Duration.ofSeconds(3));
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(took).isLessThan(Duration.ofMillis(3_800));
        assertThat(discovered.engines()).extracting(Found::id).containsExactly(engine.id());
        assertThat(rig.discover().complete()).isTrue();
        assertThat(silent).allSatisfy(one -> assertThat(one.connections()).isEqualTo(1));
        assertThat(rig.discover().scan().candidates())
                .filteredOn(candidate -> candidate.verdict() == Verdict.SILENT)
                .hasSize(30);
        silent.forEach(HostileServer::close);
        engine.close();
    }

    @Test
    void whatIsNotOverWithinTheBudgetIsReportedLater() {
        try (HostileServer silent = HostileServers.start(Hostility.NEVER_ANSWERS)) {
            rig.install(toy(DISTINCTIVE).ports(silent.port()))
                    .process(60, 1, "mute")
                    .listens(silent.port(), 60L);

            Discovered first = rig.discover(Duration.ofMillis(1));
            assertThat(first.complete()).isFalse();
            assertThat(Rig.verdict(first, silent.endpoint().id())).contains(Verdict.ASKING);

            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> rig.discover(Duration.ofMillis(1)).complete());
            assertThat(Rig.verdict(rig.discover(), silent.endpoint().id())).contains(Verdict.SILENT);
            assertThat(silent.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Hostility.class)
    void hostileServersAreNoEnginesAndCostOneCall(Hostility hostility) {
        try (HostileServer hostile = HostileServers.start(hostility)) {
            rig.install(toy(DISTINCTIVE).ports(hostile.port()))
                    .process(60, 1, "bad")
                    .listens(hostile.port(), 60L);

            Discovered discovered = rig.discover(Duration.ofSeconds(25));

            assertThat(discovered.engines()).isEmpty();
            assertThat(discovered.complete()).isTrue();
            assertThat(Rig.verdict(discovered, hostile.endpoint().id()))
                    .get()
                    .isIn(Verdict.SILENT, Verdict.NOT_AN_ENGINE);
            hostile.stranger()
                    .ifPresent(stranger -> assertThat(stranger.connections()).isZero());
        }
    }

    @Test
    void anEndpointThatTheUserNamesIsAskedShownAndMayHaveAKey() {
        server.answer("/toy/id", CannedAnswer.json("{\"engine\":\"toy\"}"));
        rig = new Rig(
                Wanted.of(new int[0], new String[] {"http://localhost:" + server.port() + "/", "nonsense://x", ""}));
        rig.install(new ToyAdapter(
                "blocked",
                (candidate, probe) -> Match.of(dev.llmtop.spi.Strength.BLOCKED)
                        .state(State.BLOCKED)
                        .build()));

        Found found = rig.only();

        assertThat(found.id()).isEqualTo(server.id());
        assertThat(found.state()).isEqualTo(State.BLOCKED);
        assertThat(found.access().key()).isTrue();
        assertThat(found.evidence()).anyMatch(evidence -> evidence.signal().equals("configured"));
        assertThat(rig.discover().scan().candidates())
                .anyMatch(candidate -> candidate.why().contains("URL"));
    }

    @Test
    void anEndpointThatDoesNotAnswerIsUnreachable() {
        int port = server.port();
        server.close();
        rig = new Rig(Wanted.of(new int[0], new String[] {"127.0.0.1:" + port}));

        assertThat(rig.only().state()).isEqualTo(State.UNREACHABLE);
    }

    @Test
    void aGenericClaimGetsNoKey() {
        server.otherwise(CannedAnswer.json("{}"));
        rig.install(always("generic", GENERIC).ports(server.port()))
                .process(60, 1, "thing")
                .listens(server.port(), 60L);

        assertThat(rig.only().access().key()).isFalse();
    }

    @Test
    void aProcessThatDiesDuringTheScanIsNoTrouble() {
        rig.install(toy(DISTINCTIVE).ports(server.port())).listens(server.port(), 60L);

        assertThat(rig.discover().engines()).isEmpty();
    }

    @Test
    void theTwoProxiesOfAContainersPortAreOneEngine() {
        server.answer("/toy/id", CannedAnswer.json("{\"engine\":\"toy\"}"));
        String port = String.valueOf(server.port());
        rig.install(toy(DISTINCTIVE).ports(server.port()));
        rig.process(60, 1, "/usr/bin/docker-proxy", "-proto", "tcp", "-host-ip", "0.0.0.0", "-host-port", port)
                .process(61, 1, "/usr/bin/docker-proxy", "-proto", "tcp", "-host-ip", "::", "-host-port", port);
        rig.listens("0.0.0.0", server.port(), 60L).listens("::", server.port(), 61L);

        assertThat(rig.only().id()).isEqualTo(server.id());
        assertThat(rig.only().processes().alsoAt()).containsExactly("[::1]:" + port);
    }

    @Test
    void twoSocketsOfAnotherUserOnOnePortAreOneEngine() {
        server.answer("/toy/id", CannedAnswer.json("{\"engine\":\"toy\"}"));
        rig.install(toy(DISTINCTIVE).ports(server.port()));
        rig.listens("::", server.port()).listens("0.0.0.0", server.port());

        assertThat(rig.only().id()).isEqualTo(server.id());
        assertThat(rig.only().evidence()).anyMatch(evidence -> evidence.signal().equals("owner"));
    }

    @Test
    void aDescriptionThatIsMadeTooSlowlyIsAskedForOnceMore() {
        CannedAnswer uvicorn = CannedAnswer.of(404, "application/json", "{}").header("Server", "uvicorn");
        java.util.concurrent.CountDownLatch made = new java.util.concurrent.CountDownLatch(1);
        server.otherwise(uvicorn)
                .answer("/openapi.json", CannedAnswer.json("{}").after(made))
                .answer("/openapi.json", CannedAnswer.json("{\"info\":{\"title\":\"FastAPI\"}}"));
        rig.install(toy(DISTINCTIVE).ports(server.port()))
                .process(60, 1, "thing")
                .listens(server.port(), 60L);
        rig.discover();
        made.countDown();

        assertThat(server.paths()).contains("/v1/models");
    }

    @Test
    void ownersOfSocketsAreLookedUpOnce() {
        rig.install(toy(DISTINCTIVE).ports(server.port()))
                .process(60, 1, "thing")
                .listens(server.port(), 60L);
        rig.discover();
        rig.discover();
        rig.discover();

        assertThat(rig.ownersAsked).isEqualTo(1);
    }

    private static ToyAdapter toy(dev.llmtop.spi.Strength strength) {
        return ToyAdapter.recognizing("toy", "/toy/id", strength);
    }

    private static ToyAdapter always(String kind, dev.llmtop.spi.Strength strength) {
        return new ToyAdapter(kind, (candidate, probe) -> Match.of(strength).build());
    }
}
