// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

/** Bars and graphs of one row, made of blocks. */
final class Blocks {
    private static final String PARTS = " ▎▎▍▌▋▊▉";
    private static final String HEIGHTS = " ▁▂▃▄▅▆▇█";

    private Blocks() {}

    /** A bar with its borders, so many cells between them. */
    static String bar(double ratio, int cells) {
        int eighths = (int) Math.floor(Math.max(0, Math.min(1, ratio)) * cells * 8 + 1e-9);
        StringBuilder bar = new StringBuilder("▕").append("█".repeat(eighths / 8));
        if (eighths % 8 > 1) {
            bar.append(PARTS.charAt(eighths % 8));
        }
        bar.append(" ".repeat(Math.max(0, cells + 1 - bar.length())));
        return bar.append('▏').toString();
    }

    /** A column for each value; blank where it is not known, never flat where it is above zero. */
    static String graph(double[] values, double most) {
        StringBuilder graph = new StringBuilder(values.length);
        for (double value : values) {
            int height = value > 0 && most > 0 ? (int) Math.max(1, Math.min(8, Math.round(value / most * 8))) : 0;
            graph.append(HEIGHTS.charAt(height));
        }
        return graph.toString();
    }

    /** The largest value that is known; 0 for none. */
    static double most(double[] values) {
        double most = 0;
        for (double value : values) {
            most = value > most ? value : most;
        }
        return most;
    }
}
