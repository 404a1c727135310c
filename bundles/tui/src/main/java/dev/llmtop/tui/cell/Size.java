// SPDX-License-Identifier: MIT
package dev.llmtop.tui.cell;

/**
 * The size of a screen or a part of it, in cells.
 *
 * @param columns at least 1
 * @param rows at least 1
 */
public record Size(int columns, int rows) {
    public Size {
        columns = Math.max(1, columns);
        rows = Math.max(1, rows);
    }
}
