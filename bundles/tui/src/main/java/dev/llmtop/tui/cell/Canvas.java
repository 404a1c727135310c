// SPDX-License-Identifier: MIT
package dev.llmtop.tui.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A rectangle to draw into, clipped at its borders; a wide character that does not fit is left out whole. Not safe for several
 * threads.
 */
public final class Canvas {
    /** The text of the second cell of a wide character. */
    static final String CONTINUED = "";

    private static final int MOST_MARKS = 3;

    private final Surface surface;
    private final int top;
    private final int left;
    private final Size size;

    /** All of a frame of this size, blank. */
    public Canvas(Size size) {
        this(size, false);
    }

    /**
     * All of a frame of this size, blank.
     *
     * @param ascii whether all that is written is turned into ASCII; renderers write the same signs either way, and ask
     *     {@link #width} and {@link #cut} since some signs take more cells then
     */
    public Canvas(Size size, boolean ascii) {
        this(new Surface(size, ascii), 0, 0, size);
    }

    private Canvas(Surface surface, int top, int left, Size size) {
        this.surface = surface;
        this.top = top;
        this.left = left;
        this.size = size;
    }

    private static final class Surface {
        private final Size size;
        private final boolean ascii;
        private final String[][] texts;
        private final Style[][] styles;
        private final List<Frame.Region> regions = new ArrayList<>();

        Surface(Size size, boolean ascii) {
            this.size = size;
            this.ascii = ascii;
            texts = new String[size.rows()][size.columns()];
            styles = new Style[size.rows()][size.columns()];
            for (int row = 0; row < size.rows(); row++) {
                Arrays.fill(texts[row], " ");
                Arrays.fill(styles[row], Style.PLAIN);
            }
        }

        void set(int row, int column, String text, Style style) {
            String old = texts[row][column];
            if (old.equals(CONTINUED) && column > 0) {
                texts[row][column - 1] = " ";
            } else if (column + 1 < size.columns() && texts[row][column + 1].equals(CONTINUED)) {
                texts[row][column + 1] = " ";
            }
            texts[row][column] = text;
            styles[row][column] = style;
        }
    }

    /** Its size. */
    public Size size() {
        return size;
    }

    /** A part of it; cut where it would stand out. */
    public Canvas part(int row, int column, int columns, int rows) {
        return new Canvas(
                surface,
                top + row,
                left + column,
                new Size(Math.min(columns, size.columns() - column), Math.min(rows, size.rows() - row)));
    }

    /** Cells that a text takes here. */
    public int width(String text) {
        return TextWidth.of(signs(text));
    }

    /** As much of a text as fits into so many cells; where it was cut it ends in an ellipsis. */
    public String cut(String text, int cells) {
        if (width(text) <= cells) {
            return text;
        }
        String ellipsis = width("…") <= cells ? "…" : "";
        int left = cells - width(ellipsis);
        int end = 0;
        while (end < text.length()) {
            int next = endOfCluster(text, end);
            left -= width(text.substring(end, next));
            if (left < 0) {
                break;
            }
            end = next;
        }
        return text.substring(0, end) + ellipsis;
    }

    private String signs(String text) {
        return surface.ascii ? Glyphs.ascii(text) : text;
    }

    /** Writes text from a cell on, to the right border at most; returns the column behind it. */
    public int put(int row, int column, String unicode, Style style) {
        String text = signs(unicode);
        int at = column;
        for (int index = 0; index < text.length(); ) {
            int end = endOfCluster(text, index);
            int width = TextWidth.of(text.codePointAt(index));
            if (width > 0) {
                cell(row, at, printed(text, index, end), width, style);
                at += width;
            }
            index = end;
        }
        return at;
    }

    /** A base character with all that takes no cell of its own behind it. */
    private static int endOfCluster(String text, int start) {
        int index = start + Character.charCount(text.codePointAt(start));
        while (index < text.length() && TextWidth.of(text.codePointAt(index)) == 0) {
            index += Character.charCount(text.codePointAt(index));
        }
        return index;
    }

    /** A base character with the first marks that combine with it; whatever else takes no cell never reaches a terminal. */
    private static String printed(String text, int start, int end) {
        int index = start + Character.charCount(text.codePointAt(start));
        if (index == end) {
            return text.substring(start, end);
        }
        StringBuilder cluster = new StringBuilder(text.substring(start, index));
        for (int marks = 0; index < end && marks < MOST_MARKS; ) {
            int point = text.codePointAt(index);
            if (TextWidth.combines(point)) {
                cluster.appendCodePoint(point);
                marks++;
            }
            index += Character.charCount(point);
        }
        return cluster.toString();
    }

    private void cell(int row, int column, String cluster, int width, Style style) {
        if (row < 0 || row >= size.rows() || column < 0 || column + width > size.columns()) {
            return;
        }
        surface.set(top + row, left + column, cluster, style);
        if (width == 2) {
            surface.set(top + row, left + column + 1, CONTINUED, style);
        }
    }

    /** Writes text that ends before a column. */
    public void putRight(int row, int endColumn, String text, Style style) {
        put(row, endColumn - width(text), text, style);
    }

    /** Writes text into so many cells, cut where it is longer; returns the column behind it. */
    public int put(int row, int column, int cells, String text, Style style) {
        return put(row, column, cut(text, cells), style);
    }

    /** Makes a stretch of rows blank, and takes from the mouse what was there. */
    public void clear(int row, int rows) {
        for (int at = Math.max(0, row); at < Math.min(size.rows(), row + rows); at++) {
            fill(at, 0, size.columns(), " ", Style.PLAIN);
            int cleared = top + at;
            surface.regions.removeIf(region -> region.row() == cleared);
        }
    }

    /** Fills a stretch of one row. */
    public void fill(int row, int column, int columns, String character, Style style) {
        for (int at = column; at < column + columns; at++) {
            put(row, at, character, style);
        }
    }

    /** Turns the style of a stretch of a row into its selected form. */
    public void reverse(int row, int column, int columns) {
        for (int at = Math.max(0, column); at < Math.min(size.columns(), column + columns); at++) {
            Style[] styles = surface.styles[top + row];
            styles[left + at] = styles[left + at].reversed(true);
        }
    }

    /** Says what a click on a stretch of a row means; what is said later lies above. */
    public void target(int row, int column, int columns, Target target) {
        surface.regions.add(new Frame.Region(top + row, left + column, columns, target));
    }

    /** What was drawn. */
    public Frame frame() {
        return new Frame(surface.size, surface.texts, surface.styles, surface.regions);
    }
}
