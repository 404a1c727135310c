// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import dev.llmtop.agent.Cells;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Value;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.cell.TextWidth;
import dev.llmtop.tui.state.RowId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The third tab: every model with its whole id, those in memory first. */
final class ModelsTab {
    private static final int LEAST_ID = 16;
    private static final int INDENT = 2;

    /** state, ctx, quant, params, size, gpu, expires; each with the blank behind it. */
    private static final int[] WIDTHS = {10, 7, 7, 8, 7, 7, 8};

    private static final int VALUES = 54;

    private final Subject subject;
    private final Sheet sheet;
    private final int idCells;

    private ModelsTab(Subject subject, int columns) {
        this.subject = subject;
        this.sheet = new Sheet(columns);
        int longest = subject.engine().models().stream()
                .mapToInt(model -> TextWidth.of(model.id()))
                .max()
                .orElse(0);
        this.idCells = Math.max(LEAST_ID, Math.min(longest + 1, sheet.columns() - VALUES));
    }

    static List<Line> lines(Subject subject, int columns) {
        ModelsTab tab = new ModelsTab(subject, columns);
        List<ModelSnapshot> models = subject.engine().models().stream()
                .sorted(Comparator.comparing(model -> model.state() == ModelState.AVAILABLE))
                .toList();
        if (models.isEmpty()) {
            Optional<Value.Unavailable<?>> gap = subject.gap("models");
            tab.sheet.labelled("models", gap.map(Names::why).orElse(new Span[] {Span.dim("it lists none")}));
            return tab.sheet.lines();
        }
        tab.sheet.head(Sheet.pad(models.size() + (models.size() == 1 ? " model" : " models"), tab.idCells)
                + tab.cells(List.of("state", "ctx", "quant", "params", "size", "gpu", "expires")));
        models.forEach(tab::model);
        return tab.sheet.lines();
    }

    private void model(ModelSnapshot model) {
        boolean selected = subject.scene()
                .view()
                .selection()
                .flatMap(RowId::model)
                .filter(model.id()::equals)
                .isPresent();
        Style style = Style.PLAIN.reversed(selected);
        List<String> values = List.of(
                model.state().code(),
                fact(model, Fact.CONTEXT_TOKENS),
                fact(model, Fact.QUANTIZATION),
                fact(model, Fact.PARAMETERS),
                fact(model, Fact.SIZE_BYTES),
                fact(model, Fact.GPU_BYTES),
                fact(model, Fact.EXPIRES));
        if (TextWidth.of(model.id()) < idCells) {
            sheet.add(Line.of(new Span(Sheet.pad(model.id(), idCells), style), Span.of(cells(values))));
        } else {
            // An id that is longer than its column has rows of its own: it is never cut.
            sheet.indented("", 0, List.of(new Span(model.id(), style)));
            sheet.add(Line.of(Span.of(" ".repeat(idCells) + cells(values))));
        }
        further(model);
    }

    private String cells(List<String> values) {
        StringBuilder cells = new StringBuilder();
        for (int at = 0; at < values.size(); at++) {
            cells.append(Sheet.pad(values.get(at), WIDTHS[at]));
        }
        return cells.toString().stripTrailing();
    }

    private String fact(ModelSnapshot model, Fact fact) {
        Optional<String> text = model.text(fact);
        if (text.isEmpty()) {
            return Optional.ofNullable(model.unavailable().get(fact.jsonName()))
                    .map(gap -> Names.cell(gap.reason()))
                    .orElse("");
        }
        return switch (fact) {
            case CONTEXT_TOKENS -> model.number(fact).map(Cells::tokens).orElse("");
            case SIZE_BYTES, GPU_BYTES ->
                model.number(fact).map(bytes -> Cells.bytes(bytes)).orElse("");
            case EXPIRES -> expires(text.get());
            default -> text.get();
        };
    }

    private String expires(String text) {
        try {
            Duration left = Duration.between(subject.snapshot().time(), Instant.parse(text));
            return left.isNegative() ? "now" : "in " + Cells.duration(left.toSeconds(), 7);
        } catch (DateTimeException never) {
            return text;
        }
    }

    /** What has no column: where it was loaded from, its own figures. */
    private void further(ModelSnapshot model) {
        List<String> parts = new ArrayList<>();
        if (model.primary() && subject.engine().models().size() > 1) {
            parts.add("the main one");
        }
        model.text(Fact.ROOT).filter(root -> !root.equals(model.id())).ifPresent(root -> parts.add("from " + root));
        model.text(Fact.PARENT).ifPresent(parent -> parts.add("adapter of " + parent));
        model.text(Fact.PID).ifPresent(pid -> parts.add("pid " + pid));
        figure(model, Metric.RUNNING, "run ", "").ifPresent(parts::add);
        figure(model, Metric.WAITING, "wait ", "").ifPresent(parts::add);
        figure(model, Metric.PROMPT_TOKENS_PER_SECOND, "prefill ", "/s").ifPresent(parts::add);
        figure(model, Metric.GENERATION_TOKENS_PER_SECOND, "decode ", "/s").ifPresent(parts::add);
        if (!parts.isEmpty()) {
            sheet.indented(" ".repeat(INDENT), INDENT, List.of(Span.dim(String.join("  ", parts))));
        }
    }

    private static Optional<String> figure(ModelSnapshot model, Metric metric, String before, String behind) {
        return model.metrics().number(metric).map(value -> before + Cells.number(value) + behind);
    }
}
