// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

/**
 * A line that the user is typing.
 *
 * @param text so far
 * @param cursor in characters
 * @param complaint what is wrong with it; empty when nothing is
 * @param before what Esc goes back to
 */
public record Prompt(Kind kind, String text, int cursor, String complaint, String before) {
    /** What it is for. */
    public enum Kind {
        FILTER,
        COMMAND,
        FIND
    }

    public Prompt {
        cursor = Math.max(0, Math.min(text.length(), cursor));
    }

    /** One that Esc empties. */
    public Prompt(Kind kind, String text, int cursor, String complaint) {
        this(kind, text, cursor, complaint, "");
    }

    /** One that begins with a text, to which Esc goes back. */
    public static Prompt begin(Kind kind, String text) {
        return new Prompt(kind, text, text.length(), "", text);
    }

    /** The same with other words. */
    public Prompt with(String otherText, int otherCursor) {
        return new Prompt(kind, otherText, otherCursor, "", before);
    }

    /** The same with something to complain of. */
    public Prompt complaining(String words) {
        return new Prompt(kind, text, cursor, words, before);
    }
}
