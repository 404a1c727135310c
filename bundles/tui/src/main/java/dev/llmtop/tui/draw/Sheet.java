// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What an overlay shows: a title and lines that scroll.
 *
 * @param title at the left of its first line
 * @param hint at the right of it
 * @param lines below it
 */
record Sheet(String title, String hint, List<Line> lines) {
    Sheet {
        lines = List.copyOf(lines);
    }

    /** The hint of sheets that are only read. */
    static final String HINT = "Esc closes, / finds";

    /** A line of stretches. */
    record Line(List<Stretch> stretches) {
        Line {
            stretches = List.copyOf(stretches);
        }

        static Line of(String text) {
            return of(text, Style.PLAIN);
        }

        static Line of(String text, Style style) {
            return new Line(List.of(new Stretch(text, style)));
        }

        /** A name in bold, padded to so many characters, and what it means. */
        static Line of(String name, int cells, String text) {
            String padded = name + " ".repeat(Math.max(1, cells - name.length()));
            return new Line(List.of(new Stretch(padded, Style.BOLD), new Stretch(text, Style.PLAIN)));
        }

        String text() {
            StringBuilder text = new StringBuilder();
            stretches.forEach(one -> text.append(one.text()));
            return text.toString();
        }
    }

    /** Some text in one style. */
    record Stretch(String text, Style style) {}

    /** The same with lines cut into as many as they need; what follows the first stands below its last stretch. */
    Sheet wrapped(Canvas canvas) {
        List<Line> wrapped = new ArrayList<>();
        for (Line line : lines) {
            if (canvas.width(line.text()) <= canvas.size().columns()) {
                wrapped.add(line);
            } else {
                Wrapping.lines(canvas, line).forEach(wrapped::add);
            }
        }
        return new Sheet(title, hint, wrapped);
    }

    /** Draws it over the rows above the last one, at the bottom, as high as it needs. */
    void draw(Canvas canvas, int scroll, String find, int mostRows) {
        Canvas area = area(canvas, mostRows);
        int shown = area.size().rows() - 1;
        int first = Math.max(0, Math.min(scroll, lines.size() - shown));
        draw(area, first, at -> Finding.matches(lines.get(at).text(), find));
    }

    /** The same with one line selected instead of scrolled to. */
    void drawSelecting(Canvas canvas, int selected, int mostRows) {
        Canvas area = area(canvas, mostRows);
        int shown = area.size().rows() - 1;
        int chosen = Math.max(0, Math.min(lines.size() - 1, selected));
        int first = Math.max(0, Math.min(chosen - shown / 2, lines.size() - shown));
        draw(area, first, at -> at == chosen);
    }

    private Canvas area(Canvas canvas, int mostRows) {
        int rows = Math.min(Math.max(2, mostRows), lines.size() + 1);
        int top = canvas.size().rows() - 1 - rows;
        canvas.clear(top, rows);
        return canvas.part(top, 0, canvas.size().columns(), rows);
    }

    private void draw(Canvas area, int first, IntPredicate reversed) {
        int shown = area.size().rows() - 1;
        boolean more = lines.size() > shown;
        String place =
                more ? " " + (first + 1) + "-" + Math.min(lines.size(), first + shown) + " of " + lines.size() : "";
        title(area, place);
        for (int at = 0; at < Math.min(shown, lines.size()); at++) {
            line(area, at + 1, lines.get(first + at), reversed.test(first + at));
        }
    }

    private void title(Canvas area, String place) {
        int columns = area.size().columns();
        String right = hint.isEmpty() ? "" : " " + hint + " ";
        boolean fits = columns >= title.length() + place.length() + right.length() + 10;
        new Title(title + place, fits ? right : "", 3).draw(area.part(0, 0, columns, 1));
    }

    private static void line(Canvas canvas, int row, Line line, boolean reversed) {
        int at = 0;
        for (Stretch stretch : line.stretches()) {
            at = canvas.put(row, at, Math.max(0, canvas.size().columns() - at), stretch.text(), stretch.style());
        }
        if (reversed) {
            canvas.reverse(row, 0, Math.max(1, Math.min(canvas.size().columns(), at)));
        }
    }
}
