// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;

/** Panes side by side on a wide screen. */
final class WidePanes {
    private WidePanes() {}

    static void draw(Canvas canvas, Stage stage) {
        new EventLines(stage.scene()).drawNarrow(canvas);
    }
}
