// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Probes.Permit;
import dev.llmtop.agent.Probes.Target;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Streamed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule "Secrets stay put": when a key leaves, and when it does not. */
class KeySendingTest {
    private static final String SECRET = "sk-very-secret-0123";
    private static final String CARRIED = "Authorization: Bearer " + SECRET + "\r\n";

    private final HttpProbes probes = Asking.probes(Map.of("LLMTOP_API_KEY", SECRET));

    @AfterEach
    void stop() {
        probes.close();
    }

    /** Answers 200 to the key and 401 to everything else. */
    private static RawServer locked() throws IOException {
        return RawServer.tcp(KeySendingTest::unlock);
    }

    private static void unlock(RawServer.Call call) throws IOException {
        call.write(
                call.request().contains(CARRIED)
                        ? RawServer.answer(200, "[\"open\"]")
                        : RawServer.answer(401, "{\"error\":\"Unauthorized\"}"));
    }

    private Answer ask(Endpoint endpoint, boolean key) {
        return open(endpoint, key, Duration.ZERO).get(Get.of("/v1/models"));
    }

    private Probe open(Endpoint endpoint, boolean key, Duration heldFor) {
        return probes.open(
                Target.of(endpoint), new Permit(Asking.PATHS, Asking.PATHS, Set.of(), heldFor, Asking.LONG, key));
    }

    private static List<Boolean> carried(RawServer server) {
        return server.requests().stream()
                .map(request -> request.contains("Authorization"))
                .toList();
    }

    @Test
    void keyFollowsA401AndGoesAtOnceAfterItWasAccepted() throws IOException {
        try (RawServer server = locked()) {
            assertThat(ask(server.endpoint(), true).status()).isEqualTo(200);
            assertThat(carried(server)).containsExactly(false, true);
            assertThat(ask(server.endpoint(), true).status()).isEqualTo(200);
            assertThat(carried(server)).containsExactly(false, true, true);
        }
    }

    @Test
    void streamedPageIsUnlockedToo() throws IOException {
        try (RawServer server = locked()) {
            Streamed<Integer> streamed = open(server.endpoint(), true, Duration.ZERO).stream(
                    Get.of("/metrics"), body -> body.readAllBytes().length);
            assertThat(streamed.value().known()).contains(8);
            assertThat(carried(server)).containsExactly(false, true);
        }
    }

    @Test
    void keyNeverLeavesWithoutAPermit() throws IOException {
        try (RawServer server = locked()) {
            assertThat(ask(server.endpoint(), false).reason()).isEqualTo(Reason.NEEDS_KEY);
            ask(server.endpoint(), true);
            assertThat(ask(server.endpoint(), false).status()).isEqualTo(401);
            assertThat(carried(server)).containsExactly(false, false, true, false);
        }
    }

    @Test
    void serverThatAsksForNoKeyNeverSeesOne() throws IOException {
        try (RawServer server = RawServer.saying(RawServer.answer(200, "[]"))) {
            ask(server.endpoint(), true);
            ask(server.endpoint(), true);
            assertThat(server.everything()).doesNotContain("Authorization", SECRET);
        }
    }

    @Test
    void refusedKeyIsNotSentAgainUntilItsServerIsForgotten() throws IOException {
        try (RawServer server = RawServer.saying(RawServer.answer(401, "no"))) {
            for (int count = 0; count < 3; count++) {
                assertThat(ask(server.endpoint(), true).status()).isEqualTo(401);
            }
            assertThat(carried(server)).containsExactly(false, true, false, false);
            probes.forget(server.endpoint());
            ask(server.endpoint(), true);
            assertThat(carried(server)).containsExactly(false, true, false, false, false, true);
        }
    }

    @Test
    void refusedKeyIsNotSentAgainWhereOnlyTheAnswersAreForgotten() throws IOException {
        try (RawServer server = RawServer.saying(RawServer.answer(401, "no"))) {
            Probe holding = open(server.endpoint(), true, Duration.ofHours(1));
            holding.get(Get.of("/v1/models"));
            probes.forgetAnswers(server.endpoint());
            holding.get(Get.of("/v1/models"));
            assertThat(carried(server)).containsExactly(false, true, false);
        }
    }

