// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static dev.llmtop.spi.Strength.DISTINCTIVE;
import static dev.llmtop.spi.Strength.HINTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.agent.Discovery.Discovered;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Evidence.Weight;
import dev.llmtop.model.State;
import dev.llmtop.model.Verdict;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Match;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.HostileServer;
import dev.llmtop.testkit.HostileServers;
import dev.llmtop.testkit.Hostility;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HintedEnginesTest {
    private final ToyAdapter toy = ToyAdapter.recognizing("toy", "/toy/id", DISTINCTIVE)
            .paths("/toy/id", "/toy/metrics")
            .commands("script:toy serve", "title:TOY::");
    private final EngineServer server = Rig.engine("toy", "/toy/id");
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
        server.close();
    }

    @Test
    void anEngineIsFoundByItsProcessAndNotAskedAgain() {
        rig.install(toy).process(50, 1, "bash").process(60, 50, "python", "/bin/toy", "serve", "m", "--port", port());
        rig.process(61, 60, "TOY::Core").process(62, 61, "TOY::Worker").listens(server.port(), 60L);

        Found found = rig.only();

        assertThat(found.id()).isEqualTo(server.id());
        assertThat(found.kind()).isEqualTo("toy");
        assertThat(found.title()).isEqualTo("toy!");
        assertThat(found.state()).isEqualTo(State.READY);
        assertThat(found.processes().main().orElseThrow().pid()).isEqualTo(60);
        assertThat(found.processes().tree()).containsExactlyInAnyOrder(60L, 61L, 62L);
        assertThat(found.candidate().hintedAs("toy")).isTrue();
        assertThat(found.candidate().ancestors())
                .extracting(launch -> launch.program())
                .contains("bash");
        assertThat(found.access().key()).isTrue();
        assertThat(found.evidence())
                .extracting(Evidence::signal)
                .startsWith("fingerprint")
                .contains("process", "port");
        assertThat(server.paths()).containsExactly("/toy/id");

        Discovered again = rig.discover();
        assertThat(again.engines()).hasSize(1);
        assertThat(again.complete()).isTrue();
        assertThat(server.paths()).hasSize(1);
        assertThat(Rig.verdict(again, server.id())).contains(Verdict.ENGINE);
        assertThat(again.scan().listeners().asked()).isEqualTo(1);
    }

    @Test
    void silentPortsOfItsWorkersAreNeverTouched() {
        List<HostileServer> silent = new ArrayList<>();
        rig.install(toy).process(60, 1, "toy", "serve", "m", "--port", port()).process(61, 60, "TOY::Worker", "", "");
        rig.process(62, 60, "python", "-c", "from multiprocessing.spawn import spawn_main")
                .listens(server.port(), 60L);
        for (int count = 0; count < 13; count++) {
            HostileServer one = HostileServers.start(Hostility.NEVER_ANSWERS);
            silent.add(one);
            rig.listens(one.port(), count % 2 == 0 ? 61L : 62L);
        }
        rig.gpu.add(61L);

        Discovered discovered = rig.discover();

        assertThat(discovered.engines()).hasSize(1);
        assertThat(discovered.engines().get(0).candidate().holdsGpu()).isTrue();
        assertThat(silent).allSatisfy(one -> assertThat(one.connections()).isZero());
        assertThat(Rig.verdict(discovered, silent.get(0).endpoint().id())).contains(Verdict.LEFT_ALONE);
        assertThat(discovered.scan().listeners().leftAlone()).isEqualTo(13);
        silent.forEach(HostileServer::close);
    }

    @Test
    void aProcessThatNamesNoPortServesOnItsOwnListener() {
        EngineServer runner = EngineServer.start();
        rig.install(toy).process(60, 1, "toy", "serve").process(61, 60, "toy-runner", "--port", "x");
        rig.listens(runner.port(), 61L).listens(server.port(), 60L);

        assertThat(rig.only().id()).isEqualTo(server.id());
        assertThat(runner.connections()).isZero();
        assertThat(rig.only().access().members()).hasSize(1);
        runner.close();
    }

    @Test
    void ofSeveralListenersOfOneProcessOnlyTheNamedOneIsAsked() {
        EngineServer inner = EngineServer.start();
        rig.install(toy.ports(inner.port())).process(60, 1, "toy", "serve", "--port", port());
        rig.listens(inner.port(), 60L).listens(server.port(), 60L);

        assertThat(rig.only().id()).isEqualTo(server.id());
        assertThat(inner.connections()).isZero();
        inner.close();
    }

    @Test
    void aProcessThatListensElsewhereThanItNamesIsLoadingAndNotAsked() {
        rig.install(toy).process(60, 1, "toy", "serve", "--port", "9").listens(server.port(), 60L);

        assertThat(rig.only().state()).isEqualTo(State.LOADING);
        assertThat(server.connections()).isZero();
    }

    @Test
    void aSharedPortIsOneEngineWithAllItsProcesses() {
        rig.install(toy).process(60, 1, "toy", "serve", "--port", port());
        rig.process(61, 60, "TOY::Api_0").process(62, 60, "TOY::Api_1");
        rig.listens(server.port(), 61L).listens(server.port(), 62L).listens(server.port(), 60L, 61L, 62L);

        Found found = rig.only();

        assertThat(found.processes().tree()).containsExactlyInAnyOrder(60L, 61L, 62L);
        assertThat(found.processes().main().orElseThrow().pid()).isEqualTo(60);
        assertThat(server.paths()).hasSize(1);
    }

    @Test
    void twoAddressesOfOneProcessAreOneEngine() {
        rig.install(toy).process(60, 1, "toy", "serve", "--port", port());
        rig.listens("::1", server.port(), 60L).listens("0.0.0.0", server.port(), 60L);

        Found found = rig.only();

        assertThat(found.id()).isEqualTo(server.id());
        assertThat(found.processes().alsoAt()).containsExactly("[::1]:" + server.port());
        assertThat(rig.discover().scan().listeners().asked()).isEqualTo(2);
    }

    @Test
    void aDualStackWildcardStandsAsLoopback() {
        rig.install(toy).process(60, 1, "toy", "serve", "--port", port()).listens("::", server.port(), 60L);

        assertThat(rig.only().id()).isEqualTo(server.id());
    }

    @Test
    void aWrapperAboveBelongsToTheTreeAndTheEngineIsBelow() {
        rig.install(toy).process(59, 1, "sudo", "-u", "x", "toy", "serve", "--port", port());
        rig.process(60, 59, "toy", "serve", "--port", port()).listens(server.port(), 60L);

        Found found = rig.only();

        assertThat(found.processes().main().orElseThrow().pid()).isEqualTo(60);
        assertThat(found.processes().tree()).containsExactlyInAnyOrder(59L, 60L);
    }

    @Test
    void childrenOfARouterAreEnginesAndChildrenOfAnEngineAreParts() {
        EngineServer backend = Rig.engine("toy", "/toy/id");
        EngineServer part = Rig.engine("toy", "/toy/id");
        ToyAdapter router = ToyAdapter.recognizing("router", "/r", DISTINCTIVE)
                .commands("exe:router")
                .backends();
        EngineServer routing = Rig.engine("router", "/r");
        rig.install(toy, router);
        rig.process(70, 1, "router", "--port", "" + routing.port()).listens(routing.port(), 70L);
        rig.process(71, 70, "toy", "serve", "--port", "" + backend.port()).listens(backend.port(), 71L);
        rig.process(72, 71, "toy", "serve", "--port", "" + part.port(), "--rank", "1")
                .listens(part.port(), 72L);

        assertThat(rig.discover().engines())
                .extracting(Found::id)
                .containsExactlyInAnyOrder(routing.id(), backend.id());
        assertThat(part.connections()).isZero();
        backend.close();
        part.close();
        routing.close();
    }

    @Test
    void aProcessThatDoesNotListenYetIsLoadingAndFoundWhenItDoes() {
        rig.install(toy).process(60, 1, "toy", "serve", "--host", "0.0.0.0", "--port", port());

        Found loading = rig.only();
        assertThat(loading.state()).isEqualTo(State.LOADING);
        assertThat(loading.kind()).isEqualTo("toy");
        assertThat(loading.id()).isEqualTo(server.id());
        assertThat(loading.candidate().listening()).isFalse();
        assertThat(server.connections()).isZero();

        rig.listens(server.port(), 60L);
        assertThat(rig.only().state()).isEqualTo(State.READY);

        rig.listeners.clear();
        assertThat(rig.only().state()).isEqualTo(State.UNREACHABLE);
        assertThat(rig.only().kind()).isEqualTo("toy");

        rig.listens(server.port(), 60L);
        assertThat(rig.only().state()).isEqualTo(State.READY);

        rig.gone(60);
        assertThat(rig.discover().engines()).isEmpty();
    }

    @Test
    void anAddressThatIsNotNamedIsTheAdaptersDefault() {
        rig.install(toy.ports(9931, 8080)).process(60, 1, "toy", "serve");

        assertThat(rig.only().id()).isEqualTo("127.0.0.1:9931");
    }

    @Test
    void whatServesNothingIsNoEngine() {
        rig.install(toy.ports(8000))
                .process(60, 1, "toy", "serve", "--headless")
                .process(61, 1, "toy", "serve", "--grpc");
        rig.process(62, 1, "toy", "serve", "--port", "0").process(63, 1, "tail", "-f", "toy serve");
        rig.processes.remove(62L);

        assertThat(rig.discover().engines()).isEmpty();
    }

    @Test
    void aForeignSocketOfAThirdUserIsNotTakenForTheEngines() {
        rig.install(toy).process(60, 1, "toy", "serve", "--port", port()).listens(server.port());
        rig.uids.put(60L, 1_000);

        assertThat(rig.only().state()).isEqualTo(State.LOADING);
        assertThat(server.connections()).isZero();

        rig.uids.put(60L, 0);
        assertThat(rig.only().state()).isEqualTo(State.READY);
    }

    @Test
    void anotherUsersEngineIsTakenByItsPortAndSaysSo() {
        rig.install(toy).process(60, 1, "toy", "serve", "--port", port()).listens(server.port());

        Found found = rig.only();

        assertThat(found.kind()).isEqualTo("toy");
        assertThat(found.evidence())
                .anyMatch(evidence -> evidence.signal().equals("owner") && evidence.verdict() == Weight.UNREADABLE);
    }

    @Test
    void aHintedListenerThatNeverAnswersIsLoadingWhileYoungAndUnreachableLater() {
        try (HostileServer silent = HostileServers.start(Hostility.NEVER_ANSWERS)) {
            rig.install(toy)
                    .process(60, 1, "toy", "serve", "--port", "" + silent.port())
                    .listens(silent.port(), 60L);

            assertThat(rig.only().state()).isEqualTo(State.LOADING);
            assertThat(silent.connections()).isEqualTo(1);

            rig.started = Instant.now().minus(Duration.ofHours(2));
            assertThat(rig.only().state()).isEqualTo(State.UNREACHABLE);
            assertThat(rig.only().kind()).isEqualTo("toy");
        }
    }

    @Test
    void anEngineThatSaysItIsLoadingIsAskedAgainInTheBackground() {
        ToyAdapter loader = new ToyAdapter(
                        "loader",
                        (candidate, probe) -> Match.of(HINTED)
                                .state(probe.get(Get.of("/state")).status() == 503 ? State.LOADING : State.READY)
                                .build())
                .paths("/state")
                .commands("exe:loader");
        server.answer("/state", 503, "text/plain", "wait").answer("/state", 200, "text/plain", "ready");
        rig.install(loader).process(60, 1, "loader", "--port", port()).listens(server.port(), 60L);

        assertThat(rig.only().state()).isEqualTo(State.LOADING);
        await().atMost(Duration.ofSeconds(10)).until(() -> rig.only().state() == State.READY);
    }

    @Test
    void anotherProcessOnTheSamePortIsAnotherEngine() {
        rig.install(toy, ToyAdapter.recognizing("other", "/toy/id", DISTINCTIVE).commands("exe:other"));
        rig.process(60, 1, "toy", "serve", "--port", port()).listens(server.port(), 60L);
        assertThat(rig.only().kind()).isEqualTo("toy");

        rig.gone(60);
        server.replace("/toy/id", dev.llmtop.testkit.CannedAnswer.json("{\"engine\":\"other\"}"));
        rig.process(80, 1, "other", "--port", port()).listens(server.port(), 80L);

        assertThat(rig.only().kind()).isEqualTo("other");
    }

    @Test
    void aRestartUnderTheSamePidIsIdentifiedAgain() {
        rig.install(toy).process(60, 1, 5, "toy", "serve", "--port", port()).listens(server.port(), 60L);
        rig.only();
        rig.process(60, 1, 9, "toy", "serve", "--port", port());
        rig.only();

        assertThat(server.paths()).hasSize(2);
    }

    @Test
    void backendsThatSpeakGrpcAreNeverTouched() {
        EngineServer backend = EngineServer.start();
        rig.process(60, 1, "local-ai", "run", "--address", "127.0.0.1:" + port())
                .listens(server.port(), 60L);
        rig.process(61, 60, "/b/lib/ld.so", "/b/llama-cpp-avx", "--addr", "127.0.0.1:" + backend.port());
        rig.listens(backend.port(), 61L).install(toy.ports(backend.port()));
        rig.discover();

        assertThat(server.connections()).isPositive();
        assertThat(backend.connections()).isZero();
        backend.close();
    }

    @Test
    void anEngineOnAUnixSocketIsFoundThere(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("toy.sock");
        rig.install(toy).process(60, 1, "toy", "serve", "--uds", socket.toString());
        assertThat(rig.only().id()).isEqualTo("unix:" + socket);
        assertThat(rig.only().state()).isEqualTo(State.LOADING);

        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            Thread answering = new Thread(() -> answerOnce(listening));
            answering.start();

            assertThat(rig.only().state()).isEqualTo(State.READY);
            assertThat(rig.only().match().strength()).isEqualTo(DISTINCTIVE);
        }
    }

    private static void answerOnce(ServerSocketChannel listening) {
        try (SocketChannel channel = listening.accept()) {
            channel.read(ByteBuffer.allocate(4_096));
            channel.write(
                    StandardCharsets.US_ASCII.encode(
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"engine\":\"toy\"}"));
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Test
    void secretsOfTheCommandLineAndTheEnvironmentStayOutside() {
        rig.environment.put("TOY_SECRET", "x");
        rig.environment.put("VLLM_API_KEY", "SECRET");
        rig.environment.put("VLLM_PORT", "5");
        rig.install(toy)
                .process(60, 1, "toy", "serve", "--api-key", "SECRET", "--port", port())
                .listens(server.port(), 60L);

        Found found = rig.only();

        assertThat(found.toString()).contains("VLLM_PORT").doesNotContain("TOY_SECRET");
        assertThat(found.candidate().toString()).doesNotContain("SECRET,").contains("--api-key, ***");
        assertThat(found.candidate().launch().orElseThrow().environment())
                .containsEntry("VLLM_API_KEY", "***")
                .hasSize(2);
        assertThat(found.evidence().toString()).doesNotContain("SECRET");
    }

    @Test
    void aKeyIsNeverSentWhileItIsIdentified() {
        server.replace("/toy/id", dev.llmtop.testkit.CannedAnswer.of(401, "text/plain", "no"));
        rig.install(toy).process(60, 1, "toy", "serve", "--port", port()).listens(server.port(), 60L);
        rig.discover();

        assertThat(server.requests())
                .isNotEmpty()
                .allSatisfy(
                        request -> assertThat(request.header("authorization")).isEmpty());
    }

    private String port() {
        return String.valueOf(server.port());
    }
}
