// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** Figures of an engine in one line: known ones written, missing ones as their code, those that do not apply left out. */
final class FigureSpans {
    private final Subject subject;
    private final List<Span> spans = new ArrayList<>();

    FigureSpans(Subject subject) {
        this.subject = subject;
    }

    /** {@code before} and {@code behind} stand around the figure; where it is missing, {@code behind} stays away. */
    FigureSpans figure(String before, Metric metric, DoubleFunction<String> writer, String behind) {
        Optional<Double> number = subject.number(metric);
        if (number.isPresent()) {
            add(Span.of(before + writer.apply(number.get()) + behind));
            return this;
        }
        Optional<Value.Unavailable<?>> gap = subject.missing(metric);
        if (gap.isPresent()) {
            add(Span.of(before.isEmpty() ? behind.strip() + " " : before));
            spans.add(Names.cell(gap.get()));
        }
        return this;
    }

    void add(Span span) {
        if (!spans.isEmpty()) {
            spans.add(Span.of("  "));
        }
        spans.add(span);
    }

    /** Adds without a gap before it. */
    void append(Span span) {
        spans.add(span);
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    Span[] spans() {
        return spans.toArray(Span[]::new);
    }
}
