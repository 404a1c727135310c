// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Role;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sums over engines. Routers are left out, since their backends count, but not one whose models have figures and no backend has them:
 * its models are its own. What is still being identified is left out too. An engine that does not answer adds nothing, whatever its
 * last figures were: the sums then miss a part.
 */
final class Totals {
    private static final List<Metric> SUMS = List.of(
            Metric.RUNNING, Metric.WAITING, Metric.PROMPT_TOKENS_PER_SECOND, Metric.GENERATION_TOKENS_PER_SECOND);

    private Totals() {}

    static Snapshot.Totals of(List<EngineSnapshot> engines, TokensPerJoule energy) {
        Figures.Builder<Metric> sums = Figures.of(Metric.class);
        List<Metric> partial = new ArrayList<>();
        List<EngineSnapshot> counted = engines.stream().filter(Totals::counts).toList();
        for (Metric metric : SUMS) {
            List<Double> parts = counted.stream()
                    .flatMap(engine -> part(engine, metric).stream())
                    .toList();
            if (!parts.isEmpty()) {
                sums.putNumber(
                        metric, parts.stream().mapToDouble(Double::doubleValue).sum());
                if (parts.size() < counted.size()) {
                    partial.add(metric);
                }
            }
        }
        energy(sums, partial, energy);
        return new Snapshot.Totals(sums.build(), partial);
    }

    private static boolean counts(EngineSnapshot engine) {
        boolean computes = engine.identity().role() != Role.ROUTER || hasOwnModels(engine);
        return computes && engine.identity().state() != State.IDENTIFYING;
    }

    private static boolean hasOwnModels(EngineSnapshot router) {
        return router.serving().backends().isEmpty()
                && router.serving().remoteBackends().isEmpty()
                && router.models().stream()
                        .anyMatch(model -> !model.metrics().asMap().isEmpty());
    }

    private static Optional<Double> part(EngineSnapshot engine, Metric metric) {
        return engine.identity().state() == State.UNREACHABLE
                ? Optional.empty()
                : engine.measured().metrics().number(metric);
    }

    /** Absent where nothing was generated to speak of, or where a GPU does not tell its power. */
    private static void energy(Figures.Builder<Metric> sums, List<Metric> partial, TokensPerJoule energy) {
        Value<Double> perJoule = energy.ofMachine(sums.build());
        if (perJoule instanceof Value.Known<Double> known) {
            sums.put(Metric.TOKENS_PER_JOULE, known);
            if (partial.contains(Metric.GENERATION_TOKENS_PER_SECOND)) {
                partial.add(Metric.TOKENS_PER_JOULE);
            }
        }
    }
}
