// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.state.Overlay;
import dev.llmtop.tui.state.Scene;
import java.util.List;

/**
 * The text of an overlay that scrolls, for whoever scrolls it and looks for words in it.
 *
 * @param lines all of them, as they are drawn; empty where the overlay is none that scrolls by lines
 * @param shown how many are in sight at once
 */
public record OverlayText(List<String> lines, int shown) {
    public OverlayText {
        lines = List.copyOf(lines);
    }

    /** Of the overlay of a scene at a size. */
    public static OverlayText of(Scene scene, Size size) {
        if (scene.view().overlay().kind() == Overlay.Kind.DETAILS) {
            return new OverlayText(Details.lines(scene, size), Details.room(size));
        }
        Canvas canvas = new Canvas(size, scene.view().look().ascii());
        return Overlays.sheet(canvas, Stage.of(scene, size))
                .map(sheet -> new OverlayText(
                        sheet.lines().stream().map(Sheet.Line::text).toList(),
                        Math.min(sheet.lines().size(), Overlays.mostRows(size) - 1)))
                .orElseGet(() -> new OverlayText(List.of(), 0));
    }
}
