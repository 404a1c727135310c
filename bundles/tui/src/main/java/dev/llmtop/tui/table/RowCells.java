// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.tui.state.Column;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A row as cells, and as what its columns are sorted by. */
public final class RowCells {
    private final TableRow row;
    private final RowFigures figures;
    private final RowFacts facts;
    private final Pressure waiting;

    /** Of a row whose waiting requests put it under no pressure that is known. */
    public RowCells(TableRow row) {
        this(row, Pressure.NONE);
    }

    /** @param waiting pressure of its waiting requests, which the history tells */
    public RowCells(TableRow row, Pressure waiting) {
        this.row = row;
        this.waiting = waiting;
        this.figures = new RowFigures(row);
        this.facts = new RowFacts(row);
    }

    /** The cell of a column; blank for those that are drawn and not written. */
    public TableCell cell(Column column) {
        return switch (column) {
            case STATE, KV_BAR, TREND -> TableCell.BLANK;
            case ENGINE -> TableCell.of(engine());
            case MODEL -> TableCell.of(new ModelText(row).text());
            case PORT -> TableCell.of(port());
            case DECODE, PREFILL, TOKENS_PER_JOULE -> number(metricOf(column));
            case RUN -> count(Metric.RUNNING, column.width(), Pressure.NONE);
            case WAIT -> count(Metric.WAITING, column.width(), waiting);
            case KV -> kvCache();
            case TTFT, INTER_TOKEN, END_TO_END -> median(metricOf(column));
            case TTFT_P99 -> slowest();
            case HIT -> TableCell.of(ratio(Metric.PREFIX_CACHE_HIT_RATIO), one -> TableCell.of(Cells.ratio(one)));
            case PREEMPTIONS -> preemptions();
            case MEM -> TableCell.of(facts.memory(), (Long bytes) -> TableCell.of(Cells.bytes(bytes)));
            case GPU -> TableCell.of(facts.gpus(), (List<Integer> gpus) -> TableCell.of(GpuNumbers.of(gpus)));
            case CONTEXT ->
                TableCell.of(facts.modelNumber(Fact.CONTEXT_TOKENS), (Long tokens) -> TableCell.of(context(tokens)));
            case QUANTIZATION -> text(facts.modelText(Fact.QUANTIZATION));
            case UP ->
                TableCell.of(
                        facts.process(process -> process.owner().uptimeSeconds()),
                        (Double seconds) -> TableCell.of(Cells.duration(seconds)));
            case PID -> TableCell.of(facts.pid(), (Long pid) -> TableCell.of(Long.toString(pid)));
            case USER -> text(facts.process(process -> process.owner().user()));
            case CONTAINER -> text(facts.container());
            case VERSION -> text(facts.version());
        };
    }

    /** The figure behind a column; empty where the column shows no figure of the engine's own. */
    public static Optional<Metric> metric(Column column) {
        return switch (column) {
            case DECODE, TREND -> Optional.of(Metric.GENERATION_TOKENS_PER_SECOND);
            case PREFILL -> Optional.of(Metric.PROMPT_TOKENS_PER_SECOND);
            case RUN -> Optional.of(Metric.RUNNING);
            case WAIT -> Optional.of(Metric.WAITING);
            case KV, KV_BAR -> Optional.of(Metric.KV_CACHE_USED_RATIO);
            case TTFT, TTFT_P99 -> Optional.of(Metric.TIME_TO_FIRST_TOKEN);
            case INTER_TOKEN -> Optional.of(Metric.INTER_TOKEN_LATENCY);
            case END_TO_END -> Optional.of(Metric.END_TO_END_LATENCY);
            case HIT -> Optional.of(Metric.PREFIX_CACHE_HIT_RATIO);
            case PREEMPTIONS -> Optional.of(Metric.PREEMPTIONS_PER_SECOND);
            case TOKENS_PER_JOULE -> Optional.of(Metric.TOKENS_PER_JOULE);
            case STATE, ENGINE, MODEL, PORT, MEM, GPU, CONTEXT, UP, QUANTIZATION, PID, USER, CONTAINER, VERSION ->
                Optional.empty();
        };
    }

