// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a row shows besides its figures: memory, process, model.
 *
 * @param row that shows it
 */
public record RowFacts(TableRow row) {
    private static final int SHORT_CONTAINER_ID = 12;

    /** GPU memory: of a model what it holds, of an engine its share; without a GPU the resident memory of its processes. */
    public Optional<Value<Long>> memory() {
        if (row.gone().isPresent()) {
            return Optional.of(typed(new RowFigures(row).gone()));
        }
        return row.model().isPresent() ? ofModel(row.model().get()) : ofEngine();
    }

    private Optional<Value<Long>> ofEngine() {
        EngineSnapshot.Placement placement = row.engine().placement();
        Optional<Value<Long>> resident = row.resident()
                ? placement.process().map(process -> process.usage().memoryBytes())
                : Optional.empty();
        return placement
                .gpu()
                .map(EngineSnapshot.GpuShare::memoryBytes)
                .or(() -> resident)
                .or(() -> engineGap("gpu.memoryBytes"))
                .or(() -> engineGap("process"));
    }

    private Optional<Value<Long>> ofModel(ModelSnapshot model) {
        return model.number(Fact.GPU_BYTES)
                .map(Value::of)
                .or(() -> RowFigures.gap(model.unavailable(), Fact.GPU_BYTES.jsonName())
                        .map(RowFacts::<Long>typed));
    }

    /** Indices of the GPUs that it uses. */
    public Optional<Value<List<Integer>>> gpus() {
        if (row.model().isPresent()) {
            return Optional.empty();
        }
        return row.engine()
                .placement()
                .gpu()
                .map(share -> Value.of(share.indices()))
                .or(() -> engineGap("gpu"));
    }

    /** Something of its process. */
    public <T> Optional<Value<T>> process(Function<ProcessInfo, T> part) {
        if (row.model().isPresent()) {
            return Optional.empty();
        }
        return row.engine()
                .placement()
                .process()
                .map(process -> Value.of(part.apply(process)))
                .or(() -> engineGap("process"));
    }

    /** The pid of its process, of a model that of the process that serves it. */
    public Optional<Value<Long>> pid() {
        return row.model().isPresent() ? row.model().get().number(Fact.PID).map(Value::of) : process(ProcessInfo::pid);
    }

    /** The name of its container, or the beginning of its id. */
    public Optional<Value<String>> container() {
        if (row.model().isPresent()) {
            return Optional.empty();
        }
        Optional<ProcessInfo> process = row.engine().placement().process();
        if (process.isEmpty()) {
            return engineGap("process");
        }
        return process.get()
                .container()
                .map(container -> Value.of(container
                        .name()
                        .known()
                        .orElse(container
                                .id()
                                .substring(
                                        0,
                                        Math.min(
                                                SHORT_CONTAINER_ID,
                                                container.id().length())))));
    }

    /** The version of the engine. */
    public Optional<Value<String>> version() {
        return row.model().isPresent()
                ? Optional.empty()
                : Optional.of(row.engine().identity().version());
    }

    /** The whole id of the model: the row's own, or the only one that the engine serves. */
    public Optional<String> modelId() {
        List<ModelSnapshot> served = Fleet.served(row.engine());
        Optional<ModelSnapshot> only = served.size() == 1 ? Optional.of(served.get(0)) : Optional.empty();
        return row.model().or(() -> only).map(ModelSnapshot::id);
    }

    /** A number of the model: the row's own, or the engine's only or main one. */
    public Optional<Value<Long>> modelNumber(Fact fact) {
        return modelFact(fact, model -> model.number(fact));
    }

    /** A text of the model: the row's own, or the engine's only or main one. */
    public Optional<Value<String>> modelText(Fact fact) {
        return modelFact(fact, model -> model.text(fact));
    }

    private <T> Optional<Value<T>> modelFact(Fact fact, Function<ModelSnapshot, Optional<T>> reader) {
        Optional<ModelSnapshot> model = row.model().or(() -> Fleet.spokesman(row.engine()));
        if (model.isEmpty()) {
            return row.engine().models().isEmpty() ? engineGap("models") : Optional.empty();
        }
        Map<String, Value.Unavailable<?>> gaps = model.get().unavailable();
        return reader.apply(model.get())
                .map(Value::of)
                .or(() -> RowFigures.gap(gaps, fact.jsonName()).map(RowFacts::<T>typed));
    }

    private <T> Optional<Value<T>> engineGap(String path) {
        return RowFigures.gap(row.engine().findings().unavailable(), path).map(RowFacts::<T>typed);
    }

    private static <T> Value<T> typed(Value<?> gap) {
        Value.Unavailable<?> missing = gap.missing().orElseThrow();
        return missing.as();
    }
}
