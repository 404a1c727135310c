// SPDX-License-Identifier: MIT
package dev.llmtop.model;

/** A figure of the machine. Grows in minor versions. */
public enum HostMetric implements Figure {
    /** Busy share of all logical CPUs since the sample before, 0..1. */
    CPU_USED_RATIO("cpuUsedRatio", Form.RATIO),
    MEMORY_TOTAL_BYTES("memoryTotalBytes", Form.COUNT),
    /** Total less available. */
    MEMORY_USED_BYTES("memoryUsedBytes", Form.COUNT),
    /** What a new program could have without swapping (MemAvailable). */
    MEMORY_AVAILABLE_BYTES("memoryAvailableBytes", Form.COUNT),
    SWAP_TOTAL_BYTES("swapTotalBytes", Form.COUNT),
    SWAP_USED_BYTES("swapUsedBytes", Form.COUNT),
    /** Load over 1, 5 and 15 minutes. */
    LOAD_AVERAGE("loadAverage", Form.NUMBERS),
    /** Busy share of each logical CPU that is online, in the system's order, since the sample before, each 0..1. */
    CPU_USED_RATIOS("cpuUsedRatios", Form.NUMBERS),
    /** File cache that can be given back without swapping (Linux: Cached + Buffers + SReclaimable - Shmem); a part of available. */
    MEMORY_CACHED_BYTES("memoryCachedBytes", Form.COUNT),
    /**
     * Memory of GPUs that the system counts as its own (Linux: NUMA nodes without CPUs, as a GH200 has); left out of every other
     * memory figure, since the GPU tells it. Absent where there is none.
     */
    MEMORY_OF_GPUS_BYTES("memoryOfGpusBytes", Form.COUNT),
    /**
     * Share of the last 10 s in which some task waited for a CPU, 0..1. There is no "full" of the CPU: for the whole system the
     * kernel defines none and writes 0 (Linux Documentation/accounting/psi.rst).
     */
    CPU_PRESSURE_SOME_RATIO("cpuPressureSomeRatio", Form.RATIO),
    /** Share of the last 10 s in which some task waited for memory, 0..1. */
    MEMORY_PRESSURE_SOME_RATIO("memoryPressureSomeRatio", Form.RATIO),
    /** Share of the last 10 s in which every task that had work waited for memory, 0..1. */
    MEMORY_PRESSURE_FULL_RATIO("memoryPressureFullRatio", Form.RATIO),
    /** Share of the last 10 s in which some task waited for a disk, 0..1. */
    IO_PRESSURE_SOME_RATIO("ioPressureSomeRatio", Form.RATIO),
    /** Share of the last 10 s in which every task that had work waited for a disk, 0..1. */
    IO_PRESSURE_FULL_RATIO("ioPressureFullRatio", Form.RATIO);

    private final String jsonName;
    private final Form form;

    HostMetric(String jsonName, Form form) {
        this.jsonName = jsonName;
        this.form = form;
    }

    @Override
    public String jsonName() {
        return jsonName;
    }

    @Override
    public Form form() {
        return form;
    }
}
