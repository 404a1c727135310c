// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.gpu.nvml.Interpreter.Facts;
import dev.llmtop.gpu.nvml.ProcessShapes.Listed;
import dev.llmtop.gpu.nvml.Shape.Pair;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Gpu.Tenant;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees with the paths and units of rbonghi/jetson_stats issue 360, changes 867, 886, 889. */
class TegraBoardTest {
    @TempDir
    Path folder;

    private FakeMachine machine;
    private TegraBoard board;

    @BeforeEach
    void machine() throws IOException {
        machine = new FakeMachine(folder);
        board = new TegraBoard(new SystemFiles(machine.root()));
    }

    private static Gpu zeros() {
        RawDevice raw = RawCard.whole()
                .with(Getters.UTILIZATION, RawCard.told(new Pair(0, 0)))
                .with(Getters.POWER, RawCard.told(0L))
                .with(Getters.SM_CLOCK, RawCard.told(0L))
                .with(
                        Getters.COMPUTE_PROCESSES,
                        RawCard.told(
                                List.of(new Listed(0, 0, 0), new Listed(3_735_928_559L, 0, 0), new Listed(812, 5, 0))))
                .with(Getters.GRAPHICS_PROCESSES, RawCard.told(List.of()))
                .with(Getters.MPS_PROCESSES, RawCard.told(List.of()));
        return new Interpreter().gpu(raw, new Facts("540.4.0", Optional.empty()));
    }

    @Test
    void anOrdinaryMachineIsNone() {
        assertThat(board.isThere()).isFalse();
    }

    @Test
    void anOrinIsReadFromItsKernelAndItsZerosAreNotBelieved() throws IOException {
        machine.orin();
        machine.write("/proc/812/stat", "812");

        Gpu gpu = board.amend(zeros());

        assertThat(board.isThere()).isTrue();
        assertThat(gpu.figures().number(GpuMetric.UTILIZATION_RATIO)).contains(0.15);
        assertThat(gpu.figures().number(GpuMetric.SM_CLOCK_MHZ)).contains(1300.5);
        assertThat(gpu.figures().number(GpuMetric.TEMPERATURE_CELSIUS)).contains(47.5);
        assertThat(gpu.figures()
                        .missing(GpuMetric.UTILIZATION_MEMORY_RATIO)
                        .orElseThrow()
                        .reason())
                .isEqualTo(Reason.NOT_SUPPORTED);
        assertThat(gpu.tenants().processes()).extracting(Tenant::pid).containsExactly(812L);
    }

    @Test
    void withoutALoadFileAZeroOfNvmlIsNoLoad() throws IOException {
        machine.write("/proc/device-tree/compatible", "nvidia,tegra234\0");

        assertThat(board.amend(zeros()).figures().number(GpuMetric.UTILIZATION_RATIO))
                .isEmpty();
    }

    @Test
    void aThorTellsItsLoadThroughNvml() throws IOException {
        machine.write("/proc/device-tree/compatible", "nvidia,tegra264\0");
        machine.write("/sys/class/devfreq/gpu-gpc-0/cur_freq", "1575000000\n");

        Gpu gpu = board.amend(zeros());

        assertThat(gpu.figures().number(GpuMetric.UTILIZATION_RATIO)).contains(0.0);
        assertThat(gpu.figures().number(GpuMetric.SM_CLOCK_MHZ)).contains(1575.0);
    }

    @Test
    void withoutNvmlTheKernelAloneShowsTheGpu() throws IOException {
        assertThat(board.alone("libnvidia-ml.so.1 not found")).isEmpty();
        machine.orin();

        Gpu gpu = board.alone("libnvidia-ml.so.1 not found").orElseThrow();

        assertThat(gpu.identity().name()).isEqualTo("NVIDIA Jetson Orin Nano Developer Kit");
        assertThat(gpu.memory()).isEqualTo(new Gpu.Memory(true, "system"));
        assertThat(gpu.figures().number(GpuMetric.MEMORY_TOTAL_BYTES)).contains((double) FakeMachine.SYSTEM_MEMORY);
        assertThat(gpu.figures().number(GpuMetric.UTILIZATION_RATIO)).contains(0.15);
        assertThat(gpu.figures().missing(GpuMetric.POWER_WATTS).orElseThrow().detail())
                .isEqualTo("no NVML: libnvidia-ml.so.1 not found");
    }

    @Test
    void aLoadThatIsNoneIsLeftOut() throws IOException {
        machine.orin();
        machine.write("/sys/devices/platform/bus@0/17000000.gpu/load", "4294967295\n");
        machine.write("/sys/class/devfreq/17000000.gpu/cur_freq", "nothing\n");

        Gpu gpu = board.amend(zeros());

        assertThat(gpu.figures().number(GpuMetric.UTILIZATION_RATIO)).isEmpty();
        assertThat(gpu.figures().number(GpuMetric.SM_CLOCK_MHZ)).isEmpty();
    }
}
