// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import dev.llmtop.model.Evidence;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Source;
import java.util.List;
import java.util.Map;

/** The fourth tab: why the engine is taken for what it is, and where each figure comes from. */
final class EvidenceTab {
    private static final int SIGNAL = 15;
    private static final int FIGURE = 29;

    private EvidenceTab() {}

    static List<Line> lines(Subject subject, int columns) {
        Sheet sheet = new Sheet(columns);
        List<Evidence> evidence = subject.engine().findings().evidence();
        for (Evidence piece : evidence) {
            sheet.indented(
                    Sheet.pad(sign(piece.verdict()) + " " + piece.signal(), SIGNAL),
                    SIGNAL,
                    List.of(Span.of(piece.says())));
        }
        if (evidence.isEmpty()) {
            sheet.labelled("evidence", Span.dim("none was told"));
        }
        Map<Metric, Source> sources = subject.engine().measured().sources();
        if (!sources.isEmpty()) {
            sheet.blank();
            sheet.head("where figures come from");
            sources.forEach((metric, source) -> sheet.indented(
                    Sheet.pad(metric.jsonName(), FIGURE),
                    Math.max(FIGURE, metric.jsonName().length() + 1),
                    List.of(
                            Span.of(source.path() + " " + String.join(" + ", source.series()) + "  "),
                            Span.dim(how(source)))));
        }
        return sheet.lines();
    }

    private static String how(Source source) {
        String combined = switch (source.combined()) {
            case ONLY -> "the only series";
            case SUM -> "summed";
            case MAX -> "the largest";
            case WEIGHTED -> "weighted by capacity";
            case LOWEST_RANK -> "the lowest rank speaks for all";
        };
        String basis = switch (source.basis()) {
            case LIVE -> "";
            case AT_REQUEST_END -> ", moves when a request ends";
            case SLOTS -> ", by the progress of slots";
            case WINDOW -> ", the engine's own average";
        };
        return combined + basis;
    }

    private static String sign(Evidence.Weight weight) {
        return switch (weight) {
            case FOR -> "+";
            case AGAINST -> "x";
            case UNREADABLE -> "?";
        };
    }
}
