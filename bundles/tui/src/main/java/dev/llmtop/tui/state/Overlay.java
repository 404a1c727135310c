// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

/**
 * What lies over the main screen, or in its place.
 *
 * @param kind NONE for the main screen alone
 * @param tab of the details, 1 to 5
 * @param scroll lines scrolled away; of EVENTS the selected line, 0 for the newest event; of COMMAND lines scrolled back from the end
 * @param find text that is looked for in it; empty for none
 */
public record Overlay(Kind kind, int tab, int scroll, String find) {
    /** The main screen alone. */
    public static final Overlay NONE = new Overlay(Kind.NONE, 1, 0, "");

    /** What can lie there. */
    public enum Kind {
        NONE,
        DETAILS,
        HELP,
        WHY,
        EVIDENCE,
        EVENTS,
        MEMORY,
        ASKED,
        COMMAND,
        COPY
    }

    /** One of this kind, unscrolled. */
    public static Overlay of(Kind kind) {
        return new Overlay(kind, 1, 0, "");
    }
}
