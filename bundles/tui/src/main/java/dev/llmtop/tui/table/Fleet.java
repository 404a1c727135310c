// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Figures;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.model.Verdict;
import dev.llmtop.tui.state.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Who is there: the engines of a snapshot, those that are gone, and those that are still being asked.
 *
 * @param engines ordered by address
 * @param gone by id, for how long
 * @param withoutGpu whether the machine is known to have no GPU
 */
record Fleet(List<EngineSnapshot> engines, Map<String, Duration> gone, boolean withoutGpu) {
    static Fleet of(Scene scene) {
        Snapshot snapshot = scene.snapshot();
        List<EngineSnapshot> engines = new ArrayList<>(snapshot.engines());
        Set<String> known = new HashSet<>();
        engines.forEach(engine -> known.add(engine.identity().id()));
        Map<String, Duration> gone = new HashMap<>();
        for (Scene.Ghost ghost : scene.ghosts()) {
            if (known.add(ghost.engine().identity().id())) {
                engines.add(ghost.engine());
                gone.put(ghost.engine().identity().id(), ghost.gone());
            }
        }
        if (snapshot.agent().scanning()) {
            for (Scan.Candidate candidate : snapshot.findings().scan().candidates()) {
                if (candidate.verdict() == Verdict.ASKING && known.add(candidate.address())) {
                    engines.add(asking(candidate));
                }
            }
        }
        engines.sort(EngineOrder.BY_ADDRESS);
        return new Fleet(
                List.copyOf(engines),
                Map.copyOf(gone),
                snapshot.machine().gpus().isEmpty() && !snapshot.agent().scanning());
    }

    /** A candidate as an engine of which nothing is known yet. */
    private static EngineSnapshot asking(Scan.Candidate candidate) {
        OptionalInt port = portOf(candidate.address());
        String title = port.isPresent() ? "port " + port.getAsInt() : candidate.address();
        Value.Unavailable<Object> notYet = new Value.Unavailable<>(Reason.NO_SAMPLE_YET, candidate.why());
        return new EngineSnapshot(
                new EngineSnapshot.Identity(
                        candidate.address(), "unknown", title, notYet.as(), Role.ENGINE, State.IDENTIFYING),
                new EngineSnapshot.Placement(
                        "http://" + candidate.address(), port, List.of(), Optional.empty(), Optional.empty()),
                List.of(),
                new EngineSnapshot.Serving(Map.of(), List.of(), List.of()),
                new EngineSnapshot.Measured(Figures.none(), Map.of(), Map.of(), Optional.empty()),
                new EngineSnapshot.Findings(
                        List.of(Evidence.unreadable("port", candidate.why())),
                        Map.of("metrics", notYet, "models", notYet, "process", notYet, "gpu", notYet)));
    }

    private static OptionalInt portOf(String address) {
        String digits = address.substring(address.lastIndexOf(':') + 1);
        return digits.matches("\\d{1,5}") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    /** Models of an engine that are in memory or on their way there; one alone is shown in the row of its engine. */
    static List<ModelSnapshot> served(EngineSnapshot engine) {
        return engine.models().stream()
                .filter(model -> model.state() != ModelState.AVAILABLE)
                .toList();
    }

    /** The model that the row of an engine speaks for: the only one served, else the main one. */
    static Optional<ModelSnapshot> spokesman(EngineSnapshot engine) {
        List<ModelSnapshot> served = served(engine);
        return served.size() == 1
                ? Optional.of(served.get(0))
                : served.stream().filter(ModelSnapshot::primary).findFirst();
    }
}
