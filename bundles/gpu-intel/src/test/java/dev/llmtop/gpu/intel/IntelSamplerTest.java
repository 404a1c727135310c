// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.intel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.gpu.drm.SystemFiles;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines as they were recorded (LACT's snapshots, a public i915 fixture, the kernel's xe_drm_client.c), and what else they could be. */
class IntelSamplerTest {
    private static final String CARD = "/sys/class/drm/card1";
    private static final String DEVICE = CARD + "/device";

    private final AtomicLong clock = new AtomicLong(1);
    private SystemTree tree;
    private IntelSampler sampler;

    @BeforeEach
    void prepare(@TempDir Path root) {
        tree = new SystemTree(root).files("/proc/1/fdinfo", "0=pos:	0");
        sampler = new IntelSampler(new SystemFiles(root), clock::get);
    }

    @Test
    void withoutSuchACardThereIsNothingAndNoProblem() {
        tree.files("/sys/class/drm/card0/device", "uevent=DRIVER=amdgpu\nPCI_SLOT_NAME=0000:01:00.0");
        assertThat(sampler.sample().gpus()).isEmpty();
        assertThat(sampler.sample().problems()).isEmpty();
    }

    /** Arc B580, kernel 6.16: the energy of the card stays 0, that of the package counts. */
    @Test
    void aCardOfTheNewDriver() {
        b580();
        Gpu gpu = only();
        assertThat(gpu.identity()).isEqualTo(new Gpu.Identity(0, "", "intel", "Intel 8086:E20B", "", "0000:0b:00.0"));
        assertThat(gpu.memory()).isEqualTo(new Gpu.Memory(false, "device"));
        assertThat(number(gpu, GpuMetric.SM_CLOCK_MHZ)).isEqualTo(400);
        assertThat(number(gpu, GpuMetric.SM_CLOCK_MAX_MHZ)).isEqualTo(2850);
        assertThat(number(gpu, GpuMetric.TEMPERATURE_CELSIUS)).isEqualTo(46);
        assertThat(number(gpu, GpuMetric.MEMORY_TEMPERATURE_CELSIUS)).isEqualTo(48);
        assertThat(number(gpu, GpuMetric.ENERGY_JOULES)).isCloseTo(29_523.753173, within(1e-6));
        assertThat(reason(gpu, GpuMetric.POWER_WATTS)).isEqualTo(Reason.NO_SAMPLE_YET);
        assertThat(gpu.figures().get(GpuMetric.POWER_LIMIT_WATTS)).isEmpty();
        pass(2);
        tree.files(DEVICE + "/hwmon/hwmon4", "energy2_input=" + (29_523_753_173L + 90_000_000L));
        assertThat(number(only(), GpuMetric.POWER_WATTS)).isCloseTo(45, within(1e-9));
    }

    @Test
    void aCardOfTheOldDriver() {
        a380();
        Gpu gpu = only();
        assertThat(number(gpu, GpuMetric.SM_CLOCK_MHZ)).isEqualTo(600);
        assertThat(number(gpu, GpuMetric.SM_CLOCK_MAX_MHZ)).isEqualTo(2450);
        assertThat(number(gpu, GpuMetric.TEMPERATURE_CELSIUS)).isEqualTo(55);
        assertThat(number(gpu, GpuMetric.POWER_LIMIT_WATTS)).isCloseTo(55, within(1e-9));
        assertThat(number(gpu, GpuMetric.ENERGY_JOULES)).isCloseTo(25_637.161804, within(1e-6));
    }

    @Test
    void totalsThatNoFileTellsAreUnknownAndNotZero() {
        b580();
        Gpu gpu = only();
        assertThat(reason(gpu, GpuMetric.MEMORY_TOTAL_BYTES)).isEqualTo(Reason.NOT_SUPPORTED);
        // 256 MiB is the window of a machine without resizable BAR.
        resource(0x6000000000L, 256L << 20);
        assertThat(reason(only(), GpuMetric.MEMORY_TOTAL_BYTES)).isEqualTo(Reason.NOT_SUPPORTED);
        resource(0x6000000000L, 12L << 30);
        assertThat(number(only(), GpuMetric.MEMORY_TOTAL_BYTES)).isEqualTo((double) (12L << 30));
    }

