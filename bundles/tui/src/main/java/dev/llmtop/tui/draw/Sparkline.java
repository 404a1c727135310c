// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

/** A curve of one row, scaled to its own greatest value. */
final class Sparkline {
    private static final String LEVELS = "▁▂▃▄▅▆▇█";

    private Sparkline() {}

    /** A sign for each value; a blank where nothing was known. */
    static String of(double[] values) {
        double most = 0;
        for (double value : values) {
            most = Double.isFinite(value) ? Math.max(most, value) : most;
        }
        StringBuilder line = new StringBuilder(values.length);
        for (double value : values) {
            int level = most > 0 ? (int) Math.ceil(value / most * LEVELS.length()) - 1 : 0;
            line.append(Double.isFinite(value) ? LEVELS.charAt(Math.max(0, Math.min(7, level))) : ' ');
        }
        return line.toString();
    }
}