    @Test
    void pathThatRefusesAnAcceptedKeyIsLeftAloneAndTheOthersKeepIt() throws IOException {
        try (RawServer server = RawServer.tcp(call -> call.write(
                call.path().equals("/version")
                        ? RawServer.answer(403, "for administrators")
                        : call.request().contains(CARRIED)
                                ? RawServer.answer(200, "[]")
                                : RawServer.answer(401, "key")))) {
            Probe probe = open(server.endpoint(), true, Duration.ZERO);
            assertThat(probe.get(Get.of("/v1/models")).status()).isEqualTo(200);
            assertThat(probe.get(Get.of("/version")).status()).isEqualTo(403);
            assertThat(probe.get(Get.of("/version")).status()).isEqualTo(403);
            assertThat(probe.get(Get.of("/v1/models")).status()).isEqualTo(200);
            assertThat(carried(server)).containsExactly(false, true, true, false, true);
        }
    }

    @Test
    void redirectIsNeverFollowedWithAKey() throws IOException {
        try (RawServer stranger = RawServer.saying(RawServer.answer(200, "[]"));
                RawServer server = RawServer.tcp(call -> call.write(
                        call.request().contains(CARRIED)
                                ? RawServer.answer(
                                        302, "Location: " + stranger.endpoint().url() + "/\r\n", "")
                                : RawServer.answer(401, "key")))) {
            assertThat(ask(server.endpoint(), true).status()).isEqualTo(302);
            assertThat(stranger.connections()).isZero();
        }
    }

    @Test
    void whoeverListensAfterTheServerWasAwayHasToAskAnew(@TempDir Path directory) throws IOException {
        Endpoint endpoint;
        try (RawServer server = RawServer.unix(directory.resolve("s.sock"), KeySendingTest::unlock)) {
            endpoint = server.endpoint();
            ask(endpoint, true);
        }
        assertThat(ask(endpoint, true).reason()).isEqualTo(Reason.UNREACHABLE);
        Server known = probes.servers().of(endpoint);
        assertThat(known.acceptsKey("/v1/models")).isFalse();
    }

    @Test
    void held401DoesNotKeepAKeyFromBeingTried() throws IOException {
        try (RawServer server = locked()) {
            Duration hour = Duration.ofHours(1);
            assertThat(open(server.endpoint(), false, hour)
                            .get(Get.of("/v1/models"))
                            .status())
                    .isEqualTo(401);
            assertThat(open(server.endpoint(), true, hour)
                            .get(Get.of("/v1/models"))
                            .status())
                    .isEqualTo(200);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void refused401IsHeldLikeAnyAnswer() throws IOException {
        try (RawServer server = RawServer.saying(RawServer.answer(401, "no"))) {
            Probe probe = open(server.endpoint(), true, Duration.ofHours(1));
            probe.get(Get.of("/v1/models"));
            probe.get(Get.of("/v1/models"));
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void serverOverAUnixSocketIsOfThisMachine(@TempDir Path directory) throws IOException {
        try (RawServer server =
                RawServer.unix(directory.resolve("s.sock"), call -> call.write(RawServer.answer(401, "key")))) {
            ask(server.endpoint(), true);
            assertThat(carried(server)).containsExactly(false, true);
        }
    }

    @Test
    void nothingPrintsTheKey() throws IOException {
        try (RawServer server = locked()) {
            Answer answer = ask(server.endpoint(), true);
            Server known = probes.servers().of(server.endpoint());
            Key key = Keys.of(Map.of("LLMTOP_API_KEY", SECRET))
                    .find(server.endpoint(), false)
                    .orElseThrow();
            assertThat(List.of(
                                    answer,
                                    probes,
                                    known,
                                    key,
                                    new KeyFile.Entry(key, false),
                                    open(server.endpoint(), true, Duration.ZERO))
                            .toString())
                    .doesNotContain(SECRET);
        }
    }
}
