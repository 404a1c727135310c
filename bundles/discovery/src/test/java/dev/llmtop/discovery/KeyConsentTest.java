// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.model.State;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.ReceivedRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rule "Secrets stay put": which listeners may be sent a key, and which never see one. */
class KeyConsentTest {
    private final EngineServer server = EngineServer.start().otherwise(CannedAnswer.of(401, "text/plain", "no"));
    private Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
        server.close();
    }

    private static ToyAdapter claiming(Strength strength) {
        return new ToyAdapter("toy", (candidate, probe) -> {
                    probe.get(Get.of("/toy/id"));
                    return Match.of(strength).state(State.BLOCKED).build();
                })
                .paths("/toy/id")
                .commands("exe:toy");
    }

    private boolean mayHaveKey(Strength strength) {
        rig.install(claiming(strength).ports(server.port()))
                .process(60, 1, "thing")
                .listens(server.port(), 60L);
        return rig.only().access().key();
    }

    private List<Boolean> carried() {
        return server.requests().stream()
                .map(KeyConsentTest::carriesKey)
                .distinct()
                .toList();
    }

    private static boolean carriesKey(ReceivedRequest request) {
        return request.header("authorization").isPresent();
    }

    @Test
    void aListenerThatIsOnlyBlockedGetsNoKey() {
        assertThat(mayHaveKey(Strength.BLOCKED)).isFalse();
    }

    @Test
    void aListenerThatOnlyLooksLikeAnEngineGetsNoKey() {
        assertThat(mayHaveKey(Strength.HINTED)).as("no process names it").isFalse();
    }

    @Test
    void aDistinctiveAnswerOpensTheWayToAKey() {
        assertThat(mayHaveKey(Strength.DISTINCTIVE)).isTrue();
    }

    @Test
    void aProcessThatNamesTheEngineOpensTheWayToAKey() {
        rig.install(claiming(Strength.HINTED))
                .process(60, 1, "toy", "--port", String.valueOf(server.port()))
                .listens(server.port(), 60L);
        assertThat(rig.only().access().key()).isTrue();
    }

    @Test
    void anotherProcessAtANamedAddressSeesNoKeyInItsFirstRequest() {
        rig = new Rig(Wanted.of(new int[0], new String[] {server.id()}));
        server.computeOtherwise(
                request -> carriesKey(request) ? CannedAnswer.json("{}") : CannedAnswer.of(401, "text/plain", "no"));
        rig.install(claiming(Strength.DISTINCTIVE).ports(server.port()))
                .process(60, 1, "thing")
                .listens(server.port(), 60L);
        rig.only();
        assertThat(server.requests()).anyMatch(KeyConsentTest::carriesKey);
        int before = server.requests().size();
        rig.gone(60);
        rig.process(61, 1, "thing").listens(server.port(), 61L);
        rig.only();
        List<ReceivedRequest> later = server.requests();
        assertThat(later).hasSizeGreaterThan(before);
        assertThat(carriesKey(later.get(before))).isFalse();
    }

    @Test
    void aStrangerSeesNoKeyWhileItIsIdentified() {
        rig.install(claiming(Strength.NONE).ports(server.port()))
                .process(60, 1, "thing")
                .listens(server.port(), 60L);
        rig.discover();
        assertThat(carried()).containsExactly(false);
    }

    @Test
    void aKeyThatANamedEndpointRefusedIsNotSentAgainWhenItIsAskedAnew() {
        rig = new Rig(Wanted.of(new int[0], new String[] {server.id()}));
        rig.install(claiming(Strength.NONE));
        rig.discover();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.requests().stream().anyMatch(KeyConsentTest::carriesKey));
        long sent =
                server.requests().stream().filter(KeyConsentTest::carriesKey).count();
        int asked = server.requests().size();
        rig.forgetNegatives();
        rig.discover();
        assertThat(server.requests()).hasSizeGreaterThan(asked);
        assertThat(server.requests().stream().filter(KeyConsentTest::carriesKey).count())
                .isEqualTo(sent);
    }
}
