// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Pressure;
import dev.llmtop.agent.PressureWatch.Pressed;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.EventKind;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Snapshot.Event;
import dev.llmtop.model.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What happened between two snapshots. Not safe for several threads. */
final class Events {
    private final Instant time;
    private final List<Event> events = new ArrayList<>();

    Events(Instant time) {
        this.time = time;
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    /** Engines that came, left or changed. */
    void engines(List<EngineSnapshot> before, List<EngineSnapshot> after, Engines.Changes changes) {
        Map<String, EngineSnapshot> earlier = settledById(before);
        Map<String, EngineSnapshot> later = settledById(after);
        for (EngineSnapshot engine : later.values()) {
            Optional.ofNullable(earlier.get(engine.identity().id()))
                    .ifPresentOrElse(known -> changed(known, engine, changes), () -> appeared(engine, changes));
        }
        for (EngineSnapshot engine : before) {
            String id = engine.identity().id();
            boolean gone =
                    after.stream().noneMatch(other -> other.identity().id().equals(id));
            if (gone && isSettled(engine)) {
                add(EventKind.ENGINE_GONE, engine, "its listener and its process are gone");
            }
        }
    }

    private void appeared(EngineSnapshot engine, Engines.Changes changes) {
        String id = engine.identity().id();
        if (changes.restarted().contains(id)) {
            restarted(engine);
        } else if (changes.returned().contains(id)) {
            add(EventKind.ENGINE_BACK, engine, engine.identity().title() + " is there again");
        } else {
            add(
                    EventKind.ENGINE_APPEARED,
                    engine,
                    engine.identity().title() + ", " + state(engine).code());
        }
    }

    private void changed(EngineSnapshot before, EngineSnapshot after, Engines.Changes changes) {
        if (changes.restarted().contains(after.identity().id())) {
            restarted(after);
            return;
        }
        if (!before.identity().kind().equals(after.identity().kind())) {
            add(
                    EventKind.ENGINE_RECLASSIFIED,
                    after,
                    before.identity().title() + " is taken for "
                            + after.identity().title());
        }
        if (state(before) != state(after)) {
            stateChanged(before, after);
        }
        models(before, after);
    }

    private void restarted(EngineSnapshot engine) {
        String pid = engine.placement()
                .process()
                .map(process -> " as process " + process.pid())
                .orElse("");
        add(EventKind.ENGINE_RESTARTED, engine, engine.identity().title() + " began anew" + pid);
    }

    private void stateChanged(EngineSnapshot before, EngineSnapshot after) {
        if (state(after) == State.UNREACHABLE) {
            add(
                    EventKind.ENGINE_UNREACHABLE,
                    after,
                    why(after) + "; it was " + state(before).code());
        } else if (state(after) == State.BLOCKED) {
            add(EventKind.ENGINE_BLOCKED, after, "it answers 401 or 403: a key opens it");
        } else if (state(before) == State.UNREACHABLE) {
            add(
                    EventKind.ENGINE_BACK,
                    after,
                    "it answers again, " + state(after).code());
        }
    }

    private static String why(EngineSnapshot engine) {
        return engine.findings().evidence().stream()
                .filter(evidence -> evidence.signal().equals(EngineAssembly.SCRAPE))
                .map(Evidence::says)
                .findFirst()
                .orElse("it listens no more");
    }

    private void models(EngineSnapshot before, EngineSnapshot after) {
        if (before.findings().unavailable().containsKey("models")
                || after.findings().unavailable().containsKey("models")) {
            return;
        }
        TreeSet<String> earlier = loaded(before);
        TreeSet<String> later = loaded(after);
        for (String model : later) {
            if (!earlier.contains(model)) {
                add(EventKind.MODEL_LOADED, after, model, "loaded");
            }
        }
        for (String model : earlier) {
            if (!later.contains(model)) {
                add(EventKind.MODEL_UNLOADED, after, model, "not in memory any more");
            }
        }
    }

    /** Adapters that came, left or were switched off; {@code before} and {@code after} are states by kind. */
    void adapters(Map<String, Adapters.Status> before, Map<String, Adapters.Status> after) {
        after.forEach((kind, status) -> {
            String earlier = before.containsKey(kind) ? before.get(kind).state() : "";
            if (earlier.isEmpty()) {
                add(EventKind.ADAPTER_ADDED, status.title() + " (" + status.bundle() + "), " + status.state());
            } else if (status.state().equals("disabled") && !earlier.equals("disabled")) {
                add(EventKind.ADAPTER_DISABLED, status.title() + ": " + status.detail());
            }
        });
        before.forEach((kind, status) -> {
            if (!after.containsKey(kind)) {
                add(EventKind.ADAPTER_REMOVED, status.title() + " (" + status.bundle() + ")");
            }
        });
    }

    /** GPUs that fell off the bus, and those that their vendor's source lists no more while it lists others. */
    void gpus(List<Gpu> before, List<Gpu> after) {
        for (Gpu gpu : after) {
            boolean lostBefore =
                    before.stream().anyMatch(other -> isSame(other, gpu) && other.state() == Gpu.State.LOST);
            if (gpu.state() == Gpu.State.LOST && !lostBefore) {
                add(EventKind.GPU_LOST, name(gpu));
            }
        }
        for (Gpu gpu : before) {
            boolean listed = after.stream().anyMatch(other -> isSame(other, gpu));
            boolean others = after.stream()
                    .anyMatch(other ->
                            other.identity().vendor().equals(gpu.identity().vendor()));
            if (!listed && others && gpu.state() != Gpu.State.LOST) {
                add(EventKind.GPU_LOST, name(gpu) + " is not listed any more");
            }
        }
    }

    private static boolean isSame(Gpu one, Gpu other) {
        return PowerDraw.key(one.identity()).equals(PowerDraw.key(other.identity()));
    }

    private static String name(Gpu gpu) {
        return "GPU " + gpu.identity().index() + " " + gpu.identity().name();
    }

    /** What came under pressure, or under more. */
    void pressure(List<Pressed> pressed) {
        for (Pressed one : pressed) {
            if (one.rose()) {
                String gpu = one.subject().gpu().isPresent()
                        ? "GPU " + one.subject().gpu().getAsInt() + " "
                        : "";
                String detail = gpu + one.says() + (one.level() == Pressure.CRITICAL ? ", critical" : "");
                events.add(new Event(time, EventKind.PRESSURE, one.subject().engine(), Optional.empty(), detail));
            }
        }
    }

    private static TreeSet<String> loaded(EngineSnapshot engine) {
        TreeSet<String> loaded = new TreeSet<>();
        for (ModelSnapshot model : engine.models()) {
            if (model.state() == ModelState.LOADED) {
                loaded.add(model.id());
            }
        }
        return loaded;
    }

    /** While nobody has claimed it, an address is no engine that could appear, change or go. */
    private static boolean isSettled(EngineSnapshot engine) {
        return state(engine) != State.IDENTIFYING || !engine.identity().kind().equals(EngineAssembly.NO_KIND);
    }

    private static Map<String, EngineSnapshot> settledById(List<EngineSnapshot> engines) {
        Map<String, EngineSnapshot> byId = new LinkedHashMap<>();
        engines.stream()
                .filter(Events::isSettled)
                .forEach(engine -> byId.put(engine.identity().id(), engine));
        return byId;
    }

    private static State state(EngineSnapshot engine) {
        return engine.identity().state();
    }

    private void add(EventKind kind, String detail) {
        events.add(new Event(time, kind, Optional.empty(), Optional.empty(), detail));
    }

    private void add(EventKind kind, EngineSnapshot engine, String detail) {
        events.add(new Event(time, kind, Optional.of(engine.identity().id()), Optional.empty(), detail));
    }

    private void add(EventKind kind, EngineSnapshot engine, String model, String detail) {
        events.add(new Event(time, kind, Optional.of(engine.identity().id()), Optional.of(model), detail));
    }
}
