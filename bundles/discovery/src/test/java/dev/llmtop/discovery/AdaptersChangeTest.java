// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static dev.llmtop.spi.Strength.DISTINCTIVE;
import static dev.llmtop.spi.Strength.GENERIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Discovered;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.model.State;
import dev.llmtop.spi.Match;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdaptersChangeTest {
    private final EngineServer server = EngineServer.start()
            .answer("/readiness", CannedAnswer.json("{\"engine\":\"special\"}"))
            .answer("/special", CannedAnswer.json("{\"engine\":\"special\"}"));
    private final ToyAdapter generic = new ToyAdapter(
                    "generic", (candidate, probe) -> Match.of(GENERIC).build())
            .ranking(-1_000)
            .ports(server.port());
    private final ToyAdapter special = ToyAdapter.recognizing("special", "/readiness", DISTINCTIVE);
    private final Rig rig = new Rig(
            Wanted.NOTHING,
            new CallLimits(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofSeconds(20), 2, 5));

    @AfterEach
    void close() {
        rig.close();
        server.close();
    }

    @Test
    void anAdapterThatArrivesClaimsWithinOneCallAndOneThatLeavesHandsBack() {
        rig.install(generic).process(60, 1, "thing").listens(server.port(), 60L);
        assertThat(rig.only().kind()).isEqualTo("generic");

        rig.install(special);
        Found claimed = rig.only();
        assertThat(claimed.kind()).isEqualTo("special");
        assertThat(claimed.id()).isEqualTo(server.id());
        int asked = server.requests().size();
        assertThat(rig.only().kind()).isEqualTo("special");
        assertThat(server.requests()).hasSize(asked);

        rig.uninstall(special);
        Found back = rig.only();
        assertThat(back.kind()).isEqualTo("generic");
        assertThat(back.id()).isEqualTo(server.id());
    }

    @Test
    void anAdapterThatArrivesWithTheCommandClaimsWhatWasNoEngine() {
        rig.install(generic.ports(1))
                .process(60, 1, "special", "--port", "" + server.port())
                .listens(server.port(), 60L);
        assertThat(rig.discover().engines()).isEmpty();

        rig.install(ToyAdapter.recognizing("special", "/special", DISTINCTIVE).commands("exe:special"));

        assertThat(rig.only().kind()).isEqualTo("special");
    }

    @Test
    void anUpdatedAdapterKeepsItsEngineAndSaysAnewWhatItIs() {
        rig.install(special.ports(server.port())).process(60, 1, "thing").listens(server.port(), 60L);
        rig.only();
        ToyAdapter next = ToyAdapter.recognizing("special", "/readiness", DISTINCTIVE);
        next.properties.put("llmtop.title", "Special, the second");
        rig.uninstall(special);
        rig.install(next.ports(server.port()));

        Found updated = rig.only();
        assertThat(updated.kind()).isEqualTo("special");
        assertThat(updated.title()).isEqualTo("Special, the second");
        int asked = server.requests().size();
        rig.only();
        assertThat(server.requests()).hasSize(asked);
    }

    @Test
    void anUpdatedAdapterThatNoLongerRecognizesItsEngineLosesIt() {
        rig.install(special.ports(server.port()), generic)
                .process(60, 1, "thing")
                .listens(server.port(), 60L);
        assertThat(rig.only().kind()).isEqualTo("special");
        rig.uninstall(special);
        rig.install(new ToyAdapter("special", (candidate, probe) -> Match.none()).ports(server.port()));

        assertThat(rig.only().kind()).isEqualTo("generic");
    }

    @Test
    void aHangingAdapterCostsNobodyElseAndIsSwitchedOff() {
        CountDownLatch never = new CountDownLatch(1);
        ToyAdapter hanging = new ToyAdapter("hanging", (candidate, probe) -> {
                    try {
                        never.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    return Match.none();
                })
                .ranking(50)
                .ports(server.port());
        rig.install(hanging, special.ports(server.port()))
                .process(60, 1, "thing")
                .listens(server.port(), 60L);

        assertThat(rig.only().kind()).isEqualTo("special");

        rig.gone(60);
        rig.process(61, 1, "thing").listens(server.port(), 61L);
        rig.discover();
        assertThat(rig.adapters.find("hanging")).isEmpty();
        assertThat(rig.only().kind()).isEqualTo("special");
    }

    @Test
    void aThrowingAdapterCostsNobodyElse() {
        ToyAdapter throwing = new ToyAdapter("throwing", (candidate, probe) -> {
                    throw new IllegalStateException("boom sk-secret123");
                })
                .ports(server.port());
        rig.install(throwing, special).process(60, 1, "thing").listens(server.port(), 60L);

        assertThat(rig.only().kind()).isEqualTo("special");
        assertThat(rig.adapters.problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.detail()).contains("detect threw IllegalStateException: boom ***"));
    }

    @Test
    void anAdapterThatAsksWhatItDidNotDeclareGetsNothing() {
        ToyAdapter greedy = new ToyAdapter("greedy", (candidate, probe) -> {
                    boolean got = probe.get(dev.llmtop.spi.Get.of("/special")).status() > 0;
                    return got ? Match.of(DISTINCTIVE).build() : Match.none();
                })
                .paths("/readiness")
                .ports(server.port());
        rig.install(greedy).process(60, 1, "thing").listens(server.port(), 60L);

        assertThat(rig.discover().engines()).isEmpty();
        assertThat(server.paths()).doesNotContain("/special");
    }

    @Test
    void withoutAnyAdapterAHintedEngineThatAnswersIsNoEngineAndOneThatLoadsIsShown() {
        rig.process(60, 1, "python", "-m", "sglang.launch_server", "--port", "" + server.port())
                .listens(server.port(), 60L);
        rig.process(61, 1, "python", "-m", "sglang.launch_server", "--port", "9");

        Discovered discovered = rig.discover();

        assertThat(discovered.engines()).hasSize(1);
        assertThat(discovered.engines().get(0).state()).isEqualTo(State.LOADING);
        assertThat(discovered.engines().get(0).title()).isEqualTo("SGLang");
        assertThat(server.paths()).doesNotContain("/health", "/special");
    }
}
