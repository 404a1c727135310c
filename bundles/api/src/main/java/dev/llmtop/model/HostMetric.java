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
    LOAD_AVERAGE("loadAverage", Form.NUMBERS);

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
