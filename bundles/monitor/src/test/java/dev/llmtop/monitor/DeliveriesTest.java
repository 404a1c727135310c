// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeliveriesTest {
    private final Deliveries deliveries = new Deliveries();
    private final BlockingQueue<Snapshot> quick = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        deliveries.close(Duration.ofSeconds(1));
    }

    @Test
    void aSlowListenerMissesSnapshotsAndGetsTheRestInOrder() throws InterruptedException {
        List<Long> seen = new CopyOnWriteArrayList<>();
        deliveries.add(
                1,
                snapshot -> {
                    seen.add(number(snapshot));
                    hold();
                },
                Optional.empty());
        deliveries.add(2, quick::add, Optional.empty());
        deliveries.publish(snapshot(1));
        await().until(() -> !seen.isEmpty());
        for (int at = 2; at <= 9; at++) {
            deliveries.publish(snapshot(at));
        }
        assertThat(quick.poll(20, TimeUnit.SECONDS)).as("nobody else waits").isNotNull();
        release.countDown();
        await().untilAsserted(() -> assertThat(seen).containsExactly(1L, 9L));
    }

    @Test
    void aListenerThatThrowsIsNamedUntilItDoesNotAnyMore() {
        deliveries.add(
                1,
                snapshot -> {
                    if (number(snapshot) == 1) {
                        throw new IllegalStateException("boom");
                    }
                },
                Optional.empty());
        deliveries.publish(snapshot(1));
        await().untilAsserted(() -> assertThat(deliveries.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("IllegalStateException: boom")));
        deliveries.publish(snapshot(2));
        await().untilAsserted(() -> assertThat(deliveries.problems()).isEmpty());
    }

    @Test
    void oneThatLeftGetsNothingMore() throws InterruptedException {
        BlockingQueue<Snapshot> left = new LinkedBlockingQueue<>();
        deliveries.add(1, left::add, Optional.of(snapshot(0)));
        assertThat(left.poll(20, TimeUnit.SECONDS)).isNotNull();
        deliveries.remove(1);
        deliveries.add(2, quick::add, Optional.empty());
        deliveries.publish(snapshot(1));
        assertThat(quick.poll(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(left).isEmpty();
    }

    @Test
    void aListenerThatHangsIsInterruptedAtTheEnd() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        deliveries.add(
                1,
                snapshot -> {
                    called.countDown();
                    hold();
                    if (Thread.currentThread().isInterrupted()) {
                        interrupted.countDown();
                    }
                },
                Optional.of(snapshot(1)));
        assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
        deliveries.close(Duration.ofMillis(50));
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private void hold() {
        try {
            release.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static long number(Snapshot snapshot) {
        return snapshot.agent().pid();
    }

    private static Snapshot snapshot(long number) {
        return new Snapshot(
                Instant.EPOCH,
                new Snapshot.AgentInfo("1", number, 1, 0, false),
                new Snapshot.Machine(Hosts.unknown(Reason.NO_SAMPLE_YET, "a fake"), List.of()),
                List.of(),
                new Snapshot.Totals(Figures.none(), List.of()),
                new Snapshot.Findings(Made.scan(), List.of(), List.of()));
    }
}
