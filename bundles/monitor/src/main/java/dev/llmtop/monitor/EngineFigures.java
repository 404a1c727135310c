// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.model.Value.Unavailable;
import dev.llmtop.spi.Description;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of one engine: what its configuration says, over that what its answers say. An engine that does not answer keeps the
 * last figures, whose age is told, for a while; then the reason takes their place.
 */
final class EngineFigures {
    private final EngineAssembly engine;
    private final Role role;
    private final State state;

    EngineFigures(EngineAssembly engine, Role role, State state) {
        this.engine = engine;
        this.role = role;
        this.state = state;
    }

    /** The one reason for all figures, where nothing at all is known; else empty. */
    Optional<Unavailable<?>> wholly() {
        return engine.view().last().isEmpty() && configured().asMap().isEmpty()
                ? Optional.of(silence())
                : Optional.empty();
    }

    Figures<Metric> figures() {
        if (wholly().isPresent()) {
            return Figures.none();
        }
        Figures.Builder<Metric> figures = Figures.of(Metric.class);
        figures.putAll(configured());
        if (engine.view().last().isEmpty() || isExpired()) {
            insteadOfAll(figures, silence());
        } else {
            figures.putAll(Gaps.applying(engine.derived().figures(), state == State.LOADING));
            energy(figures);
        }
        Gaps.fill(figures, role, state, engine.titleForReasons());
        return figures.build();
    }

    /** The figures of the models: theirs end when the engine's do. */
    Map<String, Figures<Metric>> models() {
        if (!isExpired()) {
            return engine.derived().models();
        }
        Map<String, Figures<Metric>> models = new LinkedHashMap<>();
        engine.derived().models().forEach((id, derived) -> {
            Figures.Builder<Metric> figures = Figures.of(Metric.class);
            derived.asMap().keySet().forEach(metric -> figures.put(metric, silence()));
            models.put(id, figures.build());
        });
        return models;
    }

    private Figures<Metric> configured() {
        return engine.view().description().map(Description::figures).orElse(Figures.none());
    }

    private Unavailable<?> silence() {
        Optional<View.Failure> failure = engine.view().failure();
        return failure.isPresent() ? failure.get().why() : States.reason(engine.found(), state);
    }

    private boolean isExpired() {
        return engine.view().failure().isPresent()
                && ageNanos() > engine.surroundings().graceNanos();
    }

    private long ageNanos() {
        return engine.view()
                .last()
                .map(reading -> engine.now().nanos() - reading.stamp().nanos())
                .orElse(Long.MAX_VALUE);
    }

    private void insteadOfAll(Figures.Builder<Metric> figures, Unavailable<?> reason) {
        for (Metric metric : Metric.values()) {
            if (Gaps.applies(metric, role, state) && !figures.has(metric)) {
                figures.put(metric, reason);
            }
        }
    }

    private void energy(Figures.Builder<Metric> figures) {
        boolean computes = role == Role.ENGINE
                || engine.surroundings().behind().backends().isEmpty()
                        && !engine.derived().models().isEmpty();
        if (computes && !figures.has(Metric.TOKENS_PER_JOULE)) {
            EngineAssembly.GpuView gpu = engine.surroundings().gpu();
            Value<Double> perJoule =
                    gpu.energy().of(engine.found().id(), engine.derived().figures(), gpu.share());
            figures.put(Metric.TOKENS_PER_JOULE, perJoule);
        }
    }
}
