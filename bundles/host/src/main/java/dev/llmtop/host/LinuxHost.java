// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Numbers;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import dev.llmtop.spi.HostSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Linux machine from {@code /proc}: all figures cost less than a millisecond, while the first use of OSHI costs 150 ms and 20
 * MB, which one snapshot cannot afford.
 */
final class LinuxHost implements HostSource {
    private static final int MOST_BYTES = 1 << 20;

    private final String proc;
    private final ProcFile file = new ProcFile();
    private final CpuLoad cpuLoad = new CpuLoad();
    private final CoreLoads coreLoads = new CoreLoads();
    private final GpuNodes gpuNodes;
    private @Nullable Host facts;

    LinuxHost(Path proc) {
        this(proc, new GpuNodes("/sys/devices/system/node", GpuNodes.nvidiaOnArm(proc.toString())));
    }

    LinuxHost(Path proc, GpuNodes gpuNodes) {
        this.proc = proc.toString();
        this.gpuNodes = gpuNodes;
    }

    @Override
    public synchronized Host sample() {
        Figures.Builder<HostMetric> figures = Figures.of(HostMetric.class);
        Bytes stat = read("stat");
        figures.put(HostMetric.CPU_USED_RATIO, cpuLoad.next(stat));
        figures.put(HostMetric.CPU_USED_RATIOS, coreLoads.next(stat.restart()));
        GpuNodes.Memory ofGpus = gpuNodes.read();
        LinuxMemory.read(read("meminfo"), ofGpus).put(figures);
        figures.put(HostMetric.LOAD_AVERAGE, loadAverage(read("loadavg")));
        PressureStall.put(figures, read("pressure/cpu"), HostMetric.CPU_PRESSURE_SOME_RATIO);
        PressureStall.put(
                figures,
                read("pressure/memory"),
                HostMetric.MEMORY_PRESSURE_SOME_RATIO,
                HostMetric.MEMORY_PRESSURE_FULL_RATIO);
        PressureStall.put(
                figures, read("pressure/io"), HostMetric.IO_PRESSURE_SOME_RATIO, HostMetric.IO_PRESSURE_FULL_RATIO);
        Host known = facts();
        return new Host(
                known.name(), known.os(), known.architecture(), known.cpu(), known.logicalCpus(), figures.build());
    }

    private Host facts() {
        Host known = facts;
        if (known == null) {
            String name = Text.clean(read("sys/kernel/hostname").rest().strip());
            known = new Host(
                    name.isEmpty() ? SystemNames.host() : name,
                    SystemNames.os(),
                    SystemNames.architecture(),
                    Text.clean(cpuName()),
                    logicalCpus(),
                    Figures.none());
            facts = known;
        }
        return known;
    }

    /** On arm64 the kernel names no model: empty then. */
    private String cpuName() {
        // The first processor's part only: a kernel measures the frequency of each that it writes.
        int length = Math.max(0, file.readRecord(proc + "/cpuinfo"));
        Bytes lines = Bytes.of(file.bytes(), length);
        for (Bytes line = lines.line(); line != null; line = lines.line()) {
            if (line.skip("model name")) {
                String value = line.rest();
                return value.substring(value.indexOf(':') + 1).strip();
            }
        }
        return "";
    }

    private int logicalCpus() {
        int count = 0;
        Bytes lines = read("stat");
        for (Bytes line = lines.line(); line != null; line = lines.line()) {
            count += line.skip("cpu") && line.hex(1) >= 0 ? 1 : 0;
        }
        return count > 0 ? count : Runtime.getRuntime().availableProcessors();
    }

    private static Value<Numbers> loadAverage(Bytes line) {
        List<Double> loads = new ArrayList<>();
        for (int at = 0; at < 3; at++) {
            try {
                loads.add(Double.parseDouble(line.field()));
            } catch (NumberFormatException notALoad) {
                return Value.unavailable(Reason.NO_PERMISSION, "/proc/loadavg cannot be read");
            }
        }
        return loads.stream().allMatch(Double::isFinite)
                ? Value.of(new Numbers(loads))
                : Value.unavailable(Reason.MALFORMED, "/proc/loadavg holds no numbers");
    }

    private Bytes read(String name) {
        int length = Math.max(0, file.read(proc + "/" + name, MOST_BYTES));
        return Bytes.of(file.bytes(), length);
    }
}
