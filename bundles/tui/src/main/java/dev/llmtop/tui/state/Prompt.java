// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

/**
 * A line that the user is typing.
 *
 * @param text so far
 * @param cursor in characters
 * @param complaint what is wrong with it; empty when nothing is
 */
public record Prompt(Kind kind, String text, int cursor, String complaint) {
    /** What it is for. */
    public enum Kind {
        FILTER,
        COMMAND,
        FIND
    }
}
