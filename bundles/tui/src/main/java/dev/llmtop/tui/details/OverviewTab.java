// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.Role;
import dev.llmtop.model.Texts;
import dev.llmtop.model.Value;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.RowId;
import dev.llmtop.tui.state.Trends.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The first tab: what it is, where it is, how it does, what is missing; of a router the tree behind it. */
final class OverviewTab {
    private static final int NARROW_BAR = 36;
    private static final int WIDE = 100;

    private final Subject subject;
    private final EngineSnapshot engine;
    private final Sheet sheet;

    private OverviewTab(Subject subject, int columns) {
        this.subject = subject;
        this.engine = subject.engine();
        this.sheet = new Sheet(columns);
    }

    static List<Line> lines(Subject subject, int columns) {
        OverviewTab tab = new OverviewTab(subject, columns);
        PlaceLines place = new PlaceLines(subject, tab.sheet);
        place.engine();
        place.process();
        place.gpu();
        if (tab.engine.identity().role() == Role.ROUTER) {
            RouterTree.add(subject, tab.sheet);
        }
        place.routes();
        tab.requests();
        tab.tokens();
        tab.kvCache();
        tab.speculation();
        tab.trends();
        place.config();
        tab.furtherTabs(columns);
        tab.missing();
        return tab.sheet.lines();
    }

    private void requests() {
        FigureSpans line = new FigureSpans(subject);
        counted(line, "run ", Metric.RUNNING, "■");
        counted(line, "wait ", Metric.WAITING, "□");
        line.figure("swapped ", Metric.SWAPPED, value -> Cells.count(Math.round(value)), "");
        subject.number(Metric.SLOTS).ifPresent(slots -> line.add(Span.of("of " + Cells.count(Math.round(slots)))));
        line.figure("", Metric.REQUESTS_PER_SECOND, OverviewTab::rate, "/s");
        line.figure("", Metric.REQUESTS_TOTAL, value -> Cells.count(Math.round(value)), " total");
        subject.number(Metric.PREEMPTIONS_PER_SECOND)
                .ifPresent(preempted ->
                        line.add(pressed("preempt " + rate(preempted) + "/s", Pressure.ofPreemptions(preempted))));
        labelled("requests", line);
    }

    private void counted(FigureSpans line, String label, Metric metric, String sign) {
        line.figure(
                label,
                metric,
                value -> Cells.count(Math.round(value))
                        + (value >= 1 && value < 9 ? " " + sign.repeat((int) value) : ""),
                "");
    }

    private void tokens() {
        FigureSpans line = new FigureSpans(subject)
                .figure("prefill ", Metric.PROMPT_TOKENS_PER_SECOND, Cells::number, "/s")
                .figure("decode ", Metric.GENERATION_TOKENS_PER_SECOND, Cells::number, "/s");
        subject.number(Metric.CACHED_TOKENS_PER_SECOND)
                .ifPresent(cached -> line.add(Span.of("cached " + Cells.number(cached) + "/s")));
        line.figure("", Metric.PROMPT_TOKENS_TOTAL, value -> Cells.count(Math.round(value)), " in")
                .figure("", Metric.GENERATION_TOKENS_TOTAL, value -> Cells.count(Math.round(value)), " out")
                .figure("", Metric.TOKENS_PER_JOULE, Cells::number, " tok/J");
        labelled("tokens", line);
    }

    private void kvCache() {
        FigureSpans line = new FigureSpans(subject);
        Optional<Double> ratio = subject.number(Metric.KV_CACHE_USED_RATIO);
        if (ratio.isPresent()) {
            int cells = NARROW_BAR + Math.max(0, Math.min(60, (sheet.columns() - 80) / 2));
            Pressure pressure = Pressure.ofKvCache(ratio.get());
            line.add(new Span(
                    Blocks.bar(ratio.get(), cells), Style.of(pressure).reversed(pressure == Pressure.CRITICAL)));
            line.append(pressed(" " + Names.percent(ratio.get()), pressure));
            capacity(ratio.get()).ifPresent(text -> line.add(Span.of(text)));
        } else {
            line.figure("", Metric.KV_CACHE_USED_RATIO, Names::percent, "used");
            subject.number(Metric.KV_CACHE_TOTAL_TOKENS)
                    .ifPresent(total -> line.add(Span.of("of " + Cells.tokens(Math.round(total)) + " tokens")));
        }
        line.figure("hit ", Metric.PREFIX_CACHE_HIT_RATIO, Names::percent, "");
        subject.number(Metric.EXTERNAL_CACHE_HIT_RATIO)
                .ifPresent(hit -> line.add(Span.of("external hit " + Names.percent(hit))));
        labelled("kv cache", line);
    }