    @Test
    void whatIsUsedIsOnlyKnownToWhoMayLookIntoAllProcesses() {
        b580();
        xeClient(10, 28_257_900L, 7_655_183_225L);
        assertThat(number(only(), GpuMetric.MEMORY_USED_BYTES)).isEqualTo(23_992.0 * 1024);
        tree.write("/proc/13/fd", "a file cannot be listed, whoever runs the test");
        pass(6);
        assertThat(reason(only(), GpuMetric.MEMORY_USED_BYTES)).isEqualTo(Reason.NO_PERMISSION);
        assertThat(only().tenants().processes()).hasSize(1);
    }

    @Test
    void loadIsTheDifferenceOfCyclesAndWhoMakesItIsSaid() {
        b580();
        xeClient(10, 100, 1_000);
        assertThat(reason(only(), GpuMetric.UTILIZATION_RATIO)).isEqualTo(Reason.NO_SAMPLE_YET);
        pass(1);
        xeClient(10, 700, 2_000);
        Gpu gpu = only();
        assertThat(number(gpu, GpuMetric.UTILIZATION_RATIO)).isCloseTo(0.6, within(1e-9));
        assertThat(gpu.tenants().processes())
                .extracting(Gpu.Tenant::pid, Gpu.Tenant::memoryBytes, Gpu.Tenant::smRatio)
                .containsExactly(tuple(10L, Value.of(23_992L * 1024), Value.of(0.6)));
    }

    @Test
    void aCardThatNobodyUsesIsIdleForRootAndUnknownForOthers() {
        b580();
        tree.link("/proc/1/fd/0", "/dev/llmtop-none");
        assertThat(number(only(), GpuMetric.UTILIZATION_RATIO)).isZero();
        tree.write("/proc/13/fd", "a file cannot be listed, whoever runs the test");
        pass(6);
        assertThat(reason(only(), GpuMetric.UTILIZATION_RATIO)).isEqualTo(Reason.NO_PERMISSION);
    }

