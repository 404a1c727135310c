// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import dev.llmtop.tui.cell.Style;

/** Text of one style. */
public record Span(String text, Style style) {
    static Span of(String text) {
        return new Span(text, Style.PLAIN);
    }

    static Span dim(String text) {
        return new Span(text, Style.DIM);
    }

    static Span bold(String text) {
        return new Span(text, Style.BOLD);
    }
}
