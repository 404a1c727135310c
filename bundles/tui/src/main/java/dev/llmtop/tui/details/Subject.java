// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.tui.state.RowId;
import dev.llmtop.tui.state.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The engine whose details are shown.
 *
 * @param engine as it is, or as it was last seen
 * @param gone for how long it has been gone; absent where it is there
 */
record Subject(Scene scene, EngineSnapshot engine, Optional<Duration> gone) {
    /** The selected engine, or that of the selected model; the first one where nothing is selected. */
    static Optional<Subject> of(Scene scene) {
        Optional<String> id = scene.view().selection().map(RowId::engine);
        List<EngineSnapshot> engines = scene.snapshot().engines();
        if (id.isEmpty()) {
            return engines.stream().findFirst().map(first -> new Subject(scene, first, Optional.empty()));
        }
        Optional<Subject> there =
                scene.snapshot().engine(id.get()).map(engine -> new Subject(scene, engine, Optional.empty()));
        return there.isPresent()
                ? there
                : scene.ghosts().stream()
                        .filter(ghost -> ghost.engine().identity().id().equals(id.get()))
                        .findFirst()
                        .map(ghost -> new Subject(scene, ghost.engine(), Optional.of(ghost.gone())));
    }

    Snapshot snapshot() {
        return scene.snapshot();
    }

    String id() {
        return engine.identity().id();
    }

    State state() {
        return gone.isPresent() ? State.UNREACHABLE : engine.identity().state();
    }

    Optional<Double> number(Metric metric) {
        return engine.measured().metrics().number(metric);
    }

    /** Why a figure is not known: by its own reason, or by one that covers it. */
    Optional<Value.Unavailable<?>> missing(Metric metric) {
        Optional<Value.Unavailable<?>> own = engine.measured().metrics().missing(metric);
        return own.isPresent()
                ? own
                : engine.measured().metrics().get(metric).isPresent()
                        ? Optional.empty()
                        : gap("metrics." + metric.jsonName());
    }

    /** Why what stands at a path is not known: of itself, or of an object around it. */
    Optional<Value.Unavailable<?>> gap(String path) {
        for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
            Value.Unavailable<?> gap = engine.findings().unavailable().get(at);
            if (gap != null) {
                return Optional.of(gap);
            }
        }
        return Optional.empty();
    }
}