    @Test
    void aGpuInsideAProcessorUsesTheMachinesMemory() {
        tree.files(
                        DEVICE,
                        "uevent=DRIVER=i915\nPCI_ID=8086:46A6\nPCI_SLOT_NAME=0000:00:02.0",
                        "power/runtime_status=active")
                .files(CARD, "gt_act_freq_mhz=0", "gt_RP0_freq_mhz=1400")
                .files("/proc", "meminfo=MemTotal:       32000000 kB\nMemFree: 1 kB");
        i915Client(324_435_861_152L);
        Gpu gpu = only();
        assertThat(gpu.memory()).isEqualTo(new Gpu.Memory(true, "system"));
        assertThat(number(gpu, GpuMetric.MEMORY_TOTAL_BYTES)).isEqualTo(32_000_000.0 * 1024);
        assertThat(reason(gpu, GpuMetric.MEMORY_USED_BYTES)).isEqualTo(Reason.NOT_SUPPORTED);
        assertThat(reason(gpu, GpuMetric.POWER_WATTS)).isEqualTo(Reason.NOT_SUPPORTED);
        assertThat(reason(gpu, GpuMetric.TEMPERATURE_CELSIUS)).isEqualTo(Reason.NOT_SUPPORTED);
        assertThat(gpu.tenants().processes())
                .extracting(tenant -> tenant.memoryBytes().known().orElse(-1L))
                .containsExactly(279_968L * 1024);
        pass(1);
        i915Client(324_435_861_152L + 250_000_000L);
        assertThat(number(only(), GpuMetric.UTILIZATION_RATIO)).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void aCardInRuntimeSuspendIsListedAndNotRead() {
        b580();
        tree.files(DEVICE, "power/runtime_status=suspended");
        Gpu gpu = only();
        assertThat(gpu.state()).isEqualTo(Gpu.State.ASLEEP);
        assertThat(gpu.figures().asMap().values())
                .isNotEmpty()
                .allMatch(value -> value instanceof Value.Unavailable<?> gone && gone.reason() == Reason.ASLEEP);
    }

    @Test
    void reasonsThatHoldTheClocksDown() {
        b580();
        String throttle = DEVICE + "/tile0/gt0/freq0/throttle";
        tree.files(throttle, "status=0", "reason_thermal=1");
        assertThat(only().throttle()).isEmpty();
        tree.files(throttle, "status=1", "reason_thermal=1", "reason_pl1=1", "reason_prochot=0");
        assertThat(only().throttle()).containsExactly("pl1", "thermal");
    }

    @Test
    void ofTheOldDriverToo() {
        a380();
        tree.files(CARD + "/gt/gt0", "throttle_reason_status=1", "throttle_reason_thermal=0", "throttle_reason_pl2=1");
        assertThat(only().throttle()).containsExactly("pl2");
    }

    private void b580() {
        tree.files(
                        DEVICE,
                        "uevent=DRIVER=xe\nPCI_ID=8086:E20B\nPCI_SLOT_NAME=0000:0b:00.0",
                        "power/runtime_status=active")
                .files(DEVICE + "/tile0/gt0/freq0", "act_freq=400", "cur_freq=400", "max_freq=2850")
                .files(DEVICE + "/tile0/gt1/freq0", "act_freq=0", "cur_freq=1200")
                .files(
                        DEVICE + "/hwmon/hwmon4",
                        "name=xe",
                        "energy1_input=0",
                        "energy2_input=29523753173",
                        "power1_crit=380000000",
                        "temp2_input=46000",
                        "temp3_input=48000",
                        "fan2_input=418");
    }

    private void a380() {
        tree.files(
                        DEVICE,
                        "uevent=DRIVER=i915\nPCI_ID=8086:56A5\nPCI_SLOT_NAME=0000:0b:00.0",
                        "power/runtime_status=active")
                .files(CARD, "gt_act_freq_mhz=600", "gt_RP0_freq_mhz=2450", "gt_max_freq_mhz=2450")
                .files(
                        DEVICE + "/hwmon/hwmon1",
                        "name=i915",
                        "energy1_input=25637161804",
                        "power1_max=55000000",
                        "power1_rated_max=0",
                        "in0_input=603",
                        "temp1_input=55000",
                        "fan1_input=0");
    }

    private void xeClient(long pid, long cycles, long total) {
        tree.client(
                pid,
                7,
                "drm-driver:\txe",
                "drm-client-id:\t3",
                "drm-pdev:\t0000:0b:00.0",
                "drm-total-gtt:\t192 KiB",
                "drm-resident-gtt:\t192 KiB",
                "drm-resident-vram0:\t23992 KiB",
                "drm-cycles-rcs:\t" + cycles,
                "drm-total-cycles-rcs:\t" + total);
    }

    private void i915Client(long nanos) {
        tree.client(
                10,
                7,
                "drm-driver:\ti915",
                "drm-client-id:\t4",
                "drm-pdev:\t0000:00:02.0",
                "drm-total-system0:\t279968 KiB",
                "drm-resident-system0:\t279968 KiB",
                "drm-engine-render:\t" + nanos + " ns",
                "drm-engine-copy:\t0 ns");
    }

    private void resource(long first, long bytes) {
        tree.files(
                DEVICE,
                "resource=0x0000000084000000 0x0000000084ffffff 0x0000000000040200\n"
                        + "0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
                        + String.format("0x%016x 0x%016x 0x000000000014220c", first, first + bytes - 1));
    }

    private void pass(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private Gpu only() {
        List<Gpu> gpus = sampler.sample().gpus();
        assertThat(gpus).hasSize(1);
        return gpus.get(0);
    }

    private static double number(Gpu gpu, GpuMetric metric) {
        return gpu.figures().number(metric).orElseThrow();
    }

    private static Reason reason(Gpu gpu, GpuMetric metric) {
        return gpu.figures().missing(metric).orElseThrow().reason();
    }
}
