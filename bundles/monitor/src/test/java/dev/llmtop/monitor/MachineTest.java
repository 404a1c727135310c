// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.model.Value;
import dev.llmtop.spi.GpuSource;
import dev.llmtop.spi.GpuSource.GpuSample;
import dev.llmtop.spi.HostSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MachineTest {
    private final Attachments attachments = new Attachments();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        workers.shutdownNow();
    }

    @Test
    void samplesOfAllSourcesAreOneListWithoutAnIndexTwice() {
        attachments.add(1, (GpuSource) () -> sample(Made.gpu(0, Value.of(1.0)), Made.gpu(1, Value.of(1.0))));
        attachments.add(2, (GpuSource) () -> sample(Made.gpu(0, Value.of(2.0), Made.tenant(42, 1))));
        Machine.Sample sample = sample(true);
        assertThat(sample.gpus()).extracting(gpu -> gpu.identity().index()).containsExactly(0, 1, 2);
        assertThat(sample.gpus().get(2).identity().uuid()).isEqualTo("GPU-0");
        assertThat(sample.problems()).isEmpty();
    }

    @Test
    void aSourceThatThrowsCostsItsOwnCardsOnly() {
        attachments.add(1, (GpuSource) () -> {
            throw new IllegalStateException("driver fell over");
        });
        attachments.add(2, (GpuSource) () -> sample(Made.gpu(0, Value.of(2.0))));
        Machine.Sample sample = sample(true);
        assertThat(sample.gpus()).hasSize(1);
        assertThat(sample.problems())
                .containsExactly(new Problem("gpu", "a GPU source failed: IllegalStateException: driver fell over"));
    }

    @Test
    void aSourceThatHangsShowsItsLastCardsAndIsNotAskedAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        attachments.add(1, (GpuSource) () -> {
            if (calls.getAndIncrement() > 0) {
                hang();
            }
            return sample(Made.gpu(0, Value.of(2.0)));
        });
        Machine machine = new Machine(attachments, workers, true);
        machine.begin();
        assertThat(machine.await().gpus()).hasSize(1);
        for (int tick = 0; tick < 3; tick++) {
            machine.begin();
            Machine.Sample late = machine.await();
            assertThat(late.gpus()).hasSize(1);
            assertThat(late.problems()).hasSize(1);
        }
        assertThat(calls).hasValue(2);
    }

    @Test
    void switchedOffNoSourceIsAsked() {
        attachments.add(1, (GpuSource) () -> {
            throw new AssertionError("asked");
        });
        assertThat(sample(false).problems())
                .containsExactly(new Problem("gpu", "GPUs are switched off in the configuration"));
    }

    @Test
    void withoutAHostSourceEveryFigureSaysWhy() {
        Host host = sample(true).host();
        assertThat(host.logicalCpus()).isPositive();
        for (HostMetric metric : HostMetric.values()) {
            assertThat(host.figures().missing(metric).orElseThrow().reason()).isEqualTo(Reason.NOT_SUPPORTED);
        }
    }

    @Test
    void aHostSourceIsSampled() {
        Host host = new Host("box", "Linux", "x", "cpu", 20, Figures.none());
        attachments.add(3, (HostSource) () -> host);
        assertThat(sample(true).host()).isSameAs(host);
    }

    private void hang() {
        try {
            release.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private Machine.Sample sample(boolean gpu) {
        Machine machine = new Machine(attachments, workers, gpu);
        machine.begin();
        return machine.await();
    }

    private static GpuSample sample(Gpu... gpus) {
        return new GpuSample(List.of(gpus), List.of(), Made.at(0));
    }
}
