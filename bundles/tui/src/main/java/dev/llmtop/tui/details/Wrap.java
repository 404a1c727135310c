// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.cell.TextWidth;
import java.util.ArrayList;
import java.util.List;

/** Breaks text at blanks, and words that are longer than a row between characters: nothing is lost, whatever the width. */
final class Wrap {
    private final int room;
    private final List<List<Span>> rows = new ArrayList<>();
    private List<Span> row = new ArrayList<>();
    private int used;

    private Wrap(int room) {
        this.room = Math.max(4, room);
    }

    /** The spans in rows of at most so many cells; at least one row. */
    static List<List<Span>> rows(List<Span> spans, int room) {
        Wrap wrap = new Wrap(room);
        for (Span span : spans) {
            wrap.add(span);
        }
        wrap.rows.add(wrap.row);
        return wrap.rows;
    }

    private void add(Span span) {
        String text = span.text();
        int at = 0;
        while (at < text.length()) {
            int word = at;
            while (word < text.length() && text.charAt(word) == ' ') {
                word++;
            }
            int end = text.indexOf(' ', word);
            end = end < 0 ? text.length() : end;
            blanks(word - at, span.style());
            if (end > word) {
                word(text.substring(word, end), span.style());
            }
            at = end;
        }
    }

    private void blanks(int count, Style style) {
        if (count > 0 && used > 0 && used + count < room) {
            put(" ".repeat(count), count, style);
        }
    }

    private void word(String word, Style style) {
        int cells = TextWidth.of(word);
        if (used + cells > room && used > 0 && (cells <= room || used > room / 2)) {
            breakRow();
        }
        int from = 0;
        int width = 0;
        for (int at = 0; at < word.length(); at += Character.charCount(word.codePointAt(at))) {
            int next = TextWidth.of(word.codePointAt(at));
            if (used + width + next > room) {
                put(word.substring(from, at), width, style);
                breakRow();
                from = at;
                width = 0;
            }
            width += next;
        }
        put(word.substring(from), width, style);
    }

    private void breakRow() {
        rows.add(row);
        row = new ArrayList<>();
        used = 0;
    }

    private void put(String text, int cells, Style style) {
        if (!text.isEmpty()) {
            row.add(new Span(text, style));
            used += cells;
        }
    }
}
