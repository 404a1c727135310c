// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.Getters.Memory;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Memory of a card, and whether it has memory of its own at all. Only evidence makes a device unified: the call refused as not
 * supported in each of its forms, a total of zero, or the system's own total; never its name, a MIG parent, a lost card or a missing
 * permission.
 */
final class MemoryFigures {
    /** A total that differs by less than this part is the system's: the driver may round to pages. */
    private static final long SAME_PART = 1_000;

    private final RawDevice raw;
    private final Optional<Long> system;

    /** @param system bytes of memory of the machine; empty where they are not known */
    MemoryFigures(RawDevice raw, Optional<Long> system) {
        this.raw = raw;
        this.system = system;
    }

    /** What kind of memory it is. */
    Gpu.Memory kind() {
        boolean unified = isUnified();
        return new Gpu.Memory(unified, unified ? "system" : "device");
    }

    void put(Figures.Builder<GpuMetric> figures) {
        Result<Memory> result = raw.get(Getters.MEMORY);
        boolean unified = isUnified();
        boolean told = result.value().filter(memory -> memory.total() > 0).isPresent();
        if (unified && !told) {
            figures.put(GpuMetric.MEMORY_TOTAL_BYTES, systemTotal());
        } else {
            figures.put(GpuMetric.MEMORY_TOTAL_BYTES, bytes(result, Memory::total, told));
        }
        figures.put(GpuMetric.MEMORY_USED_BYTES, used(result, told));
        figures.put(GpuMetric.MEMORY_RESERVED_BYTES, reserved(result, told));
        Result<Memory> bar1 = raw.get(Getters.BAR1);
        boolean bar1Told = bar1.value().filter(memory -> memory.total() > 0).isPresent();
        figures.put(GpuMetric.BAR1_USED_BYTES, bytes(bar1, Memory::used, bar1Told));
        figures.put(GpuMetric.BAR1_TOTAL_BYTES, bytes(bar1, Memory::total, bar1Told));
    }

    private boolean isUnified() {
        boolean parent = raw.get(Getters.MIG_MODE)
                .value()
                .filter(mode -> mode.first() == 1)
                .isPresent();
        if (parent || raw.isLost()) {
            return false;
        }
        Result<Memory> result = raw.get(Getters.MEMORY);
        return result.value()
                .map(memory -> memory.total() == 0 || isSystemTotal(memory.total()))
                .orElseGet(() -> result.allReturned(ReturnCode.NOT_SUPPORTED));
    }

    private boolean isSystemTotal(long total) {
        return system.filter(all -> Math.abs(all - total) <= all / SAME_PART).isPresent();
    }

    private Value<Long> systemTotal() {
        return system.<Value<Long>>map(Value::of)
                .orElseGet(() -> Value.unavailable(Reason.NO_PERMISSION, "/proc/meminfo cannot be read"));
    }

    private static Value<Long> used(Result<Memory> result, boolean told) {
        Optional<Memory> impossible = result.value().filter(memory -> told && memory.used() > memory.total());
        if (impossible.isPresent()) {
            return result.refuse(
                    Reason.MALFORMED,
                    impossible.get().used() + " bytes used of "
                            + impossible.get().total());
        }
        return bytes(result, Memory::used, told);
    }

    private static Value<Long> reserved(Result<Memory> result, boolean told) {
        if (result.value().filter(memory -> memory.reserved() < 0).isPresent()) {
            return Value.unavailable(Reason.NOT_EXPORTED, "only nvmlDeviceGetMemoryInfo_v2 tells it");
        }
        return bytes(result, Memory::reserved, told);
    }

    private static Value<Long> bytes(Result<Memory> result, ToLongFunction<Memory> part, boolean told) {
        if (result.value().isPresent() && !told) {
            return result.refuse(Reason.NOT_SUPPORTED, "a total of 0 bytes");
        }
        Value<Long> bytes = result.value(part::applyAsLong);
        boolean negative = bytes.known().filter(number -> number < 0).isPresent();
        return negative ? result.refuse(Reason.NOT_SUPPORTED, "not told (all ones)") : bytes;
    }
}
