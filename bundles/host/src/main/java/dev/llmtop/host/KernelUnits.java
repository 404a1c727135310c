// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The units that the kernel counts in, from our own auxiliary vector (getauxval(3)): arm64 machines with pages of 64 KiB exist.
 *
 * @param ticksPerSecond clock ticks
 * @param pageBytes size of a page
 */
record KernelUnits(long ticksPerSecond, long pageBytes) {
    private static final int AT_PAGESZ = 6;
    private static final int AT_CLKTCK = 17;

    /** Reads them; the usual 100 and 4096 where they cannot be read. */
    static KernelUnits read(String proc, ProcFile file) {
        int length = Math.max(0, file.read(proc + "/self/auxv", 4096));
        ByteBuffer words = ByteBuffer.wrap(file.bytes(), 0, length).order(ByteOrder.nativeOrder());
        long ticks = 100;
        long page = 4096;
        while (words.remaining() >= 16) {
            long name = words.getLong();
            long value = words.getLong();
            if (name == AT_CLKTCK && value > 0) {
                ticks = value;
            } else if (name == AT_PAGESZ && value > 0) {
                page = value;
            }
        }
        return new KernelUnits(ticks, page);
    }
}
