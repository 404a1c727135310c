// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.Scene;

/** The details of the selected row, in the place of the main screen. */
final class Details {
    void draw(Canvas canvas, Scene scene) {
        scene.view().selection().ifPresent(row -> canvas.put(
                0, 0, canvas.size().columns(), EngineNames.name(scene, row.engine()), Style.BOLD));
    }
}
