// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Palette;
import dev.llmtop.tui.cell.Palette.Depth;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.cell.TextWidth;
import dev.llmtop.tui.state.Look;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns frames into what the terminal must be sent: the changed cells alone. One screen each; not safe for several threads. */
final class FrameWriter {
    /** Rewriting so many unchanged cells is shorter than moving the cursor over them. */
    private static final int SHORT_GAP = 4;

    /** From so many blanks on, clearing to the end of the line is shorter. */
    private static final int LONG_BLANK = 6;

    private final Depth depth;
    private @Nullable Frame before;
    private Palette palette = Palette.MONO;

    FrameWriter(Depth depth) {
        this.depth = depth;
    }

    /** The screen is blank again. */
    void forget() {
        before = null;
    }

    /** The bytes that turn the screen from the frame before into this one; empty where nothing changed. */
    String changes(Frame frame, Look look) {
        Palette wanted = Colours.palette(look.theme(), depth);
        StringBuilder out = new StringBuilder();
        if (before != null && (!before.size().equals(frame.size()) || !palette.equals(wanted))) {
            before = null;
            out.append("\u001b[0m\u001b[2J");
        }
        palette = wanted;
        Pen pen = new Pen(out);
        Size size = frame.size();
        for (int row = 0; row < size.rows(); row++) {
            row(frame, row, pen);
        }
        before = frame;
        return out.toString();
    }

    private void row(Frame frame, int row, Pen pen) {
        int blankFrom = blankFrom(frame, row);
        int columns = frame.size().columns();
        for (int column = 0; column < columns; column++) {
            boolean wide = isWide(frame, row, column);
            if (!changed(frame, row, column) && !(wide && changed(frame, row, column + 1))) {
                continue;
            }
            if (column >= blankFrom && columns - column >= LONG_BLANK) {
                pen.moveTo(row, column);
                pen.style(Style.PLAIN);
                pen.out.append("\u001b[K");
                return;
            }
            pen.bridge(frame, row, column);
            if (!frame.text(row, column).isEmpty()) {
                pen.write(frame, row, column);
            }
        }
    }

    /** The column from which on a row holds nothing but plain blanks. */
    private static int blankFrom(Frame frame, int row) {
        int column = frame.size().columns();
        while (column > 0
                && frame.text(row, column - 1).equals(" ")
                && frame.style(row, column - 1).equals(Style.PLAIN)) {
            column--;
        }
        return column;
    }

    private static boolean isWide(Frame frame, int row, int column) {
        return column + 1 < frame.size().columns()
                && frame.text(row, column + 1).isEmpty();
    }

    private boolean changed(Frame frame, int row, int column) {
        Frame old = before;
        String oldText = old == null ? " " : old.text(row, column);
        Style oldStyle = old == null ? Style.PLAIN : old.style(row, column);
        return !frame.text(row, column).equals(oldText)
                || !frame.style(row, column).equals(oldStyle);
    }

    private final class Pen {
        private final StringBuilder out;
        private int atRow = -1;
        private int atColumn = -1;
        private @Nullable Style style;

        Pen(StringBuilder out) {
            this.out = out;
        }

        void moveTo(int row, int column) {
            if (row == atRow && column == atColumn) {
                return;
            }
            out.append("\u001b[").append(row + 1).append(';').append(column + 1).append('H');
            atRow = row;
            atColumn = column;
        }

        /** Gets to a cell: by writing the few before it again where that is shorter and they look alike. */
        void bridge(Frame frame, int row, int column) {
            int gap = column - atColumn;
            if (row == atRow && gap > 0 && gap <= SHORT_GAP) {
                for (int at = atColumn; at < column; at++) {
                    if (!isSimple(frame, row, at) || !Objects.equals(frame.style(row, at), style)) {
                        moveTo(row, column);
                        return;
                    }
                }
                for (int at = atColumn; at < column; at++) {
                    out.append(frame.text(row, at));
                }
                atColumn = column;
            }
            if (!frame.text(row, column).isEmpty()) {
                moveTo(row, column);
            }
        }

        void write(Frame frame, int row, int column) {
            style(frame.style(row, column));
            out.append(frame.text(row, column));
            atColumn = column + 1;
            // A terminal may count the cells of an emoji otherwise, and waits with its cursor behind the last column.
            if (!isSimple(frame, row, column) || atColumn == frame.size().columns()) {
                atRow = -1;
            }
        }

        void style(Style wanted) {
            if (!wanted.equals(style)) {
                style = wanted;
                out.append(Colours.sequence(wanted, palette));
            }
        }
    }

    private static boolean isSimple(Frame frame, int row, int column) {
        String text = frame.text(row, column);
        return text.length() == 1 && TextWidth.of(text.codePointAt(0)) == 1;
    }
}
