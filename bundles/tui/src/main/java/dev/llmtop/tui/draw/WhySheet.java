// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.model.Value;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.draw.Sheet.Line;
import dev.llmtop.tui.draw.Sheet.Stretch;
import dev.llmtop.tui.state.Column;
import dev.llmtop.tui.table.RowCells;
import dev.llmtop.tui.table.RowFigures;
import dev.llmtop.tui.table.TableRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All that a row lacks, why, and what would help; then what the GPUs lack, and what the agent itself could not do. */
final class WhySheet {
    /** Figures that stand in the row of a GPU. */
    private static final List<GpuMetric> OF_GPU = List.of(
            GpuMetric.UTILIZATION_RATIO,
            GpuMetric.MEMORY_USED_BYTES,
            GpuMetric.TEMPERATURE_CELSIUS,
            GpuMetric.POWER_WATTS,
            GpuMetric.SM_CLOCK_MHZ,
            GpuMetric.POWER_LIMIT_WATTS);

    /** Reasons that somebody can do something about beyond what their detail says. */
    private static final Set<Reason> HELPED = Set.of(
            Reason.NEEDS_KEY,
            Reason.NO_PERMISSION,
            Reason.ASLEEP,
            Reason.UNREACHABLE,
            Reason.TIMED_OUT,
            Reason.NO_SAMPLE_YET,
            Reason.MALFORMED);

    private static final int LEAST_NAME = 6;
    /** A longer detail is said once: the next value that lacks for it names the first. */
    private static final int SHORT_DETAIL = 30;

    private static final Set<String> TITLES =
            Column.displayOrder().stream().map(Column::title).collect(Collectors.toUnmodifiableSet());
    private static final int MOST_NAME = 26;
    private static final int CODE = 4;
    private static final int REASON = 14;

    private WhySheet() {}

    static Sheet of(Stage stage) {
        List<Line> lines = new ArrayList<>();
        String title = "why";
        if (stage.selected().isPresent()) {
            TableRow row = stage.selected().get();
            Map<String, Value.Unavailable<?>> gaps = gaps(row);
            lines.addAll(lines(row.engine(), gaps));
            title = "why─ " + EngineNames.name(row.engine())
                    + row.model().map(model -> " " + model.id()).orElse("") + " ─ " + gaps.size()
                    + (gaps.size() == 1 ? " value missing " : " values missing ");
        }
        lines.addAll(gpus(stage.snapshot()));
        for (Problem problem : stage.snapshot().findings().problems()) {
            lines.add(Line.of(problem.source(), 10, problem.detail()));
        }
        if (lines.isEmpty()) {
            lines.add(Line.of("Nothing is missing."));
        }
        return new Sheet(title, "", lines);
    }

    private static List<Line> lines(EngineSnapshot engine, Map<String, Value.Unavailable<?>> gaps) {
        int narrow = width(gaps, true);
        int wide = width(gaps, false);
        List<Line> lines = new ArrayList<>();
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        Map<String, String> said = new HashMap<>();
        gaps.forEach((what, gap) -> {
            String first = said.putIfAbsent(gap.detail(), what);
            boolean again = first != null && gap.detail().length() > SHORT_DETAIL;
            lines.add(line(what, isColumn(what) ? narrow : wide, gap, again ? "as " + first : gap.detail()));
            reasons.add(gap.reason());
        });
        reasons.retainAll(HELPED);
        for (Reason reason : reasons) {
            String head = padded("help", narrow) + padded(reason.cell(), CODE);
            lines.add(
                    new Line(List.of(new Stretch(head, Style.DIM), new Stretch(Remedy.of(engine, reason), Style.DIM))));
        }
        return lines;
    }

    /** Titles of columns are short, other names may be long: each kind stands in a column of its own width. */
    private static boolean isColumn(String name) {
        return TITLES.contains(name);
    }

    private static int width(Map<String, Value.Unavailable<?>> gaps, boolean columns) {
        int longest = gaps.keySet().stream()
                .filter(name -> isColumn(name) == columns)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        return Math.min(MOST_NAME, Math.max(LEAST_NAME, longest + 2));
    }

    private static Line line(String name, int cells, Value.Unavailable<?> gap, String detail) {
        String head = padded(name, cells)
                + padded(gap.reason().cell(), CODE)
                + padded(gap.reason().code(), REASON);
        return new Line(List.of(new Stretch(head, Style.PLAIN), new Stretch(detail, Style.PLAIN)));
    }

    /** What the rows of the GPUs lack. */
    private static List<Line> gpus(Snapshot snapshot) {
        List<Line> lines = new ArrayList<>();
        for (Gpu gpu : snapshot.machine().gpus()) {
            String name = "GPU" + gpu.identity().index() + " ";
            for (GpuMetric metric : OF_GPU) {
                gpu.figures()
                        .missing(metric)
                        .ifPresent(gap -> lines.add(line(name + metric.jsonName(), MOST_NAME, gap, gap.detail())));
            }
        }
        return lines;
    }

    private static String padded(String text, int cells) {
        return text + " ".repeat(Math.max(text.isEmpty() || text.length() < cells ? 0 : 1, cells - text.length()));
    }

    /** By name: figures of the table first, in its order, then all others. */
    private static Map<String, Value.Unavailable<?>> gaps(TableRow row) {
        Map<String, Value.Unavailable<?>> gaps = new LinkedHashMap<>();
        RowFigures figures = new RowFigures(row);
        Set<Metric> shown = EnumSet.noneOf(Metric.class);
        for (Column column : Column.displayOrder()) {
            RowCells.metric(column)
                    .filter(shown::add)
                    .ifPresent(metric -> figures.value(metric)
                            .flatMap(Value::missing)
                            .ifPresent(gap -> gaps.put(column.title(), gap)));
        }
        for (Metric metric : Metric.values()) {
            boolean told = row.engine().measured().metrics().get(metric).isPresent()
                    || row.model().isPresent();
            if (told && !shown.contains(metric)) {
                figures.value(metric).flatMap(Value::missing).ifPresent(gap -> gaps.put(metric.jsonName(), gap));
            }
        }
        Map<String, Value.Unavailable<?>> others = row.model()
                .map(ModelSnapshot::unavailable)
                .orElse(row.engine().findings().unavailable());
        // What covers all figures is said once.
        gaps.values().removeIf(gap -> gap.equals(others.get("metrics")));
        others.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("metrics."))
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(entry -> gaps.put(entry.getKey(), entry.getValue()));
        if (row.model().isEmpty()) {
            row.engine().identity().version().missing().ifPresent(gap -> gaps.putIfAbsent("version", gap));
        }
        return gaps;
    }
}
