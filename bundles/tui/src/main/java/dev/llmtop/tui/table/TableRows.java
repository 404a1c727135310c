// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.state.Scene;
import java.util.List;

/** The rows of the table, in their order. */
public final class TableRows {
    private TableRows() {}

    /** Every row that a scene has at a size, from the first to the last, also those that are scrolled away. */
    public static List<TableRow> of(Scene scene, Size size) {
        return TableModel.of(scene, size).rows();
    }
}
