// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

/** Versions of NVIDIA's driver, such as {@code 535.54.03}. */
final class DriverVersion {
    private DriverVersion() {}

    /**
     * Whether a driver writes lists of processes wider than their layout says: from 535.43 to before 535.86. Source:
     * wookayin/gpustat gpustat/nvml.py and its issue 161.
     */
    static boolean misplacesProcessMemory(String version) {
        String[] parts = version.split("\\.", -1);
        try {
            int minor = parts.length < 2 ? -1 : Integer.parseInt(parts[1]);
            return Integer.parseInt(parts[0]) == 535 && minor >= 43 && minor < 86;
        } catch (NumberFormatException noVersion) {
            return false;
        }
    }
}
