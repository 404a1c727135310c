// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.agent.Cells;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of a row: known, or missing with the reason of whoever knows it, or empty where a figure does not apply.
 *
 * @param row whose figures they are
 */
public record RowFigures(TableRow row) {
    /** A figure of the row. */
    public Optional<Value<?>> value(Metric metric) {
        Optional<Value<?>> measured =
                row.model().map(model -> ofModel(model, metric)).orElseGet(() -> ofEngine(metric));
        return row.gone().isPresent() && (measured.isPresent() || nothing()) ? Optional.of(gone()) : measured;
    }

    /** The known value of a figure, or empty. */
    public <T> Optional<T> known(Metric metric, Class<T> type) {
        return value(metric).flatMap(Value::known).filter(type::isInstance).map(type::cast);
    }

    private boolean nothing() {
        return row.engine().measured().metrics().asMap().isEmpty();
    }

    /** Why nothing is known of an engine that is gone. */
    Value<?> gone() {
        String since = row.gone()
                .map(duration -> Cells.duration(duration.toSeconds(), 7))
                .orElse("");
        return Value.unavailable(Reason.UNREACHABLE, "gone for " + since + "; the details keep its last figures");
    }

    private Optional<Value<?>> ofEngine(Metric metric) {
        EngineSnapshot engine = row.engine();
        return engine.measured()
                .metrics()
                .get(metric)
                .or(() -> gap(engine.findings().unavailable(), "metrics." + metric.jsonName()))
                .or(() -> nothing() ? ofState(engine.identity().state()) : Optional.empty());
    }

    private static Optional<Value<?>> ofState(State state) {
        return switch (state) {
            case IDENTIFYING -> Optional.of(Value.unavailable(Reason.NO_SAMPLE_YET, "it is still being asked"));
            case LOADING -> Optional.of(Value.unavailable(Reason.LOADING, "it is still loading"));
            case UNREACHABLE -> Optional.of(Value.unavailable(Reason.UNREACHABLE, "it does not answer"));
            case BLOCKED -> Optional.of(Value.unavailable(Reason.NEEDS_KEY, "it wants a key"));
            case SLEEPING -> Optional.of(Value.unavailable(Reason.ASLEEP, "it sleeps, and asking could wake it"));
            case READY -> Optional.empty();
        };
    }

    private Optional<Value<?>> ofModel(ModelSnapshot model, Metric metric) {
        return model.metrics()
                .get(metric)
                .or(() -> gap(model.unavailable(), "metrics." + metric.jsonName()))
                .or(() -> unspoken(model, metric));
    }

    /** What a figure is that nobody has spoken of for this model. */
    private Optional<Value<?>> unspoken(ModelSnapshot model, Metric metric) {
        return switch (model.state()) {
            case SLEEPING ->
                model.metrics().asMap().isEmpty()
                        ? Optional.of(Value.unavailable(Reason.ASLEEP, "the model sleeps, and asking could wake it"))
                        : Optional.empty();
            case LOADING -> Optional.of(Value.unavailable(Reason.LOADING, "the model is still loading"));
            case AVAILABLE, REMOTE -> Optional.empty();
            case LOADED -> ofEngine(metric).filter(value -> value.known().isEmpty());
        };
    }

    /** Why what stands at a path is not known: of itself, or of an object around it. */
    static Optional<Value<?>> gap(Map<String, Value.Unavailable<?>> unavailable, String path) {
        for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
            Value.Unavailable<?> gap = unavailable.get(at);
            if (gap != null) {
                return Optional.of(gap);
            }
        }
        return Optional.empty();
    }
}
