// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

/** Text from outside on its way to one line of a terminal. */
final class Printable {
    private static final int LONGEST = 200;

    private Printable() {}

    /** The text without control and bidi characters, on one line, cut at 200 characters. */
    static String of(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(point ->
                        Character.isISOControl(point) || Character.getType(point) == Character.FORMAT ? ' ' : point)
                .forEach(out::appendCodePoint);
        return text.codePointCount(0, text.length()) > LONGEST ? out + "..." : out.toString();
    }
}
