// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.cell.Target;
import dev.llmtop.tui.state.Pane;

/**
 * A line that begins a part of the screen.
 *
 * @param name at its left
 * @param right at its right; may be empty
 * @param dashes how many follow what stands at the right
 */
record Title(String name, String right, int dashes) {
    Title(String name) {
        this(name, "", 1);
    }

    /** Of a part that takes no focus. */
    void draw(Canvas canvas) {
        draw(canvas, false);
    }

    /** Of a pane: bold and with a mark where it has the focus. */
    void draw(Canvas canvas, Stage stage, Pane pane) {
        draw(canvas, stage.scene().view().pane() == pane);
        canvas.target(0, 0, canvas.size().columns(), new Target(Target.Kind.PANE, pane.name()));
    }

    private void draw(Canvas canvas, boolean focused) {
        int columns = canvas.size().columns();
        canvas.fill(0, 0, columns, "─", Style.DIM);
        if (focused) {
            canvas.put(0, 0, "▸", Style.BOLD);
        }
        int end = canvas.put(0, 1, Math.max(0, columns - 2), name, focused ? Style.BOLD : Style.PLAIN);
        int from = columns - dashes - canvas.width(right);
        if (!right.isEmpty() && from > end) {
            canvas.put(0, from, right, Style.PLAIN);
        }
    }
}
