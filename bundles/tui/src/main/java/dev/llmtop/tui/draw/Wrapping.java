// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.draw.Sheet.Line;
import dev.llmtop.tui.draw.Sheet.Stretch;
import java.util.ArrayList;
import java.util.List;

/** Cuts lines that are too long, at blanks where there are some. */
final class Wrapping {
    private static final int MOST_LINES = 40;

    private Wrapping() {}

    /** As many lines as a line needs. Its last stretch alone is cut, and goes on below where it began. */
    static List<Line> lines(Canvas canvas, Line line) {
        List<Line> lines = new ArrayList<>();
        int columns = canvas.size().columns();
        List<Stretch> before = line.stretches().subList(0, line.stretches().size() - 1);
        Stretch last = line.stretches().get(line.stretches().size() - 1);
        int used = before.stream().mapToInt(one -> canvas.width(one.text())).sum();
        int deep = Math.min(used, columns / 2);
        String rest = last.text();
        List<Stretch> head = new ArrayList<>(before);
        for (int count = 0; count < MOST_LINES && !rest.isEmpty(); count++) {
            int room = Math.max(1, columns - used);
            int end = end(canvas, rest, room);
            head.add(new Stretch(rest.substring(0, end), last.style()));
            lines.add(new Line(head));
            rest = rest.substring(end).stripLeading();
            head = new ArrayList<>(List.of(new Stretch(" ".repeat(deep), last.style())));
            used = deep;
        }
        return lines;
    }

    /** Where a text is cut so that it fits into so many cells. */
    static int end(Canvas canvas, String text, int cells) {
        int end = 0;
        int blank = -1;
        int left = cells;
        while (end < text.length()) {
            int next = end + Character.charCount(text.codePointAt(end));
            left -= canvas.width(text.substring(end, next));
            if (left < 0) {
                return blank > Math.min(8, cells / 2) ? blank : Math.max(end, Character.charCount(text.codePointAt(0)));
            }
            if (text.charAt(end) == ' ') {
                blank = end;
            }
            end = next;
        }
        return end;
    }
}
