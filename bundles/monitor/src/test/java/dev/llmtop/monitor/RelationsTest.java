// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.ProcessTable.Connection;
import dev.llmtop.agent.ProcessTable.Connections;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.EngineSnapshot.RemoteBackend;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.monitor.EngineAssembly.Behind;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.spi.Strength;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RelationsTest {
    private static final ProcessEntry ROUTER = Made.process(40, 1, 0, 0, "litellm");
    private static final ProcessEntry ONE = Made.process(80, 1, 0, 0, "vllm");
    private static final ProcessEntry OTHER = Made.process(81, 1, 0, 0, "vllm");

    private final List<Found> found = new ArrayList<>();
    private final Map<String, View> views = new HashMap<>();
    private final Fake table = new Fake();
    private final Connected connected = new Connected(table);
    private double seconds;

    @Test
    void urlsOfTheRoutersOwnListAreEvidenceThatSaysWhereItStands() {
        engine(8000, ONE, "m");
        engine(8001, OTHER, "m");
        Found router = router(ROUTER, into -> into.backend("http://localhost:8000/v1", "its /model/info"));
        assertThat(behind(router).backends()).containsExactly("127.0.0.1:8000");
        assertThat(behind(router).evidence())
                .containsExactly(Evidence.supporting(
                        "relation", "behind it is 127.0.0.1:8000: its /model/info names http://localhost:8000/v1"));
    }

    @Test
    void aRouterThatNamesItselfIsNotBehindItself() {
        engine(8000, ONE, "m");
        Found router =
                router(ROUTER, into -> into.backend("http://127.0.0.1:4000").backend("http://127.0.0.1:8000"));
        connect(new Connection(40, "127.0.0.1", 4000, true));
        assertThat(behind(router).backends()).containsExactly("127.0.0.1:8000");
    }

    @Test
    void aConnectionIsEvidenceAndStandsAfterItEnded() {
        engine(8000, ONE, "m");
        engine(8001, OTHER, "m");
        Found router = router(ROUTER, into -> into.model(model("x")));
        connect(new Connection(40, "127.0.0.1", 8001, true), new Connection(40, "10.1.1.1", 8000, true));
        assertThat(behind(router).backends()).containsExactly("127.0.0.1:8001");
        assertThat(behind(router).evidence())
                .containsExactly(Evidence.supporting(
                        "relation", "behind it is 127.0.0.1:8001: pid 40 was connected to 127.0.0.1 port 8001"));
        connect();
        seconds += 60;
        assertThat(behind(router).backends()).containsExactly("127.0.0.1:8001");
    }

    @Test
    void aConnectionOfAnEarlierProcessIsForgotten() {
        engine(8000, ONE, "m");
        Found router = router(ROUTER, into -> {});
        connect(new Connection(40, "127.0.0.1", 8000, true));
        assertThat(behind(router).backends()).containsExactly("127.0.0.1:8000");
        connect();
        found.clear();
        engine(8000, OTHER, "m");
        router = router(ROUTER, into -> {});
        assertThat(behind(router).backends()).isEmpty();
    }

    @Test
    void loopbackOfAnotherNetworkNamespaceIsNotOurs() {
        engine(8000, ONE, "m");
        Found router = router(ROUTER, into -> {});
        connect(new Connection(40, "127.0.0.1", 8000, false));
        assertThat(behind(router).backends()).isEmpty();
    }

    @Test
    void theOrderIsUrlsThenProcessesThenConnections() {
        engine(8000, ONE, "m");
        engine(8001, Made.process(81, 40, 0, 0, "vllm"), "m");
        Found router = router(ROUTER, into -> into.backend("http://127.0.0.1:8000"));
        connect(new Connection(40, "127.0.0.1", 8001, true), new Connection(40, "127.0.0.1", 8000, true));
        assertThat(behind(router).backends()).containsExactly("127.0.0.1:8000", "127.0.0.1:8001");
        assertThat(behind(router).evidence())
                .extracting(Evidence::says)
                .containsExactly(
                        "behind it is 127.0.0.1:8000: it names http://127.0.0.1:8000",
                        "behind it is 127.0.0.1:8001: it started pid 81",
                        "behind it is 127.0.0.1:8000: pid 40 was connected to 127.0.0.1 port 8000",
                        "behind it is 127.0.0.1:8001: pid 40 was connected to 127.0.0.1 port 8001");
    }

    @Test
    void exactModelIdsCountOnlyWhereNothingElseIsKnown() {
        engine(8000, ONE, "m");
        engine(8001, OTHER, "M", "m-2");
        Found router = router(ROUTER, into -> into.model(model("m")));
        assertThat(behind(router).backends()).containsExactly("127.0.0.1:8000");
        assertThat(behind(router).evidence())
                .extracting(Evidence::says)
                .containsExactly("behind it is 127.0.0.1:8000: it serves m under the same id");
        Found told = router(ROUTER, into -> into.model(model("m")).backend("http://192.0.2.7:8000"));
        assertThat(behind(told).backends()).isEmpty();
        assertThat(behind(told).remote()).containsExactly(new RemoteBackend("192.0.2.7:8000", "m"));
    }

    @Test
    void aModelThatIsOnlyInstalledElsewhereIsNoEvidence() {
        engine(11434, ONE);
        views.put(
                "127.0.0.1:11434",
                view(Description.builder()
                        .model(ServedModel.of("m").state(ModelState.AVAILABLE).build())));
        assertThat(behind(router(ROUTER, into -> into.model(model("m")))).backends())
                .isEmpty();
    }

    @Test
    void twoReplicasOfOneModelAreNoRouter() {
        Found one = engine(8000, ONE, "m");
        Found other = engine(8001, OTHER, "m");
        assertThat(behind(one)).isEqualTo(Behind.NOTHING);
        assertThat(behind(other)).isEqualTo(Behind.NOTHING);
    }

    @Test
    void twoDaemonsWithOneStoreOfModelsAreNoRouterEvenWhereTheyTalk() {
        Found one = engine(11434, ONE, "gemma3:4b", "qwen3:8b");
        Found other = engine(11435, OTHER, "gemma3:4b", "qwen3:8b");
        connect(new Connection(80, "127.0.0.1", 11435, true));
        assertThat(behind(one)).isEqualTo(Behind.NOTHING);
        assertThat(behind(other)).isEqualTo(Behind.NOTHING);
    }

    @Test
    void aBlockedRouterClaimsNobodyItHasNoEvidenceFor() {
        engine(8000, ONE, "m");
        Found router = router(ROUTER, State.BLOCKED, into -> into.model(model("m")));
        assertThat(behind(router).backends()).isEmpty();
        assertThat(behind(router).evidence()).isEmpty();
        connect(new Connection(40, "127.0.0.1", 8000, true));
        seconds += 60;
        assertThat(behind(router).backends()).containsExactly("127.0.0.1:8000");
    }

    @Test
    void connectionsThatMayNotBeSeenAreSaidToBe() {
        engine(8000, ONE, "m");
        Found router = router(ROUTER, State.BLOCKED, into -> {});
        table.connections = new Connections(List.of(), Set.of(40L));
        assertThat(behind(router).evidence())
                .containsExactly(
                        Evidence.unreadable("relation", "this user may not see the connections of its processes"));
    }

    @Test
    void aProxyThatAnswersWithAnEnginesWordsStandsBeforeIt() {
        engine(8000, ONE, "m");
        Found proxy = engine(8080, Made.process(90, 1, 0, 0, "nginx"), Strength.DISTINCTIVE, "m");
        assertThat(behind(proxy)).isEqualTo(Behind.NOTHING);
        connect(new Connection(90, "127.0.0.1", 8000, true));
        seconds += 60;
        assertThat(behind(proxy).router()).isTrue();
        assertThat(behind(proxy).backends()).containsExactly("127.0.0.1:8000");
        assertThat(behind(proxy).evidence())
                .extracting(Evidence::says)
                .containsExactly("behind it is 127.0.0.1:8000: pid 90 was connected to 127.0.0.1 port 8000, "
                        + "which serves the same models");
    }

    @Test
    void whoServesAModelThatNoneOfItsFriendsHasIsNoProxy() {
        engine(8000, ONE, "m");
        Found own = engine(8080, Made.process(90, 1, 0, 0, "python"), Strength.DISTINCTIVE, "m", "own");
        connect(new Connection(90, "127.0.0.1", 8000, true));
        assertThat(behind(own)).isEqualTo(Behind.NOTHING);
    }

    @Test
    void twoThatAreConnectedToEachOtherAreNoProxies() {
        Found one = engine(8000, ONE, Strength.DISTINCTIVE, "m");
        Found other = engine(8001, OTHER, Strength.DISTINCTIVE, "m");
        connect(new Connection(80, "127.0.0.1", 8001, true), new Connection(81, "127.0.0.1", 8000, true));
        assertThat(behind(one)).isEqualTo(Behind.NOTHING);
        assertThat(behind(other)).isEqualTo(Behind.NOTHING);
    }

    @Test
    void withoutARouterNobodyLooksAtConnections() {
        engine(8000, ONE, "m");
        Found one = engine(8001, OTHER, "m");
        behind(one);
        assertThat(table.looks).hasValue(0);
    }

    @Test
    void connectionsAreLookedAtSeldom() {
        engine(8000, ONE, "m");
        Found router = router(ROUTER, into -> {});
        for (int tick = 0; tick < 60; tick++) {
            seconds = tick;
            behind(router);
        }
        assertThat(table.looks.get()).isBetween(10, 16);
    }

    private Behind behind(Found engine) {
        Backends backends = new Backends(found, Set.of());
        Relations relations = new Relations(found, views, Made.pass(seconds, processes()), backends, connected);
        connected.look(relations.askers(), found, backends, Made.at(seconds));
        return relations.of(engine);
    }

    private ProcessEntry[] processes() {
        return found.stream()
                .flatMap(engine -> engine.processes().main().stream())
                .toArray(ProcessEntry[]::new);
    }

    private void connect(Connection... made) {
        table.connections = new Connections(List.of(made), Set.of());
    }

    private Found engine(int port, ProcessEntry main, String... models) {
        return engine(port, main, Strength.PROVEN, models);
    }

    private Found engine(int port, ProcessEntry main, Strength strength, String... models) {
        Description.Builder description = Description.builder();
        for (String model : models) {
            description.model(model(model));
        }
        return add(
                Made.found("vllm", Made.candidate(port, true), strength, State.READY, Optional.of(main)), description);
    }

    private Found router(ProcessEntry main, Consumer<Description.Builder> says) {
        return router(main, State.READY, says);
    }

    private Found router(ProcessEntry main, State state, Consumer<Description.Builder> says) {
        Description.Builder description = Description.builder().role(Role.ROUTER);
        says.accept(description);
        return add(Made.found("litellm", 4000, state, Optional.of(main)), description);
    }

    private Found add(Found engine, Description.Builder description) {
        found.removeIf(other -> other.id().equals(engine.id()));
        found.add(engine);
        views.put(engine.id(), view(description));
        return engine;
    }

    private static View view(Description.Builder description) {
        return new View(List.of(), Optional.of(description.build()), Optional.empty(), Optional.empty());
    }

    private static ServedModel model(String id) {
        return ServedModel.of(id).build();
    }
}
