// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.Metric;
import dev.llmtop.tui.cell.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** The second tab: how latencies and lengths are spread, over the window and since the engine's start. */
final class LatencyTab {
    /** Below so many observations a quantile says more than is known. */
    private static final int FEW = 5;

    private static final int LABEL = 9;
    private static final int CELL = 7;
    private static final int WIDE = 100;

    private static final Map<Metric, String> LABELS = labels();

    private final Subject subject;
    private final Sheet sheet;

    private LatencyTab(Subject subject, int columns) {
        this.subject = subject;
        this.sheet = new Sheet(columns);
    }

    private static Map<Metric, String> labels() {
        Map<Metric, String> labels = new EnumMap<>(Metric.class);
        labels.put(Metric.TIME_TO_FIRST_TOKEN, "ttft");
        labels.put(Metric.INTER_TOKEN_LATENCY, "itl");
        labels.put(Metric.END_TO_END_LATENCY, "e2e");
        labels.put(Metric.QUEUE_TIME, "queue");
        labels.put(Metric.PREFILL_TIME, "prefill");
        labels.put(Metric.DECODE_TIME, "decode");
        labels.put(Metric.PER_REQUEST_TOKEN_TIME, "token/rq");
        labels.put(Metric.PROMPT_LENGTH, "prompt");
        labels.put(Metric.GENERATION_LENGTH, "output");
        return labels;
    }

    static List<Line> lines(Subject subject, int columns) {
        LatencyTab tab = new LatencyTab(subject, columns);
        tab.window();
        tab.sinceStart();
        return tab.sheet.lines();
    }

    /** What was observed in the window alone. */
    static List<Line> window(Subject subject, int columns) {
        LatencyTab tab = new LatencyTab(subject, columns);
        tab.window();
        return tab.sheet.lines();
    }

    private Optional<Distribution> known(Metric metric) {
        return subject.engine().measured().metrics().known(metric, Distribution.class);
    }

    private void window() {
        double seconds = LABELS.keySet().stream()
                .flatMap(metric -> known(metric).stream())
                .mapToDouble(Distribution::windowSeconds)
                .max()
                .orElse(0);
        String over = seconds <= 0
                ? "no window yet"
                : "over " + (seconds <= 120 ? Math.round(seconds) + "s" : Names.duration(seconds))
                        + ", ~ estimated within a bucket";
        sheet.head(columnHeads() + "   " + over);
        LABELS.forEach((metric, label) -> {
            Optional<Distribution> spread = known(metric);
            if (spread.isPresent()) {
                row(label, metric, spread.get());
            } else {
                subject.missing(metric).ifPresent(gap -> sheet.indented(label, LABEL, List.of(Names.why(gap))));
            }
        });
    }

    private String columnHeads() {
        return Sheet.pad("", LABEL)
                + Sheet.right("p50 ", CELL)
                + Sheet.right("p90 ", CELL + 1)
                + Sheet.right("p99 ", CELL + 1)
                + (wide() ? Sheet.right("mean", CELL) : "")
                + Sheet.right("n", 6);
    }

    private boolean wide() {
        return sheet.columns() >= WIDE;
    }

    private void row(String label, Metric metric, Distribution spread) {
        List<Span> spans = quantiles(label, metric, spread);
        List<Distribution.Bucket> buckets = spread.buckets();
        if (!buckets.isEmpty() && spread.count() > 0) {
            spans.add(Span.of("   " + histogram(metric, spread)));
        } else if (spread.count() == 0 && spread.windowSeconds() > 0) {
            spans.add(Span.dim("   nothing in the window"));
        }
        sheet.add(new Line(spans));
    }

    private List<Span> quantiles(String label, Metric metric, Distribution spread) {
        DoubleFunction<String> writer = writer(metric);
        boolean few = spread.count() < FEW;
        List<Span> spans = new ArrayList<>();
        spans.add(Span.of(Sheet.pad(label, LABEL)));
        Distribution.Quantiles quantiles = spread.quantiles();
        spans.add(cell(few, quantiles.p50(), spread, writer, CELL, Pressure.NONE));
        spans.add(Span.of(" "));
        spans.add(cell(few, quantiles.p90(), spread, writer, CELL, Pressure.NONE));
        spans.add(Span.of(" "));
        Pressure pressure = metric == Metric.TIME_TO_FIRST_TOKEN && !few
                ? quantiles.p99().map(Pressure::ofTimeToFirstToken).orElse(Pressure.NONE)
                : Pressure.NONE;
        spans.add(cell(few, quantiles.p99(), spread, writer, CELL, pressure));
        if (wide()) {
            spans.add(Span.of(
                    Sheet.right(few ? "" : spread.mean().map(writer::apply).orElse(""), CELL)));
        }
        spans.add(Span.of(Sheet.right(Cells.count(spread.count()), 6)));
        return spans;
    }

    /** An estimate; where the lowest bucket already holds the quantile, that bucket's bound. */
    private static Span cell(
            boolean few,
            Optional<Double> quantile,
            Distribution spread,
            DoubleFunction<String> writer,
            int cells,
            Pressure pressure) {
        if (few) {
            return Span.of(" ".repeat(cells));
        }
        if (quantile.isPresent()) {
            String text = "~" + writer.apply(quantile.get()) + (pressure == Pressure.NONE ? "" : "!");
            return new Span(Sheet.right(text, cells), Style.of(pressure));
        }
        return spread.buckets().isEmpty()
                ? Span.dim(Sheet.right("n/a", cells))
                : Span.of(Sheet.right("<" + writer.apply(spread.buckets().get(0).upperBound()), cells));
    }

    private static DoubleFunction<String> writer(Metric metric) {
        return metric == Metric.PROMPT_LENGTH || metric == Metric.GENERATION_LENGTH
                ? value -> Cells.tokens(Math.round(value))
                : Cells::latency;
    }

    /** The buckets from the first to the last that hold something, and what they reach over. */
    private String histogram(Metric metric, Distribution spread) {
        List<Distribution.Bucket> buckets = spread.buckets();
        int first = -1;
        int last = 0;
        long before = 0;
        double[] held = new double[buckets.size()];
        for (int at = 0; at < buckets.size(); at++) {
            held[at] = Math.max(0, buckets.get(at).cumulativeCount() - before);
            before = Math.max(before, buckets.get(at).cumulativeCount());
            if (held[at] > 0) {
                first = first < 0 ? at : first;
                last = at;
            }
        }
        DoubleFunction<String> writer = writer(metric);
        String highest = writer.apply(buckets.get(buckets.size() - 1).upperBound());
        if (first < 0) {
            return "all above " + highest;
        }
        double[] shown = Arrays.copyOfRange(held, first, last + 1);
        String graph = Blocks.graph(shown, Blocks.most(shown));
        String low = first == 0 ? "0" : writer.apply(buckets.get(first - 1).upperBound());
        String above = before < spread.count() ? ", " + Cells.count(spread.count() - before) + " above " + highest : "";
        return Sheet.pad(graph, wide() ? 24 : 10) + low + " to "
                + writer.apply(buckets.get(last).upperBound()) + above;
    }

    private void sinceStart() {
        boolean headed = false;
        for (Map.Entry<Metric, String> entry : LABELS.entrySet()) {
            Optional<Distribution> whole = known(entry.getKey()).flatMap(Distribution::sinceStart);
            if (whole.isPresent()) {
                if (!headed) {
                    sheet.blank();
                    sheet.head(columnHeads() + "   since the engine's start");
                    headed = true;
                }
                sheet.add(new Line(quantiles(entry.getValue(), entry.getKey(), whole.get())));
            }
        }
    }
}
