// SPDX-License-Identifier: MIT
package dev.llmtop.tui.cell;

/** How many cells a character takes: 0 for what combines, 2 for East Asian wide ones and emoji, else 1. */
public final class TextWidth {
    private TextWidth() {}

    /** Cells of one code point; what a terminal would not print counts as 0. */
    public static int of(int codePoint) {
        if (codePoint < 0x20 || codePoint >= 0x7f && codePoint < 0xa0) {
            return 0;
        }
        if (codePoint < 0x300) {
            return 1;
        }
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(codePoint) ? 2 : 1;
    }

    /** Whether a code point is written over the one before it; what a terminal would act on is not. */
    static boolean combines(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** Cells of a text. */
    public static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    /** Source of the ranges: Unicode EastAsianWidth.txt, classes W and F. */
    private static boolean isWide(int codePoint) {
        return codePoint >= 0x1100 && codePoint <= 0x115f
                || codePoint >= 0x2e80 && codePoint <= 0x303e
                || codePoint >= 0x3041 && codePoint <= 0xa4cf
                || codePoint >= 0xa960 && codePoint <= 0xa97f
                || codePoint >= 0xac00 && codePoint <= 0xd7a3
                || codePoint >= 0xf900 && codePoint <= 0xfaff
                || codePoint >= 0xfe30 && codePoint <= 0xfe6f
                || codePoint >= 0xff00 && codePoint <= 0xff60
                || codePoint >= 0xffe0 && codePoint <= 0xffe6
                || codePoint >= 0x1f300 && codePoint <= 0x1faff
                || codePoint >= 0x20000 && codePoint <= 0x3fffd;
    }
}
