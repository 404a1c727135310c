// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Pressure;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.Pane;
import dev.llmtop.tui.state.Part;
import dev.llmtop.tui.state.Trends.Trend;
import dev.llmtop.tui.table.TableRow;
import java.util.Optional;
import java.util.Set;

/** Panes side by side on a wide screen: the selected row, memory and topology, events. */
final class WidePanes {
    private static final int REQUESTS = 2;
    private static final int TITLE_AND_TWO = 3;

    private final Canvas canvas;
    private final Stage stage;
    private final int left;
    private final int right;
    private final int requestsAt;

    private WidePanes(Canvas canvas, Stage stage) {
        this.canvas = canvas;
        this.stage = stage;
        int columns = canvas.size().columns();
        this.left = columns / 2;
        this.right = left + columns / 4;
        int graphs = Math.max(4, canvas.size().rows() - REQUESTS - 2 * TITLE_AND_TWO);
        this.requestsAt = graphs;
    }

    static void draw(Canvas canvas, Stage stage) {
        WidePanes panes = new WidePanes(canvas, stage);
        panes.selected();
        panes.middle();
        panes.events();
        panes.borders();
    }

    private void selected() {
        int half = requestsAt / 2;
        Set<Part> hidden = stage.scene().view().look().hidden();
        if (!hidden.contains(Part.GRAPHS)) {
            new Graph(stage, Trend.DECODE, "decode tok/s").draw(canvas.part(0, 0, left, half), true, 1);
            new Graph(stage, Trend.PREFILL, "prefill tok/s")
                    .draw(canvas.part(half, 0, left, requestsAt - half), false, 1);
        } else {
            new Title("graphs are hidden, 4 shows them").draw(canvas.part(0, 0, left, 1));
        }
        Optional<TableRow> row = stage.selected();
        new Title("requests").draw(canvas.part(requestsAt, 0, left, 1));
        row.ifPresent(one -> {
            Pressure waiting = one.model().isPresent()
                    ? Pressure.NONE
                    : stage.pressures().waiting(one.engine().identity().id());
            RequestsLine.draw(canvas.part(requestsAt + 1, 0, left, 1), one, waiting);
            LatencyPane.kv(canvas.part(requestsAt + REQUESTS, 0, left, TITLE_AND_TWO), one);
            LatencyPane.latency(canvas.part(requestsAt + REQUESTS + TITLE_AND_TWO, 0, left, TITLE_AND_TWO), one);
        });
    }

    private void middle() {
        int columns = right - left - 1;
        Optional<MemoryTable> memory = MemoryTable.of(stage);
        new Title(memory.map(MemoryTable::title).orElse("memory")).draw(canvas.part(0, left + 1, columns, 1));
        Canvas below = canvas.part(1, left + 1, columns, requestsAt - 1);
        memory.ifPresentOrElse(
                table -> table.draw(below, MemoryRow.selected(stage)),
                () -> below.put(0, 0, columns, "not known: y says why", Style.DIM));
        new Title("topology").draw(canvas.part(requestsAt, left + 1, columns, 1));
        TopologyPane.draw(
                canvas.part(requestsAt + 1, left + 1, columns, canvas.size().rows() - requestsAt - 1), stage);
    }

    private void events() {
        int columns = canvas.size().columns() - right - 1;
        new Title("events").draw(canvas.part(0, right + 1, columns, 1), stage, Pane.EVENTS);
        new EventLines(stage.scene())
                .drawNarrow(canvas.part(1, right + 1, columns, canvas.size().rows() - 1));
    }

    /** Lines between the panes, joined to the titles that meet them. */
    private void borders() {
        for (int row = 0; row < canvas.size().rows(); row++) {
            boolean title = row == requestsAt / 2
                    || row == requestsAt + REQUESTS
                    || row == requestsAt + REQUESTS + TITLE_AND_TWO;
            String first = row == 0 ? "┬" : row == requestsAt ? "┼" : title ? "┤" : "│";
            String second = row == 0 ? "┬" : row == requestsAt ? "┤" : "│";
            canvas.put(row, left, first, Style.DIM);
            canvas.put(row, right, second, Style.DIM);
        }
    }
}
