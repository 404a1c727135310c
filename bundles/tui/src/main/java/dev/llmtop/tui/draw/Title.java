// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.cell.Target;

/** A line that begins a pane: its name at the left, something at the right. */
final class Title {
    private Title() {}

    static void draw(Canvas canvas, String name) {
        draw(canvas, name, "", 1);
    }

    /** @param dashes how many follow what stands at the right */
    static void draw(Canvas canvas, String name, String right, int dashes) {
        int columns = canvas.size().columns();
        canvas.fill(0, 0, columns, "─", Style.DIM);
        int end = canvas.put(0, 1, Math.max(0, columns - 2), name, Style.BOLD);
        int from = columns - dashes - canvas.width(right);
        if (!right.isEmpty() && from > end) {
            canvas.put(0, from, right, Style.PLAIN);
        }
        canvas.target(0, 0, columns, new Target(Target.Kind.PANE, name.split("[, ]")[0]));
    }
}
