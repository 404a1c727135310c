// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import java.util.Arrays;

/** A set of 64-bit hashes. A collision costs one series of a page, once in 10^11 pages of the largest size. */
final class SeriesSet {
    private long[] slots = new long[512];
    private int size;

    /** Adds a hash; {@code false} where it was there. */
    boolean add(long hash) {
        long entry = hash == 0 ? 1 : hash;
        if (2 * size >= slots.length) {
            grow();
        }
        if (!place(slots, entry)) {
            return false;
        }
        size++;
        return true;
    }

    private void grow() {
        long[] larger = new long[4 * slots.length];
        Arrays.stream(slots).filter(entry -> entry != 0).forEach(entry -> place(larger, entry));
        slots = larger;
    }

    private static boolean place(long[] slots, long entry) {
        int at = (int) (entry ^ entry >>> 32) & slots.length - 1;
        while (slots[at] != 0) {
            if (slots[at] == entry) {
                return false;
            }
            at = at + 1 & slots.length - 1;
        }
        slots[at] = entry;
        return true;
    }
}
