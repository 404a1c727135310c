// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.Prompt;

/** The line that the user is typing, on the last row. */
final class PromptRow {
    private static final int RIGHT_MARGIN = 2;

    private PromptRow() {}

    static void draw(Canvas canvas, Prompt prompt, String result) {
        int columns = canvas.size().columns();
        String right = right(prompt, result);
        int rightAt = columns - RIGHT_MARGIN - canvas.width(right);
        boolean shown = rightAt > 12;
        if (shown) {
            canvas.put(0, rightAt, right, prompt.complaint().isEmpty() ? Style.DIM : Style.BOLD);
        }
        String lead = prompt.kind() == Prompt.Kind.COMMAND ? ": " : "/";
        int at = canvas.put(0, 0, lead, Style.BOLD);
        int room = (shown ? rightAt - 1 : columns) - at - 1;
        int cursor = Math.max(0, Math.min(prompt.cursor(), prompt.text().length()));
        String before = tail(canvas, prompt.text().substring(0, cursor), room);
        at = canvas.put(0, at, before, Style.PLAIN);
        String under = cursor < prompt.text().length() ? firstOf(prompt.text().substring(cursor)) : "_";
        Style style = under.equals("_") && cursor == prompt.text().length() ? Style.BOLD : Style.PLAIN.reversed(true);
        int end = canvas.put(0, at, under, style);
        String after = prompt.text()
                .substring(Math.min(
                        prompt.text().length(), cursor + (cursor < prompt.text().length() ? under.length() : 0)));
        canvas.put(0, end, Math.max(0, room + canvas.width(lead) + 1 - end), after, Style.PLAIN);
    }

    private static String right(Prompt prompt, String result) {
        if (!prompt.complaint().isEmpty()) {
            return "bad: " + prompt.complaint();
        }
        return switch (prompt.kind()) {
            case FILTER -> result + "   Enter keep  Esc undo";
            case FIND -> "Enter find  Esc undo";
            case COMMAND -> "";
        };
    }

    private static String firstOf(String text) {
        return text.substring(0, Character.charCount(text.codePointAt(0)));
    }

    /** The end of a text that is longer than there is room. */
    private static String tail(Canvas canvas, String text, int cells) {
        int from = 0;
        while (from < text.length() && canvas.width(text.substring(from)) > Math.max(0, cells)) {
            from += Character.charCount(text.codePointAt(from));
        }
        return text.substring(from);
    }
}
