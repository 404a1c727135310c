// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Numbers;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxHostTest {
    /** Memory of GPUs is nobody's figure where there is none. */
    static final HostMetric[] ALWAYS =
            EnumSet.complementOf(EnumSet.of(HostMetric.MEMORY_OF_GPUS_BYTES)).toArray(new HostMetric[0]);

    @TempDir
    Path folder;

    @Test
    void figuresAreReadFromProc() {
        new ProcTree(folder)
                .write(
                        "meminfo",
                        "MemTotal:       1000 kB\nMemFree:  1 kB\nMemAvailable:    400 kB\nSwapTotal: 50 kB\nSwapFree: 20 kB\n")
                .write("loadavg", "0.50 1.25 2.00 1/100 4711\n")
                .write(
                        "cpuinfo",
                        "processor\t: 0\nmodel name\t: Some CPU @ 2 GHz\n\nprocessor\t: 1\nmodel name\t: Other\n")
                .write("sys/kernel/hostname", "box\n");

        Host host = new LinuxHost(folder).sample();

        assertThat(host.name()).isEqualTo("box");
        assertThat(host.cpu()).isEqualTo("Some CPU @ 2 GHz");
        assertThat(host.logicalCpus()).isEqualTo(2);
        assertThat(known(host, HostMetric.MEMORY_TOTAL_BYTES)).isEqualTo(1_024_000L);
        assertThat(known(host, HostMetric.MEMORY_AVAILABLE_BYTES)).isEqualTo(409_600L);
        assertThat(known(host, HostMetric.MEMORY_USED_BYTES)).isEqualTo(614_400L);
        assertThat(known(host, HostMetric.SWAP_TOTAL_BYTES)).isEqualTo(51_200L);
        assertThat(known(host, HostMetric.SWAP_USED_BYTES)).isEqualTo(30_720L);
        assertThat(known(host, HostMetric.LOAD_AVERAGE)).isEqualTo(new Numbers(List.of(0.5, 1.25, 2.0)));
    }

    @Test
    void machineWithoutSwapHasZeroOfIt() {
        new ProcTree(folder).write("meminfo", "MemTotal: 1000 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n");

        Host host = new LinuxHost(folder).sample();

        assertThat(known(host, HostMetric.SWAP_USED_BYTES)).isEqualTo(0L);
        assertThat(reason(host, HostMetric.MEMORY_AVAILABLE_BYTES)).isEqualTo(Reason.NOT_SUPPORTED);
        assertThat(reason(host, HostMetric.MEMORY_USED_BYTES)).isEqualTo(Reason.NOT_SUPPORTED);
    }

    @Test
    void busyShareIsTheDifferenceOfTwoSamples() {
        ProcTree tree = new ProcTree(folder);
        LinuxHost host = new LinuxHost(folder);

        assertThat(reason(host.sample(), HostMetric.CPU_USED_RATIO)).isEqualTo(Reason.NO_SAMPLE_YET);
        // 60 more busy, 20 idle, 20 waiting.
        tree.write("stat", "cpu  130 10 110 720 120 5 3 2 900 900\n");

        assertThat(host.sample().figures().number(HostMetric.CPU_USED_RATIO).orElseThrow())
                .isCloseTo(0.6, within(1e-9));
        // Within one clock tick nothing moved: the share before stands, no division by zero.
        assertThat(host.sample().figures().number(HostMetric.CPU_USED_RATIO).orElseThrow())
                .isCloseTo(0.6, within(1e-9));
    }

    @Test
    void everyFigureIsKnownOrSaysWhyNotWhereNothingCanBeRead() {
        Host host = new LinuxHost(folder.resolve("nothing")).sample();

        assertThat(host.figures().asMap().keySet())
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(HostMetric.MEMORY_OF_GPUS_BYTES)));
        assertThat(host.figures().asMap().values()).allMatch(value -> value instanceof Value.Unavailable);
        assertThat(host.logicalCpus()).isPositive();
    }

    @Test
    void eachCoreHasItsOwnShare() {
        ProcTree tree = new ProcTree(folder);
        tree.write("stat", "cpu  200 0 0 200 0 0 0 0\ncpu0 100 0 0 100 0 0 0 0\ncpu3 100 0 0 100 0 0 0 0\nintr 1 2\n");
        LinuxHost host = new LinuxHost(folder);
        assertThat(reason(host.sample(), HostMetric.CPU_USED_RATIOS)).isEqualTo(Reason.NO_SAMPLE_YET);
        tree.write("stat", "cpu  300 0 0 300 0 0 0 0\ncpu0 200 0 0 100 0 0 0 0\ncpu3 125 0 0 175 0 0 0 0\nintr 1 2\n");
        Host second = host.sample();
        assertThat(known(second, HostMetric.CPU_USED_RATIOS)).isEqualTo(new Numbers(List.of(1.0, 0.25)));
        assertThat(known(second, HostMetric.CPU_USED_RATIO)).isEqualTo(0.5);
    }

    @Test
    void cacheIsWhatCanBeGivenBack() {
        new ProcTree(folder)
                .write(
                        "meminfo",
                        "MemTotal: 1000 kB\nBuffers: 10 kB\nCached: 300 kB\nShmem: 50 kB\nSReclaimable: 40 kB\n");
        assertThat(known(new LinuxHost(folder).sample(), HostMetric.MEMORY_CACHED_BYTES))
                .isEqualTo(300 * 1024L);
    }

    @Test
    void pressureStallFiguresAreSharesOfTheLastTenSeconds() {
        new ProcTree(folder)
                .write("pressure/cpu", "some avg10=95.34 avg60=89.40 avg300=59.98 total=4\nfull avg10=0.00\n")
                .write("pressure/memory", "some avg10=1.21 avg60=0.76 total=8\nfull avg10=0.50 avg60=0.04 total=5\n")
                .write("pressure/io", "some avg10=nonsense\n");
        Host host = new LinuxHost(folder).sample();
        assertThat(known(host, HostMetric.CPU_PRESSURE_SOME_RATIO)).isEqualTo(0.9534);
        assertThat(known(host, HostMetric.MEMORY_PRESSURE_SOME_RATIO)).isEqualTo(0.0121);
        assertThat(known(host, HostMetric.MEMORY_PRESSURE_FULL_RATIO)).isEqualTo(0.005);
        assertThat(reason(host, HostMetric.IO_PRESSURE_SOME_RATIO)).isEqualTo(Reason.MALFORMED);
        assertThat(reason(host, HostMetric.IO_PRESSURE_FULL_RATIO)).isEqualTo(Reason.MALFORMED);
    }

    /** A GH200: 72 cores and their RAM on node 0, the GPU's memory on node 1, empty nodes for its instances. */
    @Test
    void memoryOfAGpuThatStandsAsANodeIsNoRam() {
        ProcTree tree = gh200().write("nodes/has_generic_initiator", "1-8\n");
        Host host = new LinuxHost(folder, new GpuNodes(tree.root() + "/nodes", false)).sample();
        assertThat(known(host, HostMetric.MEMORY_TOTAL_BYTES)).isEqualTo(500_000L * 1024);
        assertThat(known(host, HostMetric.MEMORY_AVAILABLE_BYTES)).isEqualTo(400_000L * 1024);
        assertThat(known(host, HostMetric.MEMORY_USED_BYTES)).isEqualTo(100_000L * 1024);
        assertThat(known(host, HostMetric.MEMORY_CACHED_BYTES)).isEqualTo(50_000L * 1024);
        assertThat(known(host, HostMetric.MEMORY_OF_GPUS_BYTES)).isEqualTo(98_000L * 1024);
    }

    @Test
    void aMemoryExpanderIsRam() {
        ProcTree tree = gh200().write("nodes/has_generic_initiator", "\n");
        GpuNodes expander = new GpuNodes(tree.root() + "/nodes", false);
        assertThat(known(new LinuxHost(folder, expander).sample(), HostMetric.MEMORY_TOTAL_BYTES))
                .isEqualTo(598_000L * 1024);
        GpuNodes besideNvidia = new GpuNodes(tree.root() + "/nodes", true);
        assertThat(known(new LinuxHost(folder, besideNvidia).sample(), HostMetric.MEMORY_TOTAL_BYTES))
                .isEqualTo(500_000L * 1024);
    }

    private ProcTree gh200() {
        return new ProcTree(folder)
                .write("meminfo", "MemTotal: 598000 kB\nMemAvailable: 490000 kB\nCached: 51000 kB\n")
                .write("nodes/has_memory", "0-1\n")
                .write("nodes/has_cpu", "0\n")
                .write(
                        "nodes/node1/meminfo",
                        "Node 1 MemTotal:       98000 kB\nNode 1 MemFree:        90000 kB\nNode 1 FilePages: 1000 kB\n");
    }

    private static Object known(Host host, HostMetric metric) {
        return host.figures().known(metric, Object.class).orElseThrow();
    }

    private static Reason reason(Host host, HostMetric metric) {
        return host.figures().missing(metric).orElseThrow().reason();
    }
}