    /** Blocks in use of all, or tokens where the block is not known. */
    private Optional<String> capacity(double ratio) {
        Optional<Double> total = subject.number(Metric.KV_CACHE_TOTAL_TOKENS);
        if (total.isEmpty()) {
            return Optional.empty();
        }
        double used = subject.number(Metric.KV_CACHE_USED_TOKENS).orElse(ratio * total.get());
        double block = subject.number(Metric.KV_CACHE_BLOCK_TOKENS).orElse(0.0);
        return Optional.of(
                block >= 1
                        ? Math.round(used / block) + "/" + Math.round(total.get() / block)
                        : Math.round(used) + "/" + Math.round(total.get()) + " tok");
    }

    private void speculation() {
        FigureSpans line = new FigureSpans(subject);
        subject.number(Metric.SPECULATIVE_ACCEPTANCE_RATIO)
                .ifPresent(ratio -> line.add(Span.of("accepted " + Names.percent(ratio))));
        subject.number(Metric.SPECULATIVE_ACCEPTED_PER_DRAFT)
                .ifPresent(accepted -> line.add(Span.of(Cells.number(accepted) + " a draft")));
        labelled("draft", line);
        FigureSpans loras = new FigureSpans(subject);
        engine.measured()
                .metrics()
                .known(Metric.ACTIVE_LORAS, Texts.class)
                .filter(texts -> !texts.values().isEmpty())
                .ifPresent(texts -> loras.add(Span.of(String.join(", ", texts.values()))));
        labelled("loras", loras);
    }

    /** What was, where there is room for it. */
    private void trends() {
        if (sheet.columns() < WIDE || subject.gone().isPresent()) {
            return;
        }
        trend("decode", Trend.DECODE);
        trend("prefill", Trend.PREFILL);
    }

    /** A wide screen has room for what else people look for first. */
    private void furtherTabs(int columns) {
        if (sheet.columns() < WIDE) {
            return;
        }
        if (engine.measured().metrics().asMap().values().stream()
                .anyMatch(value ->
                        value.known().filter(Distribution.class::isInstance).isPresent())) {
            sheet.blank();
            LatencyTab.window(subject, columns).forEach(sheet::add);
        }
        sheet.blank();
        ModelsTab.lines(subject, columns).forEach(sheet::add);
        sheet.blank();
    }

    private void trend(String label, Trend trend) {
        int points = Math.min(120, sheet.columns() - Sheet.LABEL - 24);
        double[] series = subject.scene()
                .trends()
                .series(
                        RowId.of(subject.id()),
                        trend,
                        subject.scene().view().time().window(),
                        points);
        double most = Blocks.most(series);
        if (most > 0) {
            sheet.labelled(
                    label,
                    Span.of(Blocks.graph(series, most)),
                    Span.dim("  max " + Cells.number(most) + "/s in "
                            + Names.duration(
                                    subject.scene().view().time().window().toSeconds())));
        }
    }

    private void missing() {
        Map<String, Value.Unavailable<?>> gaps = new TreeMap<>(engine.findings().unavailable());
        engine.measured()
                .metrics()
                .asMap()
                .forEach((metric, value) ->
                        value.missing().ifPresent(gap -> gaps.put("metrics." + metric.jsonName(), gap)));
        String label = "missing";
        for (Map.Entry<String, Value.Unavailable<?>> gap : gaps.entrySet()) {
            List<Span> line = new ArrayList<>();
            line.add(Span.of(gap.getKey().replaceFirst("^metrics\\.", "") + "  "));
            line.add(Span.dim(gap.getValue().reason().code() + ": "));
            line.add(Span.of(gap.getValue().detail()));
            sheet.labelled(label, line.toArray(Span[]::new));
            label = "";
        }
        for (ModelSnapshot model : engine.models()) {
            for (Map.Entry<String, Value.Unavailable<?>> gap :
                    model.unavailable().entrySet()) {
                sheet.labelled(
                        label,
                        Span.of(model.id() + " " + gap.getKey() + "  "),
                        Span.dim(gap.getValue().reason().code() + ": "),
                        Span.of(gap.getValue().detail()));
                label = "";
            }
        }
    }

    private void labelled(String label, FigureSpans line) {
        if (!line.isEmpty()) {
            sheet.labelled(label, line.spans());
        }
    }

    private static String rate(double perSecond) {
        return perSecond == 0 ? "0.00" : Cells.number(perSecond);
    }

    private static Span pressed(String text, Pressure pressure) {
        return pressure == Pressure.NONE ? Span.of(text) : new Span(text + "!", Style.of(pressure));
    }
}
