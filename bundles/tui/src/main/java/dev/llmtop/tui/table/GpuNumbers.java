// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import java.util.List;

/** Which GPUs, in three cells: {@code 0}, {@code 0-3}, {@code 0,2}, and where that is too long their number: {@code 5x}. */
final class GpuNumbers {
    private static final int CELLS = 3;

    private GpuNumbers() {}

    static String of(List<Integer> ascending) {
        if (ascending.isEmpty()) {
            return "";
        }
        int first = ascending.get(0);
        int last = ascending.get(ascending.size() - 1);
        boolean unbroken = last - first == ascending.size() - 1;
        String text = ascending.size() == 1
                ? Integer.toString(first)
                : ascending.size() == 2 ? first + "," + last : unbroken ? first + "-" + last : "";
        return text.isEmpty() || text.length() > CELLS ? ascending.size() + "x" : text;
    }
}
