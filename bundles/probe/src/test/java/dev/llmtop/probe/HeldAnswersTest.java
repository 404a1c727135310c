// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.llmtop.agent.Probes.Permit;
import dev.llmtop.agent.Probes.Target;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Stamp;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeldAnswersTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final HttpProbes probes = Asking.probes();
    private final AtomicInteger count = new AtomicInteger();

    @AfterEach
    void stop() {
        probes.close();
    }

    private RawServer counting() throws IOException {
        return RawServer.tcp(call -> call.write(RawServer.answer(200, "" + count.incrementAndGet())));
    }

    private Probe holding(Endpoint endpoint, Duration heldFor, Set<String> open) {
        return probes.open(Target.of(endpoint), new Permit(Asking.PATHS, open, Set.of(), heldFor, Asking.LONG, false));
    }

    private static String body(Answer answer) {
        return answer.received().orElseThrow().body();
    }

    @Test
    void askedAnewUnlessAnAgeIsAllowed() throws IOException {
        try (RawServer server = counting()) {
            Probe probe = holding(server.endpoint(), Duration.ZERO, Asking.PATHS);
            assertThat(body(probe.get(Get.of("/version")))).isEqualTo("1");
            assertThat(body(probe.get(Get.of("/version")))).isEqualTo("2");
            assertThat(body(probe.get(Get.of("/version").maxAge(HOUR)))).isEqualTo("2");
            assertThat(body(probe.get(Get.of("/version").maxAge(Get.ONCE)))).isEqualTo("2");
            assertThat(body(probe.get(Get.of("/v1/models").maxAge(Get.ONCE)))).isEqualTo("3");
            assertThat(body(probe.get(Get.of("/version").maxAge(Duration.ofNanos(1)))))
                    .isEqualTo("4");
        }
    }

    @Test
    void heldAnswerServesOtherProbesAndPathsThatAreNotOpen() throws IOException {
        try (RawServer server = counting()) {
            holding(server.endpoint(), HOUR, Asking.PATHS).get(Get.of("/version"));
            Probe closed = holding(server.endpoint(), HOUR, Set.of());
            assertThat(body(closed.get(Get.of("/version")))).isEqualTo("1");
            assertThat(closed.get(Get.of("/v1/models")).reason()).isEqualTo(Reason.NOT_SAFE);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void filledPathsAreHeldApart() throws IOException {
        try (RawServer server = counting()) {
            Probe probe = holding(server.endpoint(), HOUR, Asking.PATHS);
            Get props = Get.of("/props?model={model}&autoload=false");
            assertThat(body(probe.get(props.with("model", "a")))).isEqualTo("1");
            assertThat(body(probe.get(props.with("model", "b")))).isEqualTo("2");
            assertThat(body(probe.get(props.with("model", "a")))).isEqualTo("1");
        }
    }

    @Test
    void concurrentAskersShareOneRequest() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawServer server = RawServer.tcp(call -> {
            try {
                go.await();
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
            call.write(RawServer.answer(200, "" + count.incrementAndGet()));
        })) {
            List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
            List<Thread> askers = new ArrayList<>();
            for (int asker = 0; asker < 8; asker++) {
                Thread thread = new Thread(() -> answers.add(
                        holding(server.endpoint(), Duration.ZERO, Asking.PATHS).get(Get.of("/version"))));
                thread.start();
                askers.add(thread);
            }
            await().until(() -> askers.stream()
                    .allMatch(thread -> thread.getState() != Thread.State.NEW
                            && server.requests().size() == 1));
            await().until(() -> askers.stream()
                            .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                            .count()
                    == 7);
            go.countDown();
            for (Thread asker : askers) {
                asker.join(10_000);
            }
            assertThat(answers).hasSize(8).allMatch(answer -> body(answer).equals("1"));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void askerWhoseLeaderIsInterruptedAsksItself() throws Exception {
        try (RawServer server = RawServer.tcp(call -> {
            if (call.connection() == 1) {
                call.hang();
            } else {
                call.write(RawServer.answer(200, "mine"));
            }
        })) {
            Probe probe = holding(server.endpoint(), Duration.ZERO, Asking.PATHS);
            Thread leader = new Thread(() -> probe.get(Get.of("/version")));
            leader.start();
            await().until(() -> server.requests().size() == 1);
            List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
            Thread follower = new Thread(() -> answers.add(probe.get(Get.of("/version"))));
            follower.start();
            await().until(() -> follower.getState() == Thread.State.TIMED_WAITING);
            leader.interrupt();
            follower.join(10_000);
            assertThat(answers).singleElement().matches(answer -> body(answer).equals("mine"));
        }
    }

    @Test
    void failureIsHeldForThePermitsTimeOnly() throws IOException {
        try (Socket bound = Asking.nobody()) {
            Endpoint nobody = Endpoint.tcp("127.0.0.1", bound.getLocalPort());
            Probe holding = holding(nobody, HOUR, Asking.PATHS);
            Answer first = holding.get(Get.of("/version"));
            assertThat(first.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(holding.get(Get.of("/version"))).isSameAs(first);
            Probe asking = holding(nobody, Duration.ZERO, Asking.PATHS);
            assertThat(asking.get(Get.of("/version").maxAge(Get.ONCE))).isNotSameAs(first);
        }
    }

    @Test
    void errorServesNoLongerThanHalfAMinuteHoweverLongARequestAllows() {
        Freshness once = new Freshness(Get.ONCE, Duration.ZERO, () -> false);
        assertThat(once.serves(answer(200, Duration.ofHours(5)))).isTrue();
        assertThat(once.serves(answer(503, Duration.ofSeconds(5)))).isTrue();
        assertThat(once.serves(answer(503, Duration.ofSeconds(31)))).isFalse();
        Freshness held = new Freshness(Duration.ZERO, HOUR, () -> false);
        assertThat(held.serves(answer(503, Duration.ofMinutes(50)))).isTrue();
        assertThat(held.serves(answer(200, Duration.ofMinutes(61)))).isFalse();
    }

    private static Answer answer(int status, Duration age) {
        Stamp then = new Stamp(Instant.now(), System.nanoTime() - age.toNanos());
        return new Answer.Received(status, Map.of(), "", MissingNode.getInstance(), false, then);
    }

    @Test
    void forgettingDropsAnswersAlsoThoseUnderWay() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawServer server = RawServer.tcp(call -> {
            if (call.connection() == 2) {
                try {
                    go.await();
                } catch (InterruptedException stopped) {
                    throw new IOException(stopped);
                }
            }
            call.write(RawServer.answer(200, "Connection: close\r\n", "" + count.incrementAndGet()));
        })) {
            Probe probe = holding(server.endpoint(), HOUR, Asking.PATHS);
            assertThat(body(probe.get(Get.of("/version")))).isEqualTo("1");
            probes.forget(server.endpoint());
            Thread late = new Thread(() -> probe.get(Get.of("/version")));
            late.start();
            await().until(() -> server.requests().size() == 2);
            probes.forget(server.endpoint());
            go.countDown();
            late.join(10_000);
            assertThat(probes.answers().count()).isZero();
            assertThat(body(probe.get(Get.of("/version")))).isEqualTo("3");
        }
    }

    @Test
    void numberAndBytesOfHeldAnswersAreBounded() throws IOException {
        String large = "x".repeat(200_000);
        try (RawServer server = RawServer.tcp(
                call -> call.write(RawServer.answer(200, call.path().contains("large") ? large : "")))) {
            Probe probe = holding(server.endpoint(), HOUR, Asking.PATHS);
            Get props = Get.of("/props?model={model}&autoload=false");
            for (int model = 0; model < 1_100; model++) {
                probe.get(props.with("model", "small" + model));
            }
            assertThat(probes.answers().count()).isEqualTo(1_024);
            for (int model = 0; model < 60; model++) {
                probe.get(props.with("model", "large" + model));
            }
            assertThat(probes.answers().bytes()).isBetween(1L, 8L << 20);
            probes.forget(server.endpoint());
            assertThat(probes.answers().bytes()).isZero();
        }
    }
}
