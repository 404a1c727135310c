// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Size;
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
        Canvas canvas = new Canvas(size, scene.view().look().ascii());
        return Overlays.sheet(canvas, Stage.of(scene, size))
                .map(sheet -> new OverlayText(
                        sheet.lines().stream().map(Sheet.Line::text).toList(),
                        Math.min(sheet.lines().size(), Overlays.mostRows(size) - 1)))
                .orElseGet(() -> new OverlayText(List.of(), 0));
    }

    /** The scroll that shows the next line with a text behind (or before) a scroll, going round; the same where there is none. */
    public int find(String text, int scroll, boolean backwards) {
        int count = lines.size();
        for (int step = 1; step <= count; step++) {
            int at = Math.floorMod(scroll + (backwards ? -step : step), count);
            if (Finding.matches(lines.get(at), text)) {
                return at;
            }
        }
        return scroll;
    }
}
