// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

/**
 * Rows of the screen that belong to one part.
 *
 * @param top the first one
 * @param rows how many; 0 where the part is not shown
 */
public record Band(int top, int rows) {
    /** Not shown. */
    public static final Band NONE = new Band(0, 0);

    /** Whether it is there. */
    public boolean shown() {
        return rows > 0;
    }
}
