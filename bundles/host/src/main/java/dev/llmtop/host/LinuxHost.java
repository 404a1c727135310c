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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private @Nullable Host facts;

    LinuxHost(Path proc) {
        this.proc = proc.toString();
    }

    @Override
    public synchronized Host sample() {
        Figures.Builder<HostMetric> figures = Figures.of(HostMetric.class);
        figures.put(HostMetric.CPU_USED_RATIO, cpuLoad.next(read("stat")));
        memory(figures, read("meminfo"));
        figures.put(HostMetric.LOAD_AVERAGE, loadAverage(read("loadavg")));
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

    private static void memory(Figures.Builder<HostMetric> figures, Bytes lines) {
        Map<String, Long> bytes = new HashMap<>();
        for (Bytes line = lines.line(); line != null; line = lines.line()) {
            String name = line.field();
            long kibibytes = line.number(-1);
            if (kibibytes >= 0) {
                bytes.put(name, kibibytes * 1024);
            }
        }
        Value<Long> total = memory(bytes, "MemTotal:");
        Value<Long> available = memory(bytes, "MemAvailable:");
        figures.put(HostMetric.MEMORY_TOTAL_BYTES, total);
        figures.put(HostMetric.MEMORY_AVAILABLE_BYTES, available);
        figures.put(HostMetric.MEMORY_USED_BYTES, less(total, available));
        Value<Long> swap = memory(bytes, "SwapTotal:");
        figures.put(HostMetric.SWAP_TOTAL_BYTES, swap);
        figures.put(HostMetric.SWAP_USED_BYTES, less(swap, memory(bytes, "SwapFree:")));
    }

    private static Value<Long> memory(Map<String, Long> bytes, String name) {
        Long known = bytes.get(name);
        if (known != null) {
            return Value.of(known);
        }
        return bytes.isEmpty()
                ? Value.unavailable(Reason.NO_PERMISSION, "/proc/meminfo cannot be read")
                : Value.unavailable(Reason.NOT_SUPPORTED, "/proc/meminfo has no " + name.replace(":", ""));
    }

    private static Value<Long> less(Value<Long> total, Value<Long> rest) {
        if (total instanceof Value.Known<Long> all && rest instanceof Value.Known<Long> free) {
            return Value.of(Math.max(0, all.value() - free.value()));
        }
        return total instanceof Value.Known<Long> ? rest : total;
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