    /** What a column of numbers is sorted by; empty where it is missing or does not apply. */
    OptionalDouble sortNumber(Column column) {
        Optional<Double> number = switch (column) {
            case PORT ->
                row.engine().placement().port().stream().boxed().findFirst().map(Integer::doubleValue);
            case MEM -> facts.memory().flatMap(Value::known).map(Long::doubleValue);
            case GPU ->
                facts.gpus()
                        .flatMap(Value::known)
                        .filter(gpus -> !gpus.isEmpty())
                        .map(gpus -> gpus.get(0).doubleValue());
            case CONTEXT ->
                facts.modelNumber(Fact.CONTEXT_TOKENS).flatMap(Value::known).map(Long::doubleValue);
            case UP -> facts.process(process -> process.owner().uptimeSeconds()).flatMap(Value::known);
            case PID -> facts.pid().flatMap(Value::known).map(Long::doubleValue);
            case TTFT_P99 ->
                distribution(Metric.TIME_TO_FIRST_TOKEN)
                        .flatMap(one -> one.quantiles().p99());
            case TTFT, INTER_TOKEN, END_TO_END -> distribution(metricOf(column)).flatMap(RowCells::middle);
            default ->
                metric(column)
                        .flatMap(metric -> figures.known(metric, Number.class))
                        .map(Number::doubleValue);
        };
        return number.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    /** What a column of words is sorted by. */
    Optional<String> sortWord(Column column) {
        return switch (column) {
            case STATE -> Optional.of(row.engine().identity().state().code());
            case ENGINE -> Optional.of(row.engine().identity().title());
            case KV_BAR, TREND -> Optional.empty();
            default ->
                Optional.of(cell(column))
                        .filter(cell -> cell.missing().isEmpty())
                        .map(TableCell::text);
        };
    }

    private String engine() {
        boolean named = row.model().isEmpty() || row.branch().isEmpty();
        return row.branch() + (named ? row.engine().identity().title() : "");
    }

    private String port() {
        return row.model().isPresent() || row.engine().placement().port().isEmpty()
                ? ""
                : Integer.toString(row.engine().placement().port().getAsInt());
    }

    private static Metric metricOf(Column column) {
        return metric(column).orElseThrow();
    }

    private TableCell number(Metric metric) {
        return TableCell.of(
                figures.value(metric), (Object number) -> TableCell.of(Cells.number(((Number) number).doubleValue())));
    }

    private TableCell count(Metric metric, int cells, Pressure pressure) {
        return TableCell.of(
                figures.value(metric),
                (Object number) -> TableCell.pressed(
                        pressure, cells, left -> Cells.count(((Number) number).longValue(), Math.max(3, left))));
    }

    private Optional<Value<Double>> ratio(Metric metric) {
        return figures.value(metric).map(value -> value.map(ratio -> ((Number) ratio).doubleValue()));
    }

    private TableCell kvCache() {
        return TableCell.of(ratio(Metric.KV_CACHE_USED_RATIO), (Double ratio) -> {
            String percent = Cells.ratio(ratio);
            return TableCell.pressed(
                    Pressure.ofKvCache(ratio),
                    Column.KV.width(),
                    cells -> percent.substring(0, Math.min(cells, percent.length())));
        });
    }

    private TableCell preemptions() {
        return TableCell.of(
                ratio(Metric.PREEMPTIONS_PER_SECOND),
                (Double rate) -> TableCell.pressed(
                        Pressure.ofPreemptions(rate),
                        Column.PREEMPTIONS.width(),
                        cells -> Rates.perSecond(rate, cells)));
    }

    private Optional<Distribution> distribution(Metric metric) {
        return figures.known(metric, Distribution.class);
    }

    /** The median, or the mean where the lowest bucket holds the median. */
    private static Optional<Double> middle(Distribution distribution) {
        return distribution.quantiles().p50().or(distribution::mean);
    }

    private TableCell median(Metric metric) {
        return TableCell.of(
                figures.value(metric),
                (Object one) -> middle((Distribution) one)
                        .map(seconds -> TableCell.of(Cells.latency(seconds)))
                        .orElseGet(() -> TableCell.missing(Reason.NO_SAMPLE_YET)));
    }

    private TableCell slowest() {
        return TableCell.of(figures.value(Metric.TIME_TO_FIRST_TOKEN), (Object one) -> {
            Distribution distribution = (Distribution) one;
            Optional<Double> p99 = distribution.quantiles().p99();
            if (p99.isPresent()) {
                return TableCell.pressed(
                        Pressure.ofTimeToFirstToken(p99.get()), 5, cells -> Cells.latency(p99.get(), cells));
            }
            return distribution.count() == 0 || distribution.buckets().isEmpty()
                    ? TableCell.missing(Reason.NO_SAMPLE_YET)
                    : TableCell.of(
                            "<" + Cells.latency(distribution.buckets().get(0).upperBound(), 4));
        });
    }

    private static TableCell text(Optional<Value<String>> value) {
        return TableCell.of(value, (String text) -> TableCell.of(text));
    }

    private static String context(long tokens) {
        return tokens >= 1_024 && tokens % 1_024 == 0 && tokens < 1 << 20 ? (tokens >> 10) + "K" : Cells.tokens(tokens);
    }
}
