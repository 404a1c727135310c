// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

/** Bars of blocks. */
final class Bar {
    /** Eighths of a block; the first is left out since it looks like the border of a bar. */
    private static final String[] EIGHTHS = {"", "", "▎", "▍", "▌", "▋", "▊", "▉"};

    private Bar() {}

    /** So many cells, filled from the left in steps of an eighth. */
    static String filled(double ratio, int cells) {
        return filled(ratio, cells, " ");
    }

    /** The same with a sign of its own for what is not filled. */
    static String filled(double ratio, int cells, String rest) {
        int exact = (int) Math.round(Math.max(0, Math.min(1, ratio)) * cells * 8);
        int eighths = ratio < 1 ? Math.min(exact, cells * 8 - 1) : exact;
        String whole = "█".repeat(eighths / 8);
        String part = rest.isBlank() ? EIGHTHS[eighths % 8] : eighths % 8 >= 4 ? "█" : "";
        int used = eighths / 8 + (part.isEmpty() ? 0 : 1);
        return whole + part + rest.repeat(Math.max(0, cells - used));
    }

    /** So many cells, filled from the left in whole ones. */
    static String whole(double ratio, int cells) {
        int filled = (int) Math.round(Math.max(0, Math.min(1, ratio)) * cells);
        return "█".repeat(filled) + " ".repeat(cells - filled);
    }

    /** Two shares beside each other. */
    static String shares(double left, double right, int cells) {
        if (!(left + right > 0)) {
            return " ".repeat(cells);
        }
        int first = (int) Math.round(left / (left + right) * cells);
        // What is there is seen.
        first = Math.max(left > 0 ? 1 : 0, Math.min(cells - (right > 0 ? 1 : 0), first));
        return "▒".repeat(first) + "█".repeat(cells - first);
    }

    /** A sign for each, where they are few enough to be counted by eye. */
    static String signs(String sign, double count) {
        return count >= 1 && count < 9 ? sign.repeat((int) count) : "";
    }
}
