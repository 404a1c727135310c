// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Snapshot;
import java.util.Optional;

/**
 * How full the memory of a GPU is: its own, or where the machine's CPU shares it, the pool of {@link MemoryMap}.
 *
 * @param usedBytes empty where it is not known
 * @param totalBytes empty where it is not known
 */
public record GpuMemory(Optional<Long> usedBytes, Optional<Long> totalBytes) {
    /** Of a GPU of a snapshot. */
    public static GpuMemory of(Gpu gpu, Snapshot snapshot) {
        Optional<MemoryMap> map = gpu.memory().unified() ? MemoryMap.of(snapshot) : Optional.empty();
        return map.map(pool -> new GpuMemory(Optional.of(pool.usedBytes()), Optional.of(pool.totalBytes())))
                .orElseGet(() -> new GpuMemory(
                        gpu.figures().number(GpuMetric.MEMORY_USED_BYTES).map(Math::round),
                        gpu.figures().number(GpuMetric.MEMORY_TOTAL_BYTES).map(Math::round)));
    }

    /** Used of total, 0..1; empty where either is not known. */
    public Optional<Double> usedRatio() {
        return totalBytes.filter(total -> total > 0).flatMap(total -> usedBytes.map(used -> (double) used / total));
    }

    /** How near to full; none where that is not known. */
    public Pressure pressure() {
        return usedRatio().map(Pressure::ofMemory).orElse(Pressure.NONE);
    }
}
