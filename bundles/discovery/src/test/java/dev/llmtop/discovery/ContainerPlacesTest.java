// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Discovered;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.ProcessTable.Listener;
import dev.llmtop.agent.ProcessTable.NetworkNamespace;
import dev.llmtop.agent.ProcessTable.Publication;
import dev.llmtop.agent.ProcessTable.PublishedPort;
import dev.llmtop.model.Scan;
import dev.llmtop.model.State;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.EngineServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 127.0.0.77 stands for the container's address, 127.0.0.1 for the machine's own. */
class ContainerPlacesTest {
    private static final String INSIDE = "127.0.0.77";

    private final EngineServer engine =
            EngineServer.start(INSIDE, 0).answer("/toy/id", 200, "application/json", toyId());
    private final EngineServer publisher =
            EngineServer.start("127.0.0.1", 0).answer("/toy/id", 200, "application/json", toyId());
    private final Rig rig = new Rig()
            .install(ToyAdapter.recognizing("toy", "/toy/id", Strength.DISTINCTIVE)
                    .commands("exe:toy")
                    .ports(engine.port()));

    @AfterEach
    void close() {
        rig.close();
        engine.close();
        publisher.close();
    }

    @Test
    void anEngineInAContainerIsFoundAtItsContainersAddressThoughItsSocketShowsNoOwner() {
        rig.process(60, 1, "toy", "serve", "--port", "" + engine.port());
        inside(60, List.of(INSIDE), "0.0.0.0");

        Found found = rig.only();

        assertThat(found.id()).isEqualTo(engine.id());
        assertThat(found.kind()).isEqualTo("toy");
        assertThat(found.state()).isEqualTo(State.READY);
        assertThat(found.processes().main())
                .hasValueSatisfying(main -> assertThat(main.pid()).isEqualTo(60));
    }

    @Test
    void itsPublishedPortIsTheSameEngineAndIsNotAskedBesides() {
        rig.process(60, 1, "toy", "serve", "--port", "" + engine.port());
        inside(60, List.of(INSIDE), "0.0.0.0");
        dockerProxy(80, "0.0.0.0");
        dockerProxy(81, "::");

        Found found = rig.only();

        assertThat(found.id()).isEqualTo(engine.id());
        assertThat(found.processes().alsoAt()).containsExactly(publisher.id());
        assertThat(found.evidence())
                .anySatisfy(evidence -> assertThat(evidence.says()).contains("published at " + publisher.port()));
        assertThat(publisher.connections()).isZero();
    }

    @Test
    void whereTheContainersAddressDoesNotAnswerThePublishedPortServes() {
        engine.close();
        rig.process(60, 1, "toy", "serve", "--port", "" + engine.port());
        inside(60, List.of(INSIDE), "0.0.0.0");
        dockerProxy(80, "0.0.0.0");

        Found found = rig.only();

        assertThat(found.id()).isEqualTo(publisher.id());
        assertThat(found.processes().alsoAt()).isEmpty();
        assertThat(found.processes().main()).isPresent();
    }

    @Test
    void aRootlessContainersAddressIsNotAskedButItsPublishedPort() {
        rig.process(60, 1, "toy", "serve", "--port", "" + engine.port())
                .process(90, 1, "rootlessport")
                .process(91, 90, "rootlessport-child")
                .listens("0.0.0.0", publisher.port(), 90L);
        inside(60, List.of(INSIDE), "0.0.0.0");
        inside(91, List.of(INSIDE), "0.0.0.0");

        assertThat(rig.only().id()).isEqualTo(publisher.id());
        assertThat(engine.connections()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"'PUB:IN'", "'0.0.0.0/PUB:IN'", "'9:9,PUB-PUB:IN-IN'"})
    void pastaSaysWhichPortLeadsInside(String ports) {
        String spec = ports.replace("PUB", "" + publisher.port()).replace("IN", "" + engine.port());
        rig.process(60, 1, "toy", "serve", "--port", "" + engine.port())
                .process(90, 1, "/usr/bin/pasta", "--config-net", "-t", spec, "-u", "none", "--netns", "/run/n")
                .listens("0.0.0.0", publisher.port());
        inside(60, List.of(INSIDE), "0.0.0.0");

        assertThat(rig.only().id()).isEqualTo(publisher.id());
        assertThat(engine.connections()).isZero();
    }

    @Test
    void twoPastasWithThePortAreTakenForNeither() {
        rig.process(60, 1, "toy", "serve", "--port", "" + engine.port())
                .process(90, 1, "pasta", "-t", publisher.port() + ":" + engine.port())
                .process(91, 1, "pasta", "-t", publisher.port() + ":" + engine.port())
                .listens("0.0.0.0", publisher.port());
        inside(60, List.of(INSIDE), "0.0.0.0");

        assertThat(rig.only().id()).isEqualTo(engine.id());
        assertThat(publisher.connections()).isZero();
    }

