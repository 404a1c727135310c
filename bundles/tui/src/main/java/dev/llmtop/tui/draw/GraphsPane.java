// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.state.Trends.Trend;

/** Tokens out of the selected row and into it, side by side. */
final class GraphsPane {
    private GraphsPane() {}

    static void draw(Canvas canvas, Stage stage) {
        int columns = canvas.size().columns();
        int rows = canvas.size().rows();
        int left = columns / 2;
        new Graph(stage, Trend.DECODE, "decode tok/s").draw(canvas.part(0, 0, left, rows), true, 3);
        new Graph(stage, Trend.PREFILL, "prefill tok/s").draw(canvas.part(0, left, columns - left, rows), false, 2);
    }
}
