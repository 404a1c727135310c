// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.amd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code gpu_metrics} alone tells: why the clocks are held down. Of format 1.3, whose layout was checked against a card's
 * sensors; the bits are those that the driver translates for every chip (drivers/gpu/drm/amd/pm/swsmu/inc/amdgpu_smu.h,
 * SMU_THROTTLER_*).
 */
final class GpuMetricsTable {
    private static final int LENGTH = 120;
    private static final int THROTTLE = 112;
    private static final long NO_VALUE = -1L;

    private static final Map<Integer, String> REASONS = new TreeMap<>(Map.ofEntries(
            Map.entry(0, "PPT0"),
            Map.entry(1, "PPT1"),
            Map.entry(2, "PPT2"),
            Map.entry(3, "PPT3"),
            Map.entry(4, "SPL"),
            Map.entry(5, "FPPT"),
            Map.entry(6, "SPPT"),
            Map.entry(7, "SPPT_APU"),
            Map.entry(16, "TDC_GFX"),
            Map.entry(17, "TDC_SOC"),
            Map.entry(18, "TDC_MEM"),
            Map.entry(19, "TDC_VDD"),
            Map.entry(20, "TDC_CVIP"),
            Map.entry(21, "EDC_CPU"),
            Map.entry(22, "EDC_GFX"),
            Map.entry(23, "APCC"),
            Map.entry(32, "TEMP_GPU"),
            Map.entry(33, "TEMP_CORE"),
            Map.entry(34, "TEMP_MEM"),
            Map.entry(35, "TEMP_EDGE"),
            Map.entry(36, "TEMP_HOTSPOT"),
            Map.entry(37, "TEMP_SOC"),
            Map.entry(38, "TEMP_VR_GFX"),
            Map.entry(39, "TEMP_VR_SOC"),
            Map.entry(40, "TEMP_VR_MEM0"),
            Map.entry(41, "TEMP_VR_MEM1"),
            Map.entry(42, "TEMP_LIQUID0"),
            Map.entry(43, "TEMP_LIQUID1"),
            Map.entry(44, "VRHOT0"),
            Map.entry(45, "VRHOT1"),
            Map.entry(46, "PROCHOT_CPU"),
            Map.entry(47, "PROCHOT_GFX"),
            Map.entry(56, "PPM"),
            Map.entry(57, "FIT")));

    private GpuMetricsTable() {}

    /** The reasons in the order of their bits, those of heat marked so; none of another format. */
    static List<String> throttle(byte[] table) {
        List<String> reasons = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
        if (table.length < LENGTH || bytes.getShort(0) != LENGTH || table[2] != 1 || table[3] != 3) {
            return reasons;
        }
        long bits = bytes.getLong(THROTTLE);
        if (bits == NO_VALUE) {
            return reasons;
        }
        for (int bit = 0; bit < Long.SIZE; bit++) {
            if ((bits >>> bit & 1) == 1) {
                String name = REASONS.getOrDefault(bit, "bit " + bit);
                reasons.add(bit >= 32 && bit <= 47 ? name + " (thermal)" : name);
            }
        }
        return reasons;
    }
}
