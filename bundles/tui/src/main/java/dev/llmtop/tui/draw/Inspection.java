// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Cells;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Source;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.tui.state.Column;
import dev.llmtop.tui.table.RowCells;
import dev.llmtop.tui.table.RowFacts;
import dev.llmtop.tui.table.RowFigures;
import dev.llmtop.tui.table.TableRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All about one cell in two lines.
 *
 * @param first whose it is, and its exact value, or why there is none
 * @param age of the figure; empty where it has none
 * @param second where it comes from and how it was combined, or what would help
 */
record Inspection(String first, String age, String second) {
    static Inspection of(TableRow row, Column column) {
        String name = EngineNames.name(row.engine())
                + row.model().map(model -> " " + model.id()).orElse("");
        if (row.gone().isPresent()
                || row.engine().identity().state() == State.UNREACHABLE
                        && RowCells.metric(column).isPresent()) {
            return gone(row, name);
        }
        Optional<Metric> metric = RowCells.metric(column);
        boolean resident = column == Column.MEM && row.resident();
        String what = name + "  " + (resident ? "memory of its processes" : ColumnNames.of(column));
        if (metric.isEmpty()) {
            return fact(row, column, what);
        }
        Optional<Value<?>> value = new RowFigures(row).value(metric.get());
        if (value.isEmpty()) {
            return new Inspection(what + " does not apply here", "", "");
        }
        return value.get()
                .missing()
                .map(gap -> missing(row, what, gap))
                .orElseGet(
                        () -> known(row, metric.get(), what, value.get().known().orElseThrow()));
    }

    private static Inspection known(TableRow row, Metric metric, String what, Object value) {
        String exact = Exact.of(metric, value);
        String more = metric == Metric.KV_CACHE_USED_RATIO
                ? Exact.kvBlocks(row.engine().measured().metrics(), ((Number) value).doubleValue())
                : "";
        if (metric == Metric.RUNNING) {
            more = row.engine()
                    .measured()
                    .metrics()
                    .number(Metric.SLOTS)
                    .map(slots -> "of " + Math.round(slots) + " at once")
                    .orElse("");
        }
        Source source = row.engine().measured().sources().get(metric);
        return new Inspection(
                what + " " + exact + (more.isEmpty() ? "" : "  " + more),
                age(row.engine()),
                source == null ? "" : source(source));
    }

    private static String age(EngineSnapshot engine) {
        return engine.measured()
                .freshness()
                .map(freshness -> String.format(Locale.ROOT, "%.1fs ago", freshness.ageSeconds()))
                .orElse("");
    }

    private static String source(Source source) {
        int count = source.series().size();
        String series =
                count == 0 ? "" : " " + source.series().get(0) + (count > 1 ? " and " + (count - 1) + " more" : "");
        String combined = switch (source.combined()) {
            case ONLY -> ", the only series";
            case SUM -> ", the sum of its series";
            case MAX -> ", the greatest of its series";
            case WEIGHTED -> ", weighted by capacity";
            case LOWEST_RANK -> ", the lowest rank speaks for all";
        };
        String basis = switch (source.basis()) {
            case LIVE -> "";
            case AT_REQUEST_END -> "; moves when a request ends";
            case SLOTS -> "; from the progress of slots";
            case WINDOW -> "; the engine's own average";
        };
        return "from " + source.path() + series + combined + basis;
    }

    private static Inspection missing(TableRow row, String what, Value.Unavailable<?> gap) {
        String detail = gap.detail().isEmpty() ? "" : ": " + gap.detail();
        return new Inspection(what + " " + gap.reason().code() + detail, "", Remedy.of(row.engine(), gap.reason()));
    }

    private static Inspection gone(TableRow row, String name) {
        EngineSnapshot engine = row.engine();
        String since = row.gone()
                .map(duration -> " " + Cells.duration(duration.toSeconds(), 7))
                .or(() -> engine.measured().freshness().map(fresh -> " " + Cells.duration(fresh.ageSeconds(), 7)))
                .orElse("");
        String cause = engine.findings().unavailable().values().stream()
                .filter(gap -> gap.reason() == Reason.UNREACHABLE || gap.reason() == Reason.TIMED_OUT)
                .map(Value.Unavailable::detail)
                .findFirst()
                .map(detail -> ": " + detail)
                .orElse("");
        String was = engine.measured()
                .metrics()
                .number(Metric.GENERATION_TOKENS_PER_SECOND)
                .map(tokens -> "; was " + Cells.number(tokens) + " tok/s")
                .orElse("");
        return new Inspection(name + "  unreachable" + since + cause + was, "", Remedy.of(engine, Reason.UNREACHABLE));
    }

    private static Inspection fact(TableRow row, Column column, String what) {
        RowFacts facts = new RowFacts(row);
        EngineSnapshot engine = row.engine();
        return switch (column) {
            case STATE -> plain(what + " " + engine.identity().state().code(), age(engine), "");
            case ENGINE ->
                plain(
                        EngineNames.name(engine) + "  " + engine.identity().title() + " "
                                + engine.identity().version().known().orElse(""),
                        age(engine),
                        engine.placement().url() + also(engine.placement().alsoAt()));
            case MODEL ->
                plain(
                        what + " "
                                + facts.modelId()
                                        .orElseGet(() -> new RowCells(row)
                                                .cell(Column.MODEL)
                                                .text()),
                        "",
                        facts.modelText(Fact.ROOT)
                                .flatMap(Value::known)
                                .map(root -> "loaded from " + root)
                                .orElse(""));
            case PORT ->
                plain(
                        what + " " + new RowCells(row).cell(column).text(),
                        "",
                        engine.placement().url());
            case MEM -> of(row, what, facts.memory(), bytes -> Cells.bytesInText(bytes) + memorySource(engine));
            case GPU -> of(row, what, facts.gpus(), gpus -> gpus.toString());
            case CONTEXT -> of(row, what, facts.modelNumber(Fact.CONTEXT_TOKENS), tokens -> tokens + " tokens");
            case QUANTIZATION -> of(row, what, facts.modelText(Fact.QUANTIZATION), text -> text);
            case UP ->
                of(
                        row,
                        what,
                        facts.process(process -> process.owner()),
                        owner -> Cells.duration(owner.uptimeSeconds(), 8) + ", since " + owner.started());
            case PID -> of(row, what, facts.pid(), pid -> Long.toString(pid));
            case USER -> of(row, what, facts.process(process -> process.owner().user()), user -> user);
            case CONTAINER -> of(row, what, facts.container(), name -> name);
            case VERSION -> of(row, what, facts.version(), version -> version);
            default -> plain(what, "", "");
        };
    }

    private static String also(List<String> addresses) {
        return addresses.isEmpty() ? "" : ", also at " + String.join(" ", addresses);
    }

    private static String memorySource(EngineSnapshot engine) {
        return engine.placement()
                .gpu()
                .map(share -> ", by " + share.attribution().code().replace('-', ' '))
                .orElse("");
    }

    private static Inspection plain(String first, String age, String second) {
        return new Inspection(first, age, second);
    }

    private static <T> Inspection of(
            TableRow row, String what, Optional<Value<T>> value, java.util.function.Function<T, String> writer) {
        if (value.isEmpty()) {
            return plain(what + " does not apply here", "", "");
        }
        return value.get()
                .missing()
                .map(gap -> missing(row, what, gap))
                .orElseGet(() -> plain(
                        what + " " + writer.apply(value.get().known().orElseThrow()),
                        "",
                        row.engine()
                                .placement()
                                .process()
                                .map(process -> "process " + process.owner().command())
                                .orElse("")));
    }
}
