// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.Column;
import dev.llmtop.tui.table.RowCells;
import dev.llmtop.tui.table.RowFacts;
import dev.llmtop.tui.table.TableRow;
import java.util.ArrayList;
import java.util.List;

/** The table as plain text to be copied: no borders, no bars, ids whole. */
final class CopyPage {
    private static final List<Column> FIGURES = List.of(
            Column.DECODE, Column.PREFILL, Column.RUN, Column.WAIT, Column.KV, Column.TTFT, Column.MEM, Column.PID);

    private CopyPage() {}

    static void draw(Canvas canvas, Stage stage) {
        int rows = canvas.size().rows();
        canvas.clear(0, rows);
        int columns = canvas.size().columns();
        canvas.put(0, 0, columns, "llmtop: mark with the mouse; any key goes back", Style.PLAIN);
        int selected = Math.max(0, stage.selectedIndex());
        int at = 1;
        List<TableRow> all = stage.table().rows();
        for (int index = 0; index < all.size() && at < rows; index++) {
            // From the selected row on, since not all may fit.
            TableRow row = all.get((selected + index) % all.size());
            for (String line : lines(row)) {
                for (Sheet.Line part : Wrapping.lines(canvas, Sheet.Line.of(line))) {
                    if (at < rows) {
                        canvas.put(at++, 0, part.text(), Style.PLAIN);
                    }
                }
            }
        }
    }

    private static List<String> lines(TableRow row) {
        RowCells cells = new RowCells(row);
        List<String> lines = new ArrayList<>();
        String version = row.engine()
                .identity()
                .version()
                .known()
                .map(text -> " " + text)
                .orElse("");
        lines.add(row.model()
                .map(model -> model.id())
                .orElse(row.engine().identity().title() + version + " "
                        + row.engine().placement().url() + " "
                        + row.engine().identity().state().code() + " "
                        + new RowFacts(row)
                                .modelId()
                                .orElseGet(() -> cells.cell(Column.MODEL).text())));
        List<String> figures = new ArrayList<>();
        for (Column column : FIGURES) {
            String text = cells.cell(column).text();
            if (!text.isEmpty()) {
                figures.add(column.title() + " " + text);
            }
        }
        if (!figures.isEmpty()) {
            lines.add("  " + String.join("  ", figures));
        }
        return lines;
    }
}
