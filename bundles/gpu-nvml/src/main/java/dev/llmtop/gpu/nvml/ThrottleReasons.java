// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import java.util.ArrayList;
import java.util.List;

/** What holds the clocks down. Names and bits: {@code nvmlClocksEventReason*} of nvml.h. */
final class ThrottleReasons {
    /** An idle card, clocks that the user set and those that a display needs are no trouble. */
    private static final long HARMLESS = 0x1 | 0x2 | 0x100;

    private static final List<String> NAMES = List.of(
            "GpuIdle",
            "ApplicationsClocksSetting",
            "SwPowerCap",
            "HwSlowdown",
            "SyncBoost",
            "SwThermalSlowdown",
            "HwThermalSlowdown",
            "HwPowerBrakeSlowdown",
            "DisplayClockSetting");

    private ThrottleReasons() {}

    /** The reasons but the harmless ones; a bit that nobody knows by its number. */
    static List<String> of(long bits) {
        List<String> reasons = new ArrayList<>();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long mask = 1L << bit;
            if ((bits & mask & ~HARMLESS) != 0) {
                reasons.add(bit < NAMES.size() ? NAMES.get(bit) : "0x" + Long.toHexString(mask));
            }
        }
        return reasons;
    }
}
