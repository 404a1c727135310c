// SPDX-License-Identifier: MIT
package dev.llmtop.model;

/** Cleans text from outside before it reaches a screen, a log or JSON. */
public final class Text {
    /** The most characters that a cleaned text has. */
    public static final int MOST_CHARACTERS = 1_000;

    private Text() {}

    /**
     * The text without control, bidirectional-formatting, zero-width and unpaired surrogate characters (line ends and tabs become
     * a blank), cut at 1,000 characters, never inside a surrogate pair.
     */
    public static String clean(String text) {
        StringBuilder cleaned = new StringBuilder(Math.min(text.length(), MOST_CHARACTERS));
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            int kept = kept(point);
            if (kept >= 0) {
                if (cleaned.length() + Character.charCount(kept) > MOST_CHARACTERS) {
                    break;
                }
                cleaned.appendCodePoint(kept);
            }
        }
        return cleaned.toString();
    }

    private static int kept(int point) {
        if (point == '\n' || point == '\r' || point == '\t') {
            return ' ';
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> -1;
            default -> point;
        };
    }
}
