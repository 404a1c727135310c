// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import java.util.List;
import java.util.stream.Collectors;

/** One row of the details. */
public record Line(List<Span> spans) {
    /** A row without anything. */
    static final Line BLANK = new Line(List.of());

    public Line {
        spans = List.copyOf(spans);
    }

    static Line of(Span... spans) {
        return new Line(List.of(spans));
    }

    /** Its text without styles. */
    public String text() {
        return spans.stream().map(Span::text).collect(Collectors.joining());
    }
}
