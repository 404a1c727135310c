// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Cells;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.Pane;
import dev.llmtop.tui.state.Trends.Trend;
import dev.llmtop.tui.table.TableRow;
import java.time.Duration;
import java.util.Optional;

/** One curve over the window, with its scale. */
final class Graph {
    private static final int LABEL = 4;
    private static final int ROWS_WITH_TIME = 6;

    private final Stage stage;
    private final Trend trend;
    private final String name;

    Graph(Stage stage, Trend trend, String name) {
        this.stage = stage;
        this.trend = trend;
        this.name = name;
    }

    /** @param dashes behind the title */
    void draw(Canvas canvas, boolean named, int dashes) {
        int columns = canvas.size().columns();
        int rows = canvas.size().rows() - 1;
        Optional<TableRow> row = stage.selected();
        String title = name
                + (named ? row.map(one -> ", " + EngineNames.name(one.engine())).orElse("") : "");
        double[] values = row.map(one -> values(one, columns - LABEL - 1)).orElse(new double[0]);
        double most = most(values);
        new Title(title, most > 0 ? "max " + Cells.number(most) : "", dashes).draw(canvas, stage, Pane.GRAPHS);
        if (rows < 1) {
            return;
        }
        boolean timed = rows >= ROWS_WITH_TIME;
        int drawn = timed ? rows - 1 : rows;
        String[] lines = BrailleGraph.rows(values, most, drawn);
        for (int at = 0; at < drawn; at++) {
            canvas.put(1 + at, LABEL, "┤", Style.DIM);
            canvas.put(1 + at, LABEL + 1, lines[at], Style.PLAIN);
        }
        canvas.putRight(1, LABEL, most > 0 ? Cells.number(most, LABEL) : "", Style.DIM);
        canvas.putRight(drawn, LABEL, "0", Style.DIM);
        if (timed) {
            time(canvas, drawn + 1);
        }
        if (most <= 0) {
            canvas.put(1 + drawn / 2, LABEL + 2, columns - LABEL - 2, nothing(values), Style.DIM);
        }
    }

    private void time(Canvas canvas, int row) {
        Duration window = stage.scene().view().time().window();
        int columns = canvas.size().columns();
        canvas.put(row, LABEL + 1, "-" + time(window), Style.DIM);
        canvas.put(row, LABEL + 1 + (columns - LABEL - 1) / 2, "-" + time(window.dividedBy(2)), Style.DIM);
        boolean back = !stage.scene().view().time().back().isZero();
        String end = back ? new ClockTimes(stage.scene()).of(stage.snapshot().time()) : "now";
        canvas.putRight(row, columns - 1, end, Style.DIM);
    }

    /** Without a part that is zero: {@code 2m}, {@code 1m30s}. */
    private static String time(Duration duration) {
        return Cells.duration(duration.toSeconds(), 7).replaceFirst("(?<=[a-z])00?[a-z]$", "");
    }

    private static String nothing(double[] values) {
        for (double value : values) {
            if (Double.isFinite(value)) {
                return "0 all the time";
            }
        }
        return "nothing known yet, or not told: y says why";
    }

    private double[] values(TableRow row, int cells) {
        Duration window = stage.scene().view().time().window();
        return stage.scene().trends().series(row.id(), trend, window, Math.max(2, cells * 2));
    }

    private static double most(double[] values) {
        double most = 0;
        for (double value : values) {
            most = Double.isFinite(value) ? Math.max(most, value) : most;
        }
        return most;
    }
}
