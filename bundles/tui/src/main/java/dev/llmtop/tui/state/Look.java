// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import java.util.Set;

/**
 * How it looks.
 *
 * @param ascii whether glyphs are ASCII
 * @param hidden parts of the main screen that are not shown
 */
public record Look(Theme theme, boolean ascii, Set<Part> hidden) {
    /** Colours for a background. */
    public enum Theme {
        DARK,
        LIGHT,
        MONO,
        HIGH_CONTRAST
    }

    public Look {
        hidden = Set.copyOf(hidden);
    }
}
