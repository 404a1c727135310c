// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Chooses the columns that fit a page, and writes the rows under them. */
final class EngineTable {
    private static final int MOST_ENGINE = 14;
    private static final int LEAST_MODEL = 12;
    private static final int COMFORTABLE_MODEL = 17;
    private static final int MOST_MODEL = 40;
    private static final int MOST_FURTHER = 24;

    private final Page page;
    private final List<Row> rows;
    private final Map<Column, Integer> widths = new EnumMap<>(Column.class);
    private final List<Column> columns;

    EngineTable(Page page, List<Row> rows) {
        this.page = page;
        this.rows = rows;
        this.columns = choose();
    }

    /** The columns shown, in their order. */
    List<Column> columns() {
        return columns;
    }

    /** The head and a line for each row; no line is wider than the page, blanks at the end cut. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder();
        columns.forEach(column -> append(head, column, column.title()));
        lines.add(head.toString().stripTrailing());
        for (Row row : rows) {
            StringBuilder line = new StringBuilder();
            columns.forEach(
                    column -> append(line, column, page.plain(row.cell(column).text())));
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private void append(StringBuilder line, Column column, String text) {
        int width = widths.getOrDefault(column, 0);
        line.append(line.isEmpty() ? "" : " ").append(Page.fill(Page.cut(text, width), width, column.right()));
    }

    private List<Column> choose() {
        List<Column> chosen = new ArrayList<>();
        int room = page.width() + 1;
        for (Column column : Column.BASE) {
            int width = column == Column.MODEL ? Math.min(natural(column), LEAST_MODEL) : natural(column);
            if (width + 1 > room) {
                break;
            }
            widths.put(column, width);
            chosen.add(column);
            room -= width + 1;
        }
        boolean whole = chosen.size() == Column.BASE.size();
        boolean wide = whole && chooseFurther(chosen, room);
        int used = chosen.stream()
                        .mapToInt(column -> widths.getOrDefault(column, 0) + 1)
                        .sum()
                - 1;
        widths.computeIfPresent(
                Column.MODEL, (column, width) -> Math.min(natural(column), width + Math.max(0, page.width() - used)));
        chosen.sort(null);
        if (!wide && chosen.remove(Column.STATE)) {
            chosen.add(Column.STATE);
        }
        return List.copyOf(chosen);
    }

    /** Adds further columns while the model stays readable; whether there was room for one. */
    private boolean chooseFurther(List<Column> chosen, int roomAtLeastModel) {
        int model = widths.getOrDefault(Column.MODEL, 0);
        int room = roomAtLeastModel - (Math.min(natural(Column.MODEL), COMFORTABLE_MODEL) - model);
        boolean any = false;
        for (Column column : Column.FURTHER) {
            boolean empty =
                    rows.stream().allMatch(row -> row.cell(column).text().isEmpty());
            int width = natural(column);
            if (empty) {
                continue;
            }
            if (width + 1 > room) {
                break;
            }
            widths.put(column, width);
            chosen.add(column);
            room -= width + 1;
            any = true;
        }
        return any;
    }

    private int natural(Column column) {
        int widest = rows.stream()
                .mapToInt(row -> Page.cells(page.plain(row.cell(column).text())))
                .max()
                .orElse(0);
        int most = switch (column) {
            case ENGINE -> MOST_ENGINE;
            case MODEL -> MOST_MODEL;
            default -> MOST_FURTHER;
        };
        return Math.max(column.least(), Math.min(widest, most));
    }
}
