// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.CommandPane;
import java.util.List;

/** What a command printed, in the lower half; the newest lines unless scrolled back. */
final class CommandSheet {
    private static final String HINT = "↑↓ history Tab complete";

    private CommandSheet() {}

    static void draw(Canvas canvas, Stage stage) {
        CommandPane pane = stage.scene().view().command();
        int columns = canvas.size().columns();
        int rows = Math.max(2, canvas.size().rows() / 2);
        int top = Math.max(0, canvas.size().rows() - 1 - rows);
        canvas.clear(top, rows);
        String state = pane.running() ? " … Ctrl-C cuts it" : "";
        String title = pane.command().isEmpty() ? ":" : ": " + pane.command() + state;
        new Title(canvas.cut(title, Math.max(1, columns - 28)), columns >= 40 ? HINT : "", 1)
                .draw(canvas.part(top, 0, columns, 1));
        boolean completing = !pane.completions().isEmpty();
        int shown = rows - 1 - (completing ? 1 : 0);
        List<String> output = pane.output();
        int scrolled = Math.max(0, stage.scene().view().overlay().scroll());
        int end = Math.max(Math.min(shown, output.size()), output.size() - scrolled);
        int first = Math.max(0, end - shown);
        for (int at = 0; at < Math.min(shown, end - first); at++) {
            canvas.put(top + 1 + at, 0, columns, output.get(first + at), Style.PLAIN);
        }
        if (completing) {
            canvas.put(top + rows - 1, 0, columns, String.join("  ", pane.completions()), Style.DIM);
        }
    }
}
