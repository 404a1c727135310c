// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.cell.TextWidth;
import java.util.ArrayList;
import java.util.List;

/** Lines of a tab as they are collected. Not safe for several threads. */
final class Sheet {
    /** Cells before what a label is for. */
    static final int LABEL = 10;

    private final int columns;
    private final List<Line> lines = new ArrayList<>();

    Sheet(int columns) {
        this.columns = Math.max(LABEL + 10, columns);
    }

    int columns() {
        return columns;
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    void blank() {
        lines.add(Line.BLANK);
    }

    void head(String text) {
        lines.add(Line.of(Span.bold(text)));
    }

    void add(Line line) {
        lines.add(line);
    }

    /** Text behind a label, in as many rows as it takes. */
    void labelled(String label, Span... spans) {
        indented(label, LABEL, List.of(spans));
    }

    /** Text behind a label of so many cells; rows below the first stand under the text. */
    void indented(String label, int indent, List<Span> spans) {
        String padded = label + " ".repeat(Math.max(0, indent - TextWidth.of(label)));
        for (List<Span> row : Wrap.rows(spans, columns - indent)) {
            List<Span> whole = new ArrayList<>();
            whole.add(new Span(padded, Style.PLAIN));
            whole.addAll(row);
            lines.add(new Line(whole));
            padded = " ".repeat(indent);
        }
    }

    /** The text with blanks up to a width in cells, one at least. */
    static String pad(String text, int cells) {
        return text + " ".repeat(Math.max(1, cells - TextWidth.of(text)));
    }

    /** The text with blanks before it. */
    static String right(String text, int cells) {
        return " ".repeat(Math.max(0, cells - TextWidth.of(text))) + text;
    }
}
