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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxHostTest {
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

        assertThat(host.figures().asMap()).containsOnlyKeys(HostMetric.values());
        assertThat(host.figures().asMap().values()).allMatch(value -> value instanceof Value.Unavailable);
        assertThat(host.logicalCpus()).isPositive();
    }

    private static Object known(Host host, HostMetric metric) {
        return host.figures().known(metric, Object.class).orElseThrow();
    }

    private static Reason reason(Host host, HostMetric metric) {
        return host.figures().missing(metric).orElseThrow().reason();
    }
}
