// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

/** Fields by their number and scope. Source: {@code NVML_FI_*} of nvml.h. */
enum FieldId {
    ECC_CORRECTED(3, 0),
    ECC_UNCORRECTED(4, 0),
    MEMORY_TEMPERATURE(82, 0),
    /** KiB, over all links. */
    NVLINK_TRANSMIT(138, 0xFFFF_FFFF),
    /** KiB, over all links. */
    NVLINK_RECEIVE(139, 0xFFFF_FFFF),
    POWER_AVERAGE(185, 0),
    POWER_INSTANT(186, 0),
    LIMIT_SHUTDOWN(193, 0),
    LIMIT_SLOWDOWN(194, 0),
    /** Bytes; may wrap. */
    PCIE_TRANSMIT(197, 0),
    /** Bytes; may wrap. */
    PCIE_RECEIVE(198, 0);

    private final int number;
    private final int scope;

    FieldId(int number, int scope) {
        this.number = number;
        this.scope = scope;
    }

    String label() {
        return "nvmlDeviceGetFieldValues[" + number + "]";
    }

    int number() {
        return number;
    }

    int scope() {
        return scope;
    }
}
