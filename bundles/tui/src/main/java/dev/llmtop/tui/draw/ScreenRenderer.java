// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.Scene;

/** Draws the whole screen. Pure. */
public final class ScreenRenderer {
    /** The frame of a scene at a size; never fails, whatever the size. */
    public Frame draw(Scene scene, Size size) {
        Canvas canvas = new Canvas(size);
        canvas.put(0, 0, "llmtop " + scene.snapshot().machine().host().name(), Style.PLAIN);
        return canvas.frame();
    }
}
