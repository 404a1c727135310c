// SPDX-License-Identifier: MIT
package dev.llmtop.tui.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A drawn screen: immutable. */
public final class Frame {
    private final Size size;
    private final String[][] texts;
    private final Style[][] styles;
    private final List<Region> regions;

    Frame(Size size, String[][] texts, Style[][] styles, List<Region> regions) {
        this.size = size;
        this.texts = copy(texts);
        this.styles = copy(styles);
        this.regions = List.copyOf(regions);
    }

    /** Some cells of a row that mean something to the mouse. */
    record Region(int row, int column, int columns, Target target) {
        boolean holds(int atRow, int atColumn) {
            return row == atRow && column <= atColumn && atColumn < column + columns;
        }
    }

    private static <T> T[][] copy(T[][] cells) {
        T[][] copied = cells.clone();
        for (int row = 0; row < copied.length; row++) {
            copied[row] = Arrays.copyOf(cells[row], cells[row].length);
        }
        return copied;
    }

    /** Its size. */
    public Size size() {
        return size;
    }

    /** The character of a cell with all that combines with it; empty for the second cell of a wide one. */
    public String text(int row, int column) {
        return texts[row][column];
    }

    /** How a cell looks. */
    public Style style(int row, int column) {
        return styles[row][column];
    }

    /** What a click on a cell means. */
    public Optional<Target> target(int row, int column) {
        for (int index = regions.size() - 1; index >= 0; index--) {
            if (regions.get(index).holds(row, column)) {
                return Optional.of(regions.get(index).target());
            }
        }
        return Optional.empty();
    }

    /** Its rows as text, without blanks at their ends. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String[] row : texts) {
            lines.add(String.join("", row).stripTrailing());
        }
        return lines;
    }
}