    @Test
    void aListenerOnLoopbackInsideIsSaidToBeOutOfReach() {
        rig.process(60, 1, "toy", "serve", "--port", "" + engine.port());
        inside(60, List.of(INSIDE), "127.0.0.1");

        Discovered discovered = rig.discover();

        assertThat(discovered.engines()).isEmpty();
        assertThat(discovered.scan().candidates())
                .extracting(Scan.Candidate::why)
                .contains("toy! listens on loopback inside its network namespace only, which nobody outside reaches");
        assertThat(engine.connections()).isZero();
    }

    @Test
    void anAddressThatIsAlsoOursIsNotTheContainers() {
        rig.process(60, 1, "toy", "serve", "--port", "" + engine.port());
        rig.own.add(INSIDE);
        inside(60, List.of(INSIDE), "0.0.0.0");

        assertThat(rig.discover().engines()).isEmpty();
        assertThat(engine.connections()).isZero();
    }

    @Test
    void anEngineThatDoesNotListenInsideYetIsLoadingThere() {
        rig.process(60, 1, "toy", "serve");
        rig.elsewhere.put(60L, new NetworkNamespace(7, List.of(INSIDE), List.of()));

        Found found = rig.only();

        assertThat(found.id()).isEqualTo(engine.id());
        assertThat(found.state()).isEqualTo(State.LOADING);
        assertThat(engine.connections()).isZero();
    }

    @Test
    void aPortThatOnlyTheRuntimeTellsOfIsTheSameEngineAndIsNotAskedBesides() {
        rig.process(60, 1, "toy", "serve", "--port", "" + engine.port());
        inside(60, List.of(INSIDE), "0.0.0.0");
        rig.process(70, 1, "dockerd").listens("0.0.0.0", publisher.port(), 70L).listens("::", publisher.port());
        publish(60, false, publisher.port());

        Found found = rig.only();

        assertThat(found.id()).isEqualTo(engine.id());
        assertThat(found.processes().alsoAt()).containsExactly(publisher.id());
        assertThat(found.evidence())
                .anySatisfy(evidence -> assertThat(evidence.says()).contains("published at " + publisher.port()));
        assertThat(publisher.connections()).isZero();
    }

    @Test
    void whereNothingOfOursListensThePublishedPortIsStillTheEngines() {
        rig.process(60, 1, "toy", "serve", "--port", "" + engine.port());
        inside(60, List.of(INSIDE), "0.0.0.0");
        publish(60, false, 9);

        assertThat(rig.only().processes().alsoAt()).containsExactly("127.0.0.1:9");
    }

    @Test
    void aRootlessRuntimesContainerIsAskedAtItsPublishedPortOnly() {
        rig.process(60, 1, "toy", "serve", "--port", "" + engine.port());
        inside(60, List.of(INSIDE), "0.0.0.0");
        publish(60, true, publisher.port());

        assertThat(rig.only().id()).isEqualTo(publisher.id());
        assertThat(engine.connections()).isZero();
    }

    @Test
    void anExplanationAsksNoRuntime() {
        rig.process(60, 1, "toy", "serve", "--port", "" + engine.port());
        inside(60, List.of(INSIDE), "0.0.0.0");
        publish(60, false, publisher.port());

        assertThat(rig.explain().candidates()).hasSize(1);
        assertThat(rig.runtimesAsked).isZero();
        rig.discover();
        assertThat(rig.runtimesAsked).isPositive();
    }

    private void publish(long pid, boolean rootless, int port) {
        rig.publications.put(
                pid,
                new Publication(
                        rootless,
                        List.of(
                                new PublishedPort("0.0.0.0", port, engine.port()),
                                new PublishedPort("::", port, engine.port()),
                                new PublishedPort("0.0.0.0", 7, engine.port() - 1))));
    }

    private void inside(long pid, List<String> addresses, String host) {
        List<Listener> listeners = new ArrayList<>();
        listeners.add(new Listener(host, engine.port(), 9_000, 0, 7));
        listeners.add(new Listener("127.0.0.1", 40_123, 9_001, 0, 7));
        rig.elsewhere.put(pid, new NetworkNamespace(7, addresses, listeners));
    }

    private void dockerProxy(long pid, String host) {
        rig.process(
                        pid,
                        1,
                        "/usr/bin/docker-proxy",
                        "-proto",
                        "tcp",
                        "-host-ip",
                        host,
                        "-host-port",
                        "" + publisher.port(),
                        "-container-ip",
                        INSIDE,
                        "-container-port",
                        "" + engine.port())
                .listens(host, publisher.port());
    }

    private static String toyId() {
        return "{\"engine\":\"toy\"}";
    }
}
