// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Metric;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.cell.Target;
import dev.llmtop.tui.state.Column;
import dev.llmtop.tui.state.TableView;
import dev.llmtop.tui.state.Trends.Trend;
import dev.llmtop.tui.table.ColumnLayout;
import dev.llmtop.tui.table.ColumnLayout.Place;
import dev.llmtop.tui.table.RowCells;
import dev.llmtop.tui.table.RowFigures;
import dev.llmtop.tui.table.TableCell;
import dev.llmtop.tui.table.TableRow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The table: its head, the rows around the selected one, a scroll bar where there are more. */
final class TablePane {
    private static final Duration TREND_WINDOW = Duration.ofMinutes(2);

    private final Canvas canvas;
    private final Stage stage;
    private final ColumnLayout columns;

    private TablePane(Canvas canvas, Stage stage) {
        this.canvas = canvas;
        this.stage = stage;
        this.columns = ColumnLayout.of(
                canvas.size().columns(), stage.scene().view().table().focus());
    }

    static void draw(Canvas canvas, Stage stage) {
        TablePane pane = new TablePane(canvas, stage);
        if (stage.table().rows().isEmpty()) {
            pane.empty();
        } else {
            pane.head();
            pane.rows();
        }
    }

    private void empty() {
        if (stage.table().allEngines() > 0) {
            head();
            canvas.put(1, 2, "No engine passes the filter.  / changes it, an empty one shows all.", Style.PLAIN);
        } else if (stage.scanning()) {
            head();
        } else {
            NothingFound.draw(canvas, stage);
        }
    }

    private void head() {
        TableView view = stage.scene().view().table();
        for (Place place : columns.places()) {
            Column column = place.column();
            boolean sorted = view.sort().filter(column::equals).isPresent();
            String title = column.title() + (sorted ? order(view, column) : "");
            Style style = Style.BOLD.reversed(column == view.focus());
            int at;
            if (column == Column.KV && barAt().isPresent()) {
                at = barAt().get().at() + 4;
                canvas.put(0, at, title, style);
            } else if (column.words()) {
                at = place.at();
                canvas.put(0, at, place.width(), title, style);
            } else {
                at = place.end() - canvas.width(title);
                canvas.put(0, at, title, style);
            }
            Column meant = column == Column.KV_BAR ? Column.KV : column;
            canvas.target(0, place.at(), place.width(), new Target(Target.Kind.COLUMN, meant.name()));
        }
    }

    private static String order(TableView view, Column column) {
        return column.words() == view.inverted() ? "▾" : "▴";
    }

    private Optional<Place> barAt() {
        return columns.places().stream()
                .filter(place -> place.column() == Column.KV_BAR)
                .findFirst();
    }

    private void rows() {
        List<TableRow> rows = stage.table().rows();
        int shown = canvas.size().rows() - 1;
        int selected = stage.selectedIndex();
        int first = Math.max(0, Math.min(rows.size() - shown, selected - shown / 2));
        for (int at = 0; at < Math.min(shown, rows.size()); at++) {
            row(at + 1, rows.get(first + at), first + at == selected);
        }
        if (rows.size() > shown) {
            scrollBar(first, shown, rows.size());
        }
    }

    private void scrollBar(int first, int shown, int all) {
        int thumb = Math.max(1, shown * shown / all);
        int top = all == shown ? 0 : Math.round((float) first / (all - shown) * (shown - thumb));
        for (int at = 0; at < shown; at++) {
            boolean held = at >= top && at < top + thumb;
            canvas.put(at + 1, canvas.size().columns() - 1, held ? "█" : "░", held ? Style.PLAIN : Style.DIM);
        }
    }

    private void row(int at, TableRow row, boolean selected) {
        StateSign.Sign sign = StateSign.of(row);
        canvas.put(at, 0, selected ? "▸" : " ", Style.BOLD);
        canvas.put(at, 1, sign.text(), sign.style());
        mark(at, row);
        RowCells cells = new RowCells(row, waiting(row));
        for (Place place : columns.places()) {
            switch (place.column()) {
                case KV_BAR -> kvBar(at, place, row);
                case TREND -> trend(at, place, row);
                default -> cell(at, place, cells.cell(place.column()), row);
            }
        }
        if (selected) {
            canvas.reverse(at, 1, canvas.size().columns() - 2);
        }
        canvas.target(
                at,
                0,
                canvas.size().columns() - 1,
                new Target(Target.Kind.ROW, row.id().text()));
    }

    /** That the figures are old, or that the user keeps the row at the top. */
    private void mark(int at, TableRow row) {
        double tick = stage.snapshot().agent().tickSeconds();
        Pressure age = row.gone().isPresent()
                ? Pressure.NONE
                : row.engine()
                        .measured()
                        .freshness()
                        .map(freshness -> Pressure.ofAge(freshness.ageSeconds(), tick))
                        .orElse(Pressure.NONE);
        if (age != Pressure.NONE && row.model().isEmpty()) {
            canvas.put(at, 2, TableCell.MARK, Style.of(age));
        } else if (stage.scene().view().table().marked().contains(row.id())) {
            canvas.put(at, 2, "+", Style.BOLD);
        }
    }

    private Pressure waiting(TableRow row) {
        return row.model().isPresent() || row.gone().isPresent()
                ? Pressure.NONE
                : stage.pressures().waiting(row.engine().identity().id());
    }

    private void cell(int at, Place place, TableCell cell, TableRow row) {
        Style style = cell.missing().isPresent() || row.gone().isPresent() ? Style.DIM : Style.of(cell.pressure());
        if (place.column().words()) {
            canvas.put(at, place.at(), place.width(), cell.text(), style);
        } else {
            String text = canvas.cut(cell.text(), place.width());
            canvas.putRight(at, place.end(), text, style);
        }
    }

    private void kvBar(int at, Place place, TableRow row) {
        new RowFigures(row)
                .known(Metric.KV_CACHE_USED_RATIO, Double.class)
                .ifPresent(ratio -> canvas.put(
                        at, place.at(), Bar.filled(ratio, place.width()), Style.of(Pressure.ofKvCache(ratio))));
    }

    private void trend(int at, Place place, TableRow row) {
        double[] values = stage.scene().trends().series(row.id(), Trend.DECODE, TREND_WINDOW, place.width());
        canvas.put(at, place.at(), place.width(), Sparkline.of(values), Style.PLAIN);
    }
}
