// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.model.Value;
import dev.llmtop.spi.GpuSource.GpuSample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleThreadTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    Path root;

    private final ScriptedLibrary library = new ScriptedLibrary();
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicReference<LibraryLoader> loader = new AtomicReference<>(path -> library);
    private SampleThread thread;

    @AfterEach
    void end() {
        never.countDown();
        if (thread != null) {
            thread.close();
        }
    }

    private SampleThread start(Duration patience, String configured) {
        SystemFiles files = new SystemFiles(root);
        Driver driver = new Driver(
                new LibraryPlaces(files, ""), configured, path -> loader.get().load(path), Duration.ofMillis(1));
        thread = new SampleThread(new Sampler(driver, new DisplayCards(files), files), driver::pending, patience);
        thread.start();
        return thread;
    }

    private int hang(Object[] arguments) {
        try {
            never.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static Double load(GpuSample sample) {
        return sample.gpus()
                .get(0)
                .figures()
                .number(GpuMetric.UTILIZATION_RATIO)
                .orElseThrow();
    }

    @Test
    void everyCallIsMadeByOneThread() {
        SampleThread samples = start(LONG, "/any");
        samples.sample();
        samples.sample();
        samples.close();

        assertThat(library.threads()).containsOnly("llmtop-nvml");
        assertThat(library.calls().stream().filter("nvmlInit_v2"::equals)).hasSize(1);
        assertThat(library.calls()).endsWith("nvmlShutdown");
    }

    @Test
    void aSampleIsNotOlderThanItsCall() {
        AtomicInteger percent = new AtomicInteger();
        library.on("nvmlDeviceGetUtilizationRates", arguments -> ScriptedLibrary.number(arguments[1], percent.get()));
        SampleThread samples = start(LONG, "/any");
        samples.sample();
        for (int at = 1; at < 50; at++) {
            percent.set(at);
            // One that was begun just before the call may serve: never one that ended before it.
            assertThat(load(samples.sample())).isBetween((at - 1) / 100.0, at / 100.0);
        }
    }

    @Test
    void whileACallHangsTheOlderSampleServesAndSaysSinceWhen() {
        SampleThread samples = start(SHORT, "/any");
        await().until(() -> !samples.sample().gpus().isEmpty());
        library.on("nvmlDeviceGetName", arguments -> 0);
        library.on("nvmlDeviceGetUtilizationRates", this::hang);

        await().until(() -> !samples.sample().problems().isEmpty());
        GpuSample late = samples.sample();

        assertThat(load(late)).isEqualTo(0.5);
        assertThat(late.problems())
                .singleElement()
                .extracting(Problem::detail)
                .asString()
                .matches("nvmlDeviceGetUtilizationRates has not answered since \\d\\d:\\d\\d:\\d\\d;"
                        + " what is shown is of \\d\\d:\\d\\d:\\d\\d");
        never.countDown();
        await().until(() -> samples.sample().problems().isEmpty());
    }

    @Test
    void aSlowCallBeginsOnlyAfterTheSampleIsHandedOver() {
        library.on("nvmlDeviceGetPcieThroughput", this::hang);

        SampleThread samples = start(SHORT, "/any");
        await().until(() -> !samples.sample().gpus().isEmpty());

        assertThat(samples.sample()
                        .gpus()
                        .get(0)
                        .figures()
                        .missing(GpuMetric.PCIE_TRANSMIT)
                        .orElseThrow())
                .isEqualTo(new Value.Unavailable<>(Reason.NO_SAMPLE_YET, "not asked yet: a later sample tells it"));
        await().until(() -> library.calls().contains("nvmlDeviceGetPcieThroughput"));
    }

    @Test
    void theEndDoesNotWaitForACallThatHangs() {
        library.on("nvmlDeviceGetUtilizationRates", this::hang);
        SampleThread samples = start(SHORT, "/any");
        await().until(() -> library.calls().contains("nvmlDeviceGetUtilizationRates"));

        long began = System.nanoTime();
        samples.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aLibraryThatBreaksOffIsAProblemAndNoEnd() {
        SampleThread samples = start(LONG, "/any");
        samples.sample();
        library.on("nvmlDeviceGetName", arguments -> 0).on("nvmlDeviceGetUtilizationRates", arguments -> {
            throw new IllegalStateException("broken\nsecond line");
        });

        assertThat(samples.sample().problems()).containsExactly(new Problem("nvml", "no sample: broken"));
        library.on("nvmlDeviceGetUtilizationRates", arguments -> ScriptedLibrary.number(arguments[1], 60));
        assertThat(load(samples.sample())).isEqualTo(0.6);
    }

    @Test
    void aDriverThatComesLaterIsFound() throws IOException {
        SampleThread samples = start(LONG, "");
        assertThat(samples.sample().problems()).containsExactly(new Problem("nvml", "libnvidia-ml.so.1 not found"));

        Path file = root.resolve("usr/lib64/libnvidia-ml.so.1");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");

        await().untilAsserted(() -> assertThat(samples.sample().gpus()).hasSize(1));
    }

    @Test
    void aDriverThatGoesIsSaidAndFoundAgain() {
        SampleThread samples = start(LONG, "/any");
        assertThat(samples.sample().gpus()).hasSize(1);

        library.on("nvmlDeviceGetCount_v2", arguments -> 9);
        assertThat(samples.sample().problems())
                .extracting(Problem::detail)
                .anyMatch(detail -> detail.equals("nvmlDeviceGetCount_v2: Driver Not Loaded (9)"));

        library.on("nvmlDeviceGetCount_v2", arguments -> ScriptedLibrary.number(arguments[0], 1));
        await().untilAsserted(() -> assertThat(samples.sample().gpus()).hasSize(1));
        assertThat(library.calls().stream().filter("nvmlShutdown"::equals)).isNotEmpty();
    }

    @Test
    void aDriverWithoutCardsIsOneLine() {
        library.on("nvmlDeviceGetCount_v2", arguments -> ScriptedLibrary.number(arguments[0], 0));

        assertThat(start(LONG, "/any").sample().problems())
                .containsExactly(new Problem("nvml", "the driver lists no GPU"));
    }

    @Test
    void theFirstFileThatLoadsIsTaken() {
        loader.set(path -> {
            throw new UnsatisfiedLinkError("wrong ELF class\nand more");
        });

        assertThat(start(LONG, "/any/libnvidia-ml.so.1").sample().problems())
                .containsExactly(new Problem("nvml", "/any/libnvidia-ml.so.1 cannot be loaded: wrong ELF class"));
    }

    @Test
    void aCardThatIsNotHandedOutIsCalledWhatTheSystemCallsIt() throws IOException {
        FakeMachine machine = new FakeMachine(root);
        machine.card("0000:01:00.0", "2330", "active");
        SystemFiles files = new SystemFiles(machine.root());
        library.on("nvmlDeviceGetHandleByIndex_v2", arguments -> 15);
        Driver driver = new Driver(new LibraryPlaces(files, ""), "/any", path -> library, LONG);
        thread = new SampleThread(new Sampler(driver, new DisplayCards(files), files), driver::pending, LONG);
        thread.start();

        Gpu lost = thread.sample().gpus().get(0);

        assertThat(lost.state()).isEqualTo(Gpu.State.LOST);
        assertThat(lost.identity().name()).isEqualTo("NVIDIA device 2330");
        assertThat(lost.identity().pciBusId()).isEqualTo("00000000:01:00.0");
    }

    @Test
    void whileAllCardsSleepTheDriverIsNotStarted() throws IOException {
        FakeMachine machine = new FakeMachine(root);
        machine.card("0000:01:00.0", "2684", "suspended");
        SystemFiles files = new SystemFiles(machine.root());
        Driver driver = new Driver(new LibraryPlaces(files, ""), "/any", path -> library, LONG);
        thread = new SampleThread(new Sampler(driver, new DisplayCards(files), files), driver::pending, LONG);
        thread.start();

        GpuSample asleep = thread.sample();

        assertThat(library.calls()).isEmpty();
        assertThat(asleep.problems()).isEmpty();
        assertThat(asleep.gpus()).extracting(Gpu::state).containsExactly(Gpu.State.ASLEEP);
        machine.write("/sys/bus/pci/devices/0000:01:00.0/power/runtime_status", "active\n");
        thread.sample();
        assertThat(thread.sample().gpus()).extracting(Gpu::state).containsExactly(Gpu.State.ACTIVE);
    }

    @Test
    void aCardThatFallsAsleepIsLeftAloneAndKeepsItsName() throws IOException {
        FakeMachine machine = new FakeMachine(root);
        machine.card("0000:01:00.0", "2684", "active");
        SystemFiles files = new SystemFiles(machine.root());
        library.on("nvmlDeviceGetPciInfo_v3", arguments -> {
            ((Block) arguments[1]).bytes().put(36, "00000000:01:00.0\0".getBytes(StandardCharsets.UTF_8));
            return 0;
        });
        Driver driver = new Driver(new LibraryPlaces(files, ""), "/any", path -> library, LONG);
        thread = new SampleThread(new Sampler(driver, new DisplayCards(files), files), driver::pending, LONG);
        thread.start();
        assertThat(thread.sample().gpus()).extracting(Gpu::state).containsExactly(Gpu.State.ACTIVE);

        machine.write("/sys/bus/pci/devices/0000:01:00.0/power/runtime_status", "suspended\n");
        thread.sample();
        int calls = library.calls().size();
        List<Gpu> asleep = thread.sample().gpus();

        assertThat(library.calls()).hasSize(calls);
        assertThat(asleep).extracting(Gpu::state).containsExactly(Gpu.State.ASLEEP);
        assertThat(asleep).extracting(gpu -> gpu.identity().name()).containsExactly("Scripted");

        machine.write("/sys/bus/pci/devices/0000:01:00.0/power/runtime_status", "active\n");
        thread.sample();
        assertThat(thread.sample().gpus()).extracting(Gpu::state).containsExactly(Gpu.State.ACTIVE);
    }
}
