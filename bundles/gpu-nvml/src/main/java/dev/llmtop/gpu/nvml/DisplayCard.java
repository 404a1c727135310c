// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import java.util.Locale;

/**
 * A display device of NVIDIA's by the system's own list.
 *
 * @param address on the PCI bus, as {@code 0000:01:00.0}
 * @param device its number of the vendor's, as {@code 2684}
 * @param asleep in runtime suspend: asking its driver would wake it
 */
record DisplayCard(String address, String device, boolean asleep) {
    /** As NVML writes it, {@code 00000000:01:00.0}: the domain has eight digits there. */
    String busId() {
        int colon = address.indexOf(':');
        return "0".repeat(Math.max(0, 8 - colon)) + address.toUpperCase(Locale.ROOT);
    }
}
