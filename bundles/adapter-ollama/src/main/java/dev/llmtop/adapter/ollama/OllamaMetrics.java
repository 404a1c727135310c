// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value.Unavailable;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The figures of a server: those of its runners, and why there are no others. Half a sum is none: a figure of the server is known
 * where every model's runner told its part.
 */
final class OllamaMetrics {
    private static final String CONTEXT_OPTION = "-c";
    private static final String DECODED = "next_token.n_decoded";

    private final Scene scene;
    private final Assignment assignment;
    private final Reasons reasons;
    private final List<Served> served = new ArrayList<>();

    /** A runner that told its slots. */
    private record Served(RunnerState state, Slots slots) {}

    OllamaMetrics(Scene scene, Reasons reasons) {
        this.scene = scene;
        this.reasons = reasons;
        assignment = scene.assignment();
        for (RunnerState state : scene.runners()) {
            if (state.runner().kind() == Runner.Kind.LLAMA_SERVER) {
                Slots.of(state.answer().okJson()).ifPresent(slots -> served.add(new Served(state, slots)));
            }
        }
    }

    /** Nothing is known, for one reason. */
    static Reading nothing(Stamp stamp, Unavailable<?> why) {
        Reading.Builder reading = Reading.builder(stamp);
        for (Metric metric : Metric.values()) {
            if (metric != Metric.TOKENS_PER_JOULE) {
                reading.unavailable(metric, why.reason(), why.detail());
            }
        }
        if (why.reason() == Reason.NEEDS_KEY || why.reason() == Reason.LOADING) {
            // Neither a key nor patience brings what no Ollama tells.
            Reasons reasons = new Reasons("", true);
            reasons.everywhere(reading);
            reasons.untold(reading, why);
        }
        state(why.reason()).ifPresent(reading::state);
        return reading.build();
    }

    private static Optional<State> state(Reason reason) {
        return switch (reason) {
            case LOADING -> Optional.of(State.LOADING);
            case NEEDS_KEY -> Optional.of(State.BLOCKED);
            default -> Optional.empty();
        };
    }

    Reading reading() {
        if (scene.loaded().isEmpty()) {
            Answer answer = scene.loadedAnswer();
            return nothing(answer.stamp(), new Unavailable<>(answer.reason(), Scene.LOADED + ": " + answer.detail()));
        }
        Reading.Builder reading = Reading.builder(stamp()).changed(scene.fingerprint(assignment));
        reasons.everywhere(reading);
        List<LoadedModel> loaded = scene.loaded().get();
        Optional<Unavailable<?>> gap = gap(loaded);
        if (gap.isPresent()) {
            reasons.untold(reading, gap.get());
        } else if (served.isEmpty()) {
            reasons.idle(reading);
        } else {
            served.forEach(one -> count(one, reading));
            gauges(served, reading);
        }
        loaded.forEach(model -> model(model, reading));
        assignment.loading().forEach((state, name) -> reading.model(name, loading(state)));
        return reading.build();
    }

    /**
     * Of the newest runner, since what is counted is the runners': a newer list would make a reading of its own, in which nothing moved.
     */
    private Stamp stamp() {
        return served.stream()
                .map(one -> one.state().answer().stamp())
                .reduce((one, other) -> other.secondsSince(one) > 0 ? other : one)
                .orElse(scene.loadedAnswer().stamp());
    }

    /** Why the sum over all models is not known; empty where it is, or where no model is in memory. */
    private Optional<Unavailable<?>> gap(List<LoadedModel> loaded) {
        List<RunnerState> serving = scene.runners().stream()
                .filter(state -> !assignment.loading().containsKey(state))
                .toList();
        for (RunnerState state : serving) {
            if (served.stream().noneMatch(one -> one.state() == state)) {
                return Optional.of(reasons.of(state));
            }
        }
        if (served.size() < loaded.size()) {
            return Optional.of(reasons.hidden());
        }
        return served.isEmpty() && !assignment.loading().isEmpty()
                ? Optional.of(new Unavailable<>(Reason.LOADING, "its only model is still being loaded"))
                : Optional.empty();
    }

    private void model(LoadedModel model, Reading.Builder into) {
        Optional<RunnerState> runner = Optional.ofNullable(assignment.byModel().get(model.name()));
        Optional<Served> told = runner.flatMap(
                state -> served.stream().filter(one -> one.state() == state).findFirst());
        Reading.Builder reading =
                Reading.builder(told.map(one -> one.state().answer().stamp())
                        .orElse(scene.loadedAnswer().stamp()));
        if (told.isPresent()) {
            count(told.get(), reading);
            gauges(List.of(told.get()), reading);
        } else {
            reasons.untold(reading, runner.<Unavailable<?>>map(reasons::of).orElseGet(reasons::unassigned));
        }
        reasons.totals(reading);
        into.model(model.name(), reading.build());
    }

    private static Reading loading(RunnerState state) {
        Reading.Builder reading = Reading.builder(state.answer().stamp());
        Reasons.untold(reading, Reason.LOADING, "it is still being loaded");
        state.progress()
                .ifPresentOrElse(
                        ratio -> {
                            reading.gauge(Metric.MODEL_LOAD_PROGRESS_RATIO, ratio);
                            reading.source(
                                    Metric.MODEL_LOAD_PROGRESS_RATIO,
                                    RunnerState.HEALTH,
                                    "progress",
                                    Combined.ONLY,
                                    Basis.LIVE);
                        },
                        () -> reading.unavailable(
                                Metric.MODEL_LOAD_PROGRESS_RATIO,
                                Reason.NOT_EXPORTED,
                                "its runner does not tell how far it is"));
        return reading.build();
    }

    private static void count(Served one, Reading.Builder into) {
        for (Slots.Progress slot : one.slots().progress()) {
            into.progress(
                    Counter.GENERATION_TOKENS, "port=" + one.state().runner().port(), slot.task(), slot.decoded());
        }
    }

    private static void gauges(List<Served> parts, Reading.Builder into) {
        Combined combined = parts.size() == 1 ? Combined.ONLY : Combined.SUM;
        int busy = parts.stream().mapToInt(one -> one.slots().busy()).sum();
        int slots =
                parts.stream().mapToInt(one -> one.slots().progress().size()).sum();
        into.gauge(Metric.RUNNING, busy).gauge(Metric.SLOTS, slots);
        into.source(Metric.RUNNING, RunnerState.SLOTS, "is_processing", combined, Basis.LIVE);
        into.source(Metric.SLOTS, RunnerState.SLOTS, "id", combined, Basis.LIVE);
        into.source(Metric.GENERATION_TOKENS_PER_SECOND, RunnerState.SLOTS, DECODED, combined, Basis.SLOTS);
        long tokens = 0;
        for (Served one : parts) {
            OptionalLong total = one.state().runner().totalTokens();
            if (total.orElse(0) <= 0) {
                into.unavailable(
                        Metric.KV_CACHE_TOTAL_TOKENS,
                        Reason.NOT_EXPORTED,
                        "a runner was started without " + CONTEXT_OPTION);
                return;
            }
            tokens += total.getAsLong();
        }
        into.gauge(Metric.KV_CACHE_TOTAL_TOKENS, tokens);
        into.source(Metric.KV_CACHE_TOTAL_TOKENS, "process", CONTEXT_OPTION, combined, Basis.LIVE);
    }
}
