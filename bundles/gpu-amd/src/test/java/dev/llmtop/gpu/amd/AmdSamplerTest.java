// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.amd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.agent.Pressure;
import dev.llmtop.gpu.drm.SystemFiles;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.GpuSource.GpuSample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines as they were recorded (LACT's snapshots, prometheus/procfs's fixture, amdgpu_top#87), and what else they could be. */
class AmdSamplerTest {
    private AmdTree tree;
    private AmdSampler sampler;

    @BeforeEach
    void prepare(@TempDir Path root) {
        tree = new AmdTree(new SystemTree(root));
        sampler = new AmdSampler(new SystemFiles(root), System::nanoTime);
    }

    @Test
    void withoutSuchACardThereIsNothingAndNoProblem() {
        assertThat(sampler.sample().gpus()).isEmpty();
        tree.files().files("/sys/class/drm/card0/device", "uevent=DRIVER=nvidia\nPCI_SLOT_NAME=0000:01:00.0");
        GpuSample sample = sampler.sample();
        assertThat(sample.gpus()).isEmpty();
        assertThat(sample.problems()).isEmpty();
    }

    @Test
    void aCardOfItsOwn() {
        tree.rx6900xt();
        Gpu gpu = only();
        assertThat(gpu.identity())
                .isEqualTo(new Gpu.Identity(0, "946d7e1ef9b172dd", "amd", "AMD 1002:73BF", "", "0000:0c:00.0"));
        assertThat(gpu.memory()).isEqualTo(new Gpu.Memory(false, "device"));
        assertThat(number(gpu, GpuMetric.UTILIZATION_RATIO)).isEqualTo(0.03);
        assertThat(number(gpu, GpuMetric.UTILIZATION_MEMORY_RATIO)).isZero();
        assertThat(number(gpu, GpuMetric.MEMORY_TOTAL_BYTES)).isEqualTo(17_163_091_968.0);
        assertThat(number(gpu, GpuMetric.MEMORY_USED_BYTES)).isEqualTo(668_274_688.0);
        assertThat(number(gpu, GpuMetric.GTT_TOTAL_BYTES)).isEqualTo(16_786_171_904.0);
        assertThat(number(gpu, GpuMetric.GTT_USED_BYTES)).isEqualTo(62_369_792.0);
        assertThat(number(gpu, GpuMetric.POWER_WATTS)).isCloseTo(36, within(1e-9));
        assertThat(gpu.figures().get(GpuMetric.POWER_AVERAGE_WATTS)).isEmpty();
        assertThat(number(gpu, GpuMetric.POWER_LIMIT_WATTS)).isCloseTo(289, within(1e-9));
        assertThat(number(gpu, GpuMetric.TEMPERATURE_CELSIUS)).isEqualTo(56);
        assertThat(number(gpu, GpuMetric.TEMPERATURE_SLOWDOWN_CELSIUS)).isEqualTo(100);
        assertThat(number(gpu, GpuMetric.TEMPERATURE_SHUTDOWN_CELSIUS)).isEqualTo(105);
        assertThat(number(gpu, GpuMetric.MEMORY_TEMPERATURE_CELSIUS)).isEqualTo(54);
        assertThat(number(gpu, GpuMetric.SM_CLOCK_MHZ)).isEqualTo(500);
        assertThat(number(gpu, GpuMetric.SM_CLOCK_MAX_MHZ)).isEqualTo(2660);
        assertThat(number(gpu, GpuMetric.MEMORY_CLOCK_MHZ)).isEqualTo(1000);
        assertThat(number(gpu, GpuMetric.FAN_RATIO)).isZero();
        assertThat(number(gpu, GpuMetric.PCIE_GENERATION)).isEqualTo(4);
        assertThat(number(gpu, GpuMetric.PCIE_WIDTH)).isEqualTo(16);
        assertThat(gpu.throttle()).isEmpty();
    }

    /** Its memory was taken from the RAM; what it uses of the rest is GTT, and both are told apart. */
    @Test
    void aGpuInsideAProcessor() {
        tree.strixPoint();
        Gpu gpu = only();
        assertThat(gpu.memory()).isEqualTo(new Gpu.Memory(true, "device"));
        assertThat(number(gpu, GpuMetric.MEMORY_TOTAL_BYTES)).isEqualTo(536_870_912.0);
        assertThat(number(gpu, GpuMetric.MEMORY_USED_BYTES)).isEqualTo(514_580_480.0);
        assertThat(number(gpu, GpuMetric.GTT_TOTAL_BYTES)).isEqualTo(16_441_004_032.0);
        assertThat(number(gpu, GpuMetric.GTT_USED_BYTES)).isEqualTo(3_946_811_392.0);
        assertThat(number(gpu, GpuMetric.POWER_WATTS)).isCloseTo(9.087, within(1e-9));
        assertThat(number(gpu, GpuMetric.POWER_AVERAGE_WATTS)).isCloseTo(9.087, within(1e-9));
        assertThat(number(gpu, GpuMetric.SM_CLOCK_MHZ)).isEqualTo(848);
        assertThat(gpu.figures().asMap())
                .doesNotContainKeys(
                        GpuMetric.FAN_RATIO,
                        GpuMetric.POWER_LIMIT_WATTS,
                        GpuMetric.MEMORY_CLOCK_MHZ,
                        GpuMetric.UTILIZATION_MEMORY_RATIO,
                        GpuMetric.PCIE_GENERATION);
    }

    @Test
    void anOlderCardWithoutAMemoryLoad() {
        tree.vega();
        Gpu gpu = only();
        assertThat(number(gpu, GpuMetric.UTILIZATION_RATIO)).isEqualTo(0.04);
        assertThat(number(gpu, GpuMetric.MEMORY_CLOCK_MAX_MHZ)).isEqualTo(945);
        assertThat(gpu.figures()
                        .missing(GpuMetric.UTILIZATION_MEMORY_RATIO)
                        .orElseThrow()
                        .detail())
                .isEqualTo("the driver has no mem_busy_percent for this card");
        assertThat(gpu.figures().missing(GpuMetric.POWER_WATTS).orElseThrow().reason())
                .isEqualTo(Reason.NOT_SUPPORTED);
    }

    @Test
    void aCardInRuntimeSuspendIsListedAndNotRead() {
        tree.rx6900xt();
        assertThat(only().identity().uuid()).isEqualTo("946d7e1ef9b172dd");
        tree.files().files(AmdTree.CARD, "power/runtime_status=suspended");
        // Whatever it says now would have been read from a card that slept.
        tree.files().files(AmdTree.CARD, "gpu_busy_percent=77");
        tree.files().client(10, 7, "drm-driver: amdgpu", "drm-client-id: 1", "drm-pdev: 0000:0c:00.0");
        Gpu gpu = only();
        assertThat(gpu.state()).isEqualTo(Gpu.State.ASLEEP);
        assertThat(gpu.identity().uuid()).isEqualTo("946d7e1ef9b172dd");
        assertThat(gpu.figures().asMap().values())
                .isNotEmpty()
                .allMatch(value -> value instanceof Value.Unavailable<?> gone && gone.reason() == Reason.ASLEEP);
        assertThat(gpu.tenants().processes()).isEmpty();
    }

    @Test
    void aSensorThatRefusesCostsItsOwnFigureOnly() {
        tree.rx6900xt();
        tree.files().refuse(AmdTree.CARD + "/gpu_busy_percent").files(AmdTree.HWMON, "power1_average=much");
        Gpu gpu = only();
        assertThat(gpu.figures()
                        .missing(GpuMetric.UTILIZATION_RATIO)
                        .orElseThrow()
                        .detail())
                .startsWith("the driver does not tell gpu_busy_percent now");
        assertThat(gpu.figures().missing(GpuMetric.POWER_WATTS).orElseThrow().reason())
                .isEqualTo(Reason.MALFORMED);
        assertThat(number(gpu, GpuMetric.TEMPERATURE_CELSIUS)).isEqualTo(56);
    }

    @Test
    void processesHoldTheLargerOfWhatGraphicsAndComputeSay() {
        tree.rx6900xt();
        tree.kfdNode(1, 30381, 0x0c00);
        tree.files()
                .client(
                        10,
                        7,
                        "drm-driver:\tamdgpu",
                        "drm-client-id:\t217",
                        "drm-pdev:\t0000:0c:00.0",
                        "drm-memory-vram:\t2068 KiB",
                        "drm-memory-gtt:\t8192 KiB",
                        "drm-engine-gfx:\t107322799 ns")
                .files("/sys/class/kfd/kfd/proc/10", "vram_30381=1048576", "pasid=0")
                .files("/sys/class/kfd/kfd/proc/20", "vram_30381=1610571776", "sdma_30381=5")
                .files("/sys/class/kfd/kfd/proc/30", "vram_30381=0")
                .files("/sys/class/kfd/kfd/proc/40", "vram_999=77");
        assertThat(only().tenants().processes())
                .extracting(
                        Gpu.Tenant::pid, tenant -> tenant.memoryBytes().known().orElse(-1L))
                .containsExactly(tuple(10L, 2068L * 1024), tuple(20L, 1_610_571_776L));
        assertThat(only().tenants()
                        .processes()
                        .get(1)
                        .smRatio()
                        .missing()
                        .orElseThrow()
                        .detail())
                .contains("ROCm");
    }

    @Test
    void whatAProcessHoldsOfTheRamThroughAProcessorsGpuCounts() {
        tree.strixPoint();
        tree.kfdNode(1, 59419, 49408);
        tree.files()
                .client(
                        10,
                        7,
                        "drm-driver:\tamdgpu",
                        "drm-client-id:\t2",
                        "drm-pdev:\t0000:c1:00.0",
                        "drm-resident-vram:\t100 MiB",
                        "drm-resident-gtt:\t3 GiB");
        assertThat(only().tenants().processes())
                .extracting(tenant -> tenant.memoryBytes().known().orElse(-1L))
                .containsExactly((100L << 20) + (3L << 30));
    }

    @Test
    void insideAContainerPidsOfTheHostAreLeftOutAndSaidSo() {
        tree.rx6900xt();
        tree.kfdNode(1, 30381, 0x0c00);
        tree.files()
                .files("/sys/class/kfd/kfd/proc/20", "vram_30381=1610571776")
                .link("/proc/self/ns/pid", "pid:[4026532200]");
        GpuSample sample = sampler.sample();
        assertThat(sample.gpus().get(0).tenants().processes()).isEmpty();
        assertThat(sample.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("--pid=host"));
        tree.files().link("/proc/self/ns/pid", "pid:[4026531836]");
        assertThat(only().tenants().processes()).hasSize(1);
    }

    @Test
    void heatThatHoldsTheClocksDownIsCritical() {
        tree.rx6900xt();
        byte[] table = new byte[120];
        table[0] = 120;
        table[2] = 1;
        table[3] = 3;
        table[112] = 1;
        table[116] = 1 << 4;
        tree.files().write(AmdTree.CARD + "/gpu_metrics", table);
        Gpu gpu = only();
        assertThat(gpu.throttle()).containsExactly("PPT0", "TEMP_HOTSPOT (thermal)");
        assertThat(Pressure.ofTemperature(gpu)).isEqualTo(Pressure.CRITICAL);
        for (byte[] other : List.of(new byte[0], new byte[119], new byte[264])) {
            tree.files().write(AmdTree.CARD + "/gpu_metrics", other);
            assertThat(only().throttle()).isEmpty();
        }
    }

    @Test
    void aNameFromLibdrmsList() {
        tree.rx6900xt();
        tree.files()
                .files(AmdTree.CARD, "revision=0xc0")
                .write(
                        "/usr/share/libdrm/amdgpu.ids",
                        "# List of AMDGPU IDs\n1.0.0\n73BF,\tC0,\tAMD Radeon RX 6900 XT\n73BF,\tC1,\tAMD Radeon RX 6800 XT\n");
        assertThat(only().identity().name()).isEqualTo("AMD Radeon RX 6900 XT");
    }

    private Gpu only() {
        List<Gpu> gpus = sampler.sample().gpus();
        assertThat(gpus).hasSize(1);
        return gpus.get(0);
    }

    private static double number(Gpu gpu, GpuMetric metric) {
        return gpu.figures().number(metric).orElseThrow();
    }
}
