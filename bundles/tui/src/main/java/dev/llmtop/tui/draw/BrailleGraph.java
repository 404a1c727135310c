// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

/** A filled curve in braille: two points a cell across, four steps a cell up. */
final class BrailleGraph {
    private static final int BLANK = 0x2800;

    /** Dots of the left and of the right column of a cell, from the lowest up. */
    private static final int[][] DOTS = {{0x40, 0x04, 0x02, 0x01}, {0x80, 0x20, 0x10, 0x08}};

    private BrailleGraph() {}

    /**
     * Rows from the top down.
     *
     * @param values two a cell; not a number leaves its half cell blank, and a known zero shows nothing above the axis
     * @param most the value that reaches the top; at least 0
     */
    static String[] rows(double[] values, double most, int rows) {
        String[] lines = new String[rows];
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder(values.length / 2);
            int below = (rows - 1 - row) * 4;
            for (int at = 0; at + 1 < values.length; at += 2) {
                int dots = dots(values[at], most, rows, below, 0) | dots(values[at + 1], most, rows, below, 1);
                line.append(dots == 0 ? ' ' : (char) (BLANK + dots));
            }
            lines[row] = line.toString();
        }
        return lines;
    }

    private static int dots(double value, double most, int rows, int below, int side) {
        if (!(value > 0) || !(most > 0)) {
            return 0;
        }
        int height = (int) Math.ceil(Math.min(1, value / most) * rows * 4) - below;
        int dots = 0;
        for (int step = 0; step < Math.min(4, height); step++) {
            dots |= DOTS[side][step];
        }
        return dots;
    }
}
