// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import dev.llmtop.model.Text;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A list, so that scripts can walk it, that knows how to be read as a table. */
final class Table<T> extends AbstractList<T> {
    private static final int WIDEST = 60;

    private final List<T> rows;
    private final List<Column<T>> columns;

    /**
     * One column.
     *
     * @param right whether its values stand at its right edge
     */
    record Column<T>(String title, boolean right, Function<T, String> cell) {
        static <T> Column<T> text(String title, Function<T, String> cell) {
            return new Column<>(title, false, cell);
        }

        static <T> Column<T> number(String title, Function<T, String> cell) {
            return new Column<>(title, true, cell);
        }
    }

    Table(List<T> rows, List<Column<T>> columns) {
        this.rows = List.copyOf(rows);
        this.columns = List.copyOf(columns);
    }

    @Override
    public T get(int index) {
        return rows.get(index);
    }

    @Override
    public int size() {
        return rows.size();
    }

    /** The head and a line for each row; the last column is as long as it is. */
    String text() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns.stream().map(Column::title).toList());
        for (T row : rows) {
            lines.add(columns.stream()
                    .map(column -> Text.clean(column.cell().apply(row)))
                    .toList());
        }
        int[] widths = new int[columns.size()];
        for (List<String> line : lines) {
            for (int at = 0; at < widths.length; at++) {
                widths[at] = Math.max(widths[at], Math.min(WIDEST, line.get(at).length()));
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            text.append(text.isEmpty() ? "" : "\n").append(line(line, widths));
        }
        return text.toString();
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int at = 0; at < widths.length; at++) {
            String cell = cells.get(at);
            String blanks = " ".repeat(Math.max(0, widths[at] - cell.length()));
            line.append(at == 0 ? "" : "  ").append(columns.get(at).right() ? blanks + cell : cell + blanks);
        }
        return line.toString().stripTrailing();
    }
}
