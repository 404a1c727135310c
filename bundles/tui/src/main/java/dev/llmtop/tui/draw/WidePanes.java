// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Pressure;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.Pane;
import dev.llmtop.tui.state.Part;
import dev.llmtop.tui.state.Trends.Trend;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Panes side by side on a wide screen: the selected row, memory and topology, events. */
final class WidePanes {
    private static final int REQUESTS = 2;
    private static final int TITLE_AND_TWO = 3;

    private final Canvas canvas;
    private final Stage stage;
    private final Set<Part> hidden;

    /** The column of the first border; that of the second, or the width where events are hidden. */
    private final int left;

    private final int right;

    /** Rows where titles stand in the first and in the second column of panes. */
    private final int requestsAt;

    private final int topologyAt;

    private WidePanes(Canvas canvas, Stage stage) {
        this.canvas = canvas;
        this.stage = stage;
        this.hidden = stage.scene().view().look().hidden();
        int columns = canvas.size().columns();
        int rows = canvas.size().rows();
        this.left = columns / 2;
        this.right = hidden.contains(Part.EVENTS) ? columns : left + columns / 4;
        int graphs = Math.max(4, rows - REQUESTS - 2 * TITLE_AND_TWO);
        this.requestsAt = hidden.contains(Part.GRAPHS) ? 0 : graphs;
        this.topologyAt = hidden.contains(Part.MEMORY) ? 0 : requestsAt == 0 ? rows / 2 : requestsAt;
    }

    static void draw(Canvas canvas, Stage stage) {
        WidePanes panes = new WidePanes(canvas, stage);
        panes.graphs();
        panes.selected();
        panes.middle();
        panes.events();
        panes.borders();
    }

    private void graphs() {
        int half = requestsAt / 2;
        if (requestsAt > 0) {
            new Graph(stage, Trend.DECODE, "decode tok/s").draw(canvas.part(0, 0, left, half), true, 1);
            new Graph(stage, Trend.PREFILL, "prefill tok/s")
                    .draw(canvas.part(half, 0, left, requestsAt - half), false, 1);
        }
    }

    private void selected() {
        new Title("requests").draw(canvas.part(requestsAt, 0, left, 1));
        stage.selected().ifPresent(row -> {
            Pressure waiting = row.model().isPresent()
                    ? Pressure.NONE
                    : stage.pressures().waiting(row.engine().identity().id());
            RequestsLine.draw(canvas.part(requestsAt + 1, 0, left, 1), row, waiting);
            LatencyPane.kv(canvas.part(requestsAt + REQUESTS, 0, left, TITLE_AND_TWO), row);
            LatencyPane.latency(canvas.part(requestsAt + REQUESTS + TITLE_AND_TWO, 0, left, TITLE_AND_TWO), row);
        });
    }

    private void middle() {
        int columns = right - left - 1;
        int rows = canvas.size().rows();
        if (topologyAt > 0) {
            Optional<MemoryTable> memory = MemoryTable.of(stage);
            new Title(memory.map(MemoryTable::title).orElse("memory")).draw(canvas.part(0, left + 1, columns, 1));
            Canvas below = canvas.part(1, left + 1, columns, topologyAt - 1);
            memory.ifPresentOrElse(
                    table -> table.draw(below, MemoryRow.selected(stage)),
                    () -> below.put(0, 0, columns, "not known: y says why", Style.DIM));
        }
        new Title("topology").draw(canvas.part(topologyAt, left + 1, columns, 1));
        TopologyPane.draw(canvas.part(topologyAt + 1, left + 1, columns, rows - topologyAt - 1), stage);
    }

    private void events() {
        int columns = canvas.size().columns() - right - 1;
        if (columns > 0) {
            new Title("events").draw(canvas.part(0, right + 1, columns, 1), stage, Pane.EVENTS);
            new EventLines(stage.scene())
                    .drawNarrow(canvas.part(1, right + 1, columns, canvas.size().rows() - 1));
        }
    }

    /** Lines between the panes, joined to the titles that meet them. */
    private void borders() {
        Set<Integer> titles = Set.copyOf(
                List.of(requestsAt / 2, requestsAt, requestsAt + REQUESTS, requestsAt + REQUESTS + TITLE_AND_TWO));
        for (int row = 0; row < canvas.size().rows(); row++) {
            boolean here = titles.contains(row);
            boolean there = row == topologyAt;
            String first = here && there ? "┼" : here ? "┤" : there ? "├" : "│";
            canvas.put(row, left, row == 0 ? "┬" : first, Style.DIM);
            canvas.put(row, right, row == 0 ? "┬" : there ? "┤" : "│", Style.DIM);
        }
    }
}
