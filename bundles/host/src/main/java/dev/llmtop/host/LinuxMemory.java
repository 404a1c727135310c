// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.model.Figures;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * Memory of a Linux machine from {@code /proc/meminfo} (proc_meminfo(5)), less what is a GPU's.
 *
 * @param bytes by name, with its colon
 * @param ofGpus memory of GPUs that the system counts as its own
 */
record LinuxMemory(Map<String, Long> bytes, GpuNodes.Memory ofGpus) {
    static LinuxMemory read(Bytes lines, GpuNodes.Memory ofGpus) {
        Map<String, Long> bytes = new HashMap<>();
        for (Bytes line = lines.line(); line != null; line = lines.line()) {
            String name = line.field();
            long kibibytes = line.number(-1);
            if (kibibytes >= 0) {
                bytes.put(name, kibibytes * 1024);
            }
        }
        return new LinuxMemory(bytes, ofGpus);
    }

    void put(Figures.Builder<HostMetric> figures) {
        Value<Long> total = less(of("MemTotal:"), ofGpus.totalBytes());
        Value<Long> available = less(of("MemAvailable:"), ofGpus.freeBytes());
        figures.put(HostMetric.MEMORY_TOTAL_BYTES, total);
        figures.put(HostMetric.MEMORY_AVAILABLE_BYTES, available);
        figures.put(HostMetric.MEMORY_USED_BYTES, less(total, available));
        figures.put(HostMetric.MEMORY_CACHED_BYTES, less(cached(), ofGpus.cachedBytes()));
        if (ofGpus.totalBytes() > 0) {
            figures.put(HostMetric.MEMORY_OF_GPUS_BYTES, ofGpus.totalBytes());
        }
        Value<Long> swap = of("SwapTotal:");
        figures.put(HostMetric.SWAP_TOTAL_BYTES, swap);
        figures.put(HostMetric.SWAP_USED_BYTES, less(swap, of("SwapFree:")));
    }

    /** Shared memory counts as cached but cannot be given back. */
    private Value<Long> cached() {
        return of("Cached:")
                .map(cached -> Math.max(
                        0,
                        cached
                                + bytes.getOrDefault("Buffers:", 0L)
                                + bytes.getOrDefault("SReclaimable:", 0L)
                                - bytes.getOrDefault("Shmem:", 0L)));
    }

    private Value<Long> of(String name) {
        Long known = bytes.get(name);
        if (known != null) {
            return Value.of(known);
        }
        return bytes.isEmpty()
                ? Value.unavailable(Reason.NO_PERMISSION, "/proc/meminfo cannot be read")
                : Value.unavailable(Reason.NOT_SUPPORTED, "/proc/meminfo has no " + name.replace(":", ""));
    }

    private static Value<Long> less(Value<Long> total, long rest) {
        return total.map(all -> Math.max(0, all - rest));
    }

    private static Value<Long> less(Value<Long> total, Value<Long> rest) {
        if (total instanceof Value.Known<Long> all && rest instanceof Value.Known<Long> free) {
            return Value.of(Math.max(0, all.value() - free.value()));
        }
        return total instanceof Value.Known<Long> ? rest : total;
    }
}
