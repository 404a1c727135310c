// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.model.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WhileTicksRunTest {
    private final Fake fake = new Fake();
    private final BlockingQueue<Snapshot> snapshots = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private AgentLoop loop;

    private AgentLoop start(Duration interval) {
        fake.found = List.of(Made.vllm(8000));
        loop = new AgentLoop(
                fake.services(),
                new Settings("0.1.0", interval, Duration.ofSeconds(60), false, false),
                new Attachments());
        loop.addListener(1, snapshots::add);
        loop.start();
        return loop;
    }

    @AfterEach
    void stop() {
        release.countDown();
        loop.stop();
    }

    @Test
    void theIntervalChangesAtOnceAndSnapshotsSaySo() throws Exception {
        AgentLoop running = start(Duration.ofHours(1));
        assertThat(snapshots.poll(20, TimeUnit.SECONDS).agent().tickSeconds()).isEqualTo(3_600);
        running.interval(Duration.ofMillis(1));
        assertThat(snapshots.poll(20, TimeUnit.SECONDS).agent().tickSeconds()).isEqualTo(0.2);
        assertThat(snapshots.poll(20, TimeUnit.SECONDS)).isNotNull();
        running.interval(Duration.ofDays(2));
        await().until(() -> running.latest().agent().tickSeconds() == 3_600);
    }

    @Test
    void whoAsksDuringTheFirstTickSeesHowMuchThereIsToLookAt() {
        fake.processes = Map.of(7L, Made.process(7, 1, 0, 100, "sh"), 8L, Made.process(8, 1, 0, 100, "sh"));
        fake.discovering = () -> {
            try {
                release.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        };
        AgentLoop running = start(Duration.ofMillis(200));
        await().until(() -> running.latest().findings().scan().processes().read() == 2);
        assertThat(running.latest().agent().scanning()).isTrue();
        assertThat(snapshots).isEmpty();
        release.countDown();
        await().until(() -> !running.latest().engines().isEmpty());
    }
}
