// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import static dev.llmtop.model.Metric.END_TO_END_LATENCY;
import static dev.llmtop.model.Metric.GENERATION_TOKENS_PER_SECOND;
import static dev.llmtop.model.Metric.INTER_TOKEN_LATENCY;
import static dev.llmtop.model.Metric.PREFIX_CACHE_HIT_RATIO;
import static dev.llmtop.model.Metric.PROMPT_TOKENS_PER_SECOND;
import static dev.llmtop.model.Metric.RUNNING;
import static dev.llmtop.model.Metric.TIME_TO_FIRST_TOKEN;
import static dev.llmtop.model.Metric.TOKENS_PER_JOULE;
import static dev.llmtop.model.Metric.WAITING;

import dev.llmtop.agent.Cells;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One line of the table: a cell for each column. */
final class Row {
    private static final int SHORT_CONTAINER_ID = 12;

    private final Map<Column, Cell> cells = new EnumMap<>(Column.class);

    private Row() {}

    Cell cell(Column column) {
        return cells.getOrDefault(column, Cell.BLANK);
    }

    /**
     * The rows of an engine: its own, and below it one for each model in memory where there are several.
     *
     * @param residentMemory whether MEM is what its processes hold, since the machine has no GPU
     */
    static List<Row> of(EngineSnapshot engine, boolean residentMemory) {
        List<ModelSnapshot> served = engine.models().stream()
                .filter(model -> model.state() != ModelState.AVAILABLE)
                .toList();
        Optional<ModelSnapshot> only = served.size() == 1 ? Optional.of(served.get(0)) : Optional.empty();
        List<Row> rows = new ArrayList<>();
        rows.add(engine(engine, served, only, residentMemory));
        if (only.isEmpty()) {
            served.forEach(model -> rows.add(model(model)));
        }
        return rows;
    }

    private static Row engine(
            EngineSnapshot engine, List<ModelSnapshot> served, Optional<ModelSnapshot> only, boolean residentMemory) {
        Row row = new Row();
        EngineFigures figures = new EngineFigures(
                engine.measured().metrics(),
                engine.findings().unavailable(),
                EngineFigures.fallback(engine.identity().state()));
        row.put(Column.ENGINE, engine.identity().title());
        row.put(Column.MODEL, modelText(engine, served, only));
        engine.placement().port().ifPresent(port -> row.put(Column.PORT, Integer.toString(port)));
        row.put(Column.STATE, engine.identity().state().code());
        row.put(figures);
        row.put(Column.MEMORY, memory(engine, figures, residentMemory));
        row.put(Column.GPU, gpus(engine, figures));
        row.put(Column.VERSION, Cell.of(engine.identity().version(), Function.identity()));
        only.or(() -> served.stream().filter(ModelSnapshot::primary).findFirst())
                .ifPresent(row::putFacts);
        row.putProcess(engine.placement().process(), figures);
        return row;
    }

    private static Row model(ModelSnapshot model) {
        Row row = new Row();
        row.put(Column.MODEL, "  " + Cells.model(model.id()));
        row.put(Column.STATE, model.state().code());
        row.put(new EngineFigures(model.metrics(), model.unavailable(), Optional.empty()));
        row.putFacts(model);
        model.number(Fact.GPU_BYTES).ifPresent(bytes -> row.put(Column.MEMORY, Cells.bytes(bytes)));
        return row;
    }

    private static String modelText(EngineSnapshot engine, List<ModelSnapshot> served, Optional<ModelSnapshot> only) {
        if (only.isPresent()) {
            return Cells.model(only.get().id());
        }
        int backends = engine.serving().backends().size()
                + engine.serving().remoteBackends().size();
        if (engine.identity().role() == Role.ROUTER && backends > 0) {
            return backends + (backends == 1 ? " backend" : " backends");
        }
        if (served.isEmpty()) {
            return engine.models().isEmpty() ? "-" : "0 of " + engine.models().size() + " loaded";
        }
        return served.size() + " models";
    }

    private void put(EngineFigures figures) {
        put(Column.DECODE, figures.number(GENERATION_TOKENS_PER_SECOND));
        put(Column.PREFILL, figures.number(PROMPT_TOKENS_PER_SECOND));
        put(Column.RUN, figures.count(RUNNING));
        put(Column.WAIT, figures.count(WAITING));
        put(Column.KV, figures.kvCache());
        put(Column.TTFT, figures.median(TIME_TO_FIRST_TOKEN));
        put(Column.P99, figures.slowestFirstTokens());
        put(Column.ITL, figures.median(INTER_TOKEN_LATENCY));
        put(Column.HIT, figures.ratio(PREFIX_CACHE_HIT_RATIO));
        put(Column.END_TO_END, figures.median(END_TO_END_LATENCY));
        put(Column.PREEMPTIONS, figures.preemptions());
        put(Column.TOKENS_PER_JOULE, figures.number(TOKENS_PER_JOULE));
    }

    private void putFacts(ModelSnapshot model) {
        model.number(Fact.CONTEXT_TOKENS).ifPresent(tokens -> put(Column.CONTEXT, Cells.tokens(tokens)));
        model.text(Fact.QUANTIZATION).ifPresent(text -> put(Column.QUANTIZATION, text));
    }

    private void putProcess(Optional<ProcessInfo> known, EngineFigures figures) {
        if (known.isEmpty()) {
            figures.reason("process").map(Cell::missing).ifPresent(cell -> {
                put(Column.PID, cell);
                put(Column.UP, cell);
                put(Column.USER, cell);
            });
            return;
        }
        ProcessInfo process = known.get();
        put(Column.PID, Long.toString(process.pid()));
        put(Column.UP, Cells.duration(process.owner().uptimeSeconds()));
        put(Column.USER, process.owner().user());
        process.container().ifPresent(container -> {
            String id = container
                    .id()
                    .substring(0, Math.min(SHORT_CONTAINER_ID, container.id().length()));
            put(Column.CONTAINER, container.name().known().orElse(id) + " (" + container.runtime() + ")");
        });
    }

    private static Cell memory(EngineSnapshot engine, EngineFigures figures, boolean residentMemory) {
        Optional<EngineSnapshot.GpuShare> share = engine.placement().gpu();
        if (share.isPresent()) {
            return Cell.of(share.get().memoryBytes(), bytes -> Cells.bytes(bytes));
        }
        if (residentMemory && engine.placement().process().isPresent()) {
            return Cell.of(engine.placement().process().get().usage().memoryBytes(), bytes -> Cells.bytes(bytes));
        }
        return figures.reason("gpu.memoryBytes")
                .or(() -> figures.reason("process"))
                .map(Cell::missing)
                .orElse(Cell.BLANK);
    }

    private static Cell gpus(EngineSnapshot engine, EngineFigures figures) {
        return engine.placement()
                .gpu()
                .map(share -> Cell.of(Ranges.of(share.indices())))
                .orElseGet(() -> figures.reason("gpu").map(Cell::missing).orElse(Cell.BLANK));
    }

    private void put(Column column, String text) {
        cells.put(column, Cell.of(text));
    }

    private void put(Column column, Cell cell) {
        cells.put(column, cell);
    }
}
