// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import dev.llmtop.agent.Cells;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Value;
import dev.llmtop.shell.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The columns of the command {@code engines}. */
final class EngineColumns {
    private EngineColumns() {}

    /** @param wide with address, version, process and latency */
    static List<Column<EngineSnapshot>> of(boolean wide) {
        List<Column<EngineSnapshot>> columns = new ArrayList<>();
        columns.add(Column.text("ID", engine -> engine.identity().id()));
        columns.add(Column.text("KIND", engine -> engine.identity().kind()));
        columns.add(Column.text("STATE", engine -> engine.identity().state().code()));
        if (wide) {
            columns.add(Column.text("URL", engine -> engine.placement().url()));
            columns.add(Column.text("VERSION", engine -> text(engine.identity().version(), Function.identity())));
            columns.add(Column.number("PID", EngineColumns::pid));
        }
        columns.add(Column.text("MODEL", EngineColumns::models));
        columns.add(Column.number("DECODE", engine -> number(engine, Metric.GENERATION_TOKENS_PER_SECOND)));
        if (wide) {
            columns.add(Column.number("PREFILL", engine -> number(engine, Metric.PROMPT_TOKENS_PER_SECOND)));
        }
        columns.add(Column.number("RUN", engine -> number(engine, Metric.RUNNING)));
        columns.add(Column.number("WAIT", engine -> number(engine, Metric.WAITING)));
        columns.add(Column.number("KV", engine -> ratio(engine, Metric.KV_CACHE_USED_RATIO)));
        if (wide) {
            columns.add(Column.number("TTFT", engine -> latency(engine, Metric.TIME_TO_FIRST_TOKEN)));
        }
        return columns;
    }

    private static String pid(EngineSnapshot engine) {
        return engine.placement()
                .process()
                .map(process -> Long.toString(process.pid()))
                .orElseGet(() -> reason(engine, "process"));
    }

    private static String models(EngineSnapshot engine) {
        List<String> ids = engine.models().stream()
                .filter(model -> model.state() != ModelState.AVAILABLE)
                .map(model -> model.id())
                .toList();
        return switch (ids.size()) {
            case 0 -> "-";
            case 1 -> ids.get(0);
            default -> ids.size() + " models";
        };
    }

    private static String number(EngineSnapshot engine, Metric metric) {
        return cell(
                engine,
                metric,
                Number.class,
                number -> number instanceof Long whole ? Cells.count(whole) : Cells.number(number.doubleValue()));
    }

    private static String ratio(EngineSnapshot engine, Metric metric) {
        return cell(engine, metric, Double.class, Cells::ratio);
    }

    private static String latency(EngineSnapshot engine, Metric metric) {
        return cell(
                engine,
                metric,
                Distribution.class,
                distribution -> distribution
                        .quantiles()
                        .p50()
                        .or(distribution::mean)
                        .map(seconds -> Cells.latency(seconds))
                        .orElse("..."));
    }

    private static <T> String cell(EngineSnapshot engine, Metric metric, Class<T> type, Function<T, String> writer) {
        return engine.measured()
                .metrics()
                .known(metric, type)
                .map(writer)
                .or(() -> engine.measured()
                        .metrics()
                        .missing(metric)
                        .map(gap -> gap.reason().cell()))
                .orElseGet(() -> reason(engine, "metrics"));
    }

    private static <T> String text(Value<T> value, Function<T, String> writer) {
        return value.known()
                .map(writer)
                .or(() -> value.missing().map(gap -> gap.reason().cell()))
                .orElse("");
    }

    private static String reason(EngineSnapshot engine, String path) {
        Value.Unavailable<?> gap = engine.findings().unavailable().get(path);
        return gap == null ? "" : gap.reason().cell();
    }
}
