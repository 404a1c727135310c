// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value.Unavailable;
import dev.llmtop.spi.Reading;
import java.util.List;

/** Why a figure of an Ollama is not known, and what would help. */
final class Reasons {
    /** What runners tell. */
    private static final List<Metric> OF_RUNNERS =
            List.of(Metric.RUNNING, Metric.SLOTS, Metric.KV_CACHE_TOTAL_TOKENS, Metric.GENERATION_TOKENS_PER_SECOND);

    private static final String NO_METRICS =
            "Ollama has no metrics page (none up to 0.33), and its runners tell slots and generated tokens only";

    private final String version;
    private final boolean processKnown;

    /** @param version of the server; empty where it is not known */
    Reasons(String version, boolean processKnown) {
        this.version = version.isEmpty() ? "this version" : "this is " + version;
        this.processKnown = processKnown;
    }

    /** What no Ollama tells; figures that are known replace it. */
    void everywhere(Reading.Builder reading) {
        for (Metric metric : Metric.values()) {
            if (metric != Metric.TOKENS_PER_JOULE) {
                reading.unavailable(metric, Reason.NOT_EXPORTED, NO_METRICS);
            }
        }
        reading.unavailable(
                Metric.WAITING, Reason.NOT_EXPORTED, "Ollama queues requests inside and does not tell how many");
        reading.unavailable(
                Metric.KV_CACHE_USED_RATIO,
                Reason.NOT_EXPORTED,
                "llama-server, its runner, has no gauge of its KV cache");
        reading.unavailable(
                Metric.ACTIVE_LORAS, Reason.NOT_EXPORTED, "Ollama bakes an adapter into a model of its own name");
        reading.unavailable(
                Metric.MODEL_LOAD_PROGRESS_RATIO,
                Reason.NOT_EXPORTED,
                "only runners before 0.30 tell how far a load is, each for its own model");
        totals(reading);
    }

    /** Progress of slots begins anew with each request. */
    void totals(Reading.Builder reading) {
        reading.unavailable(
                Metric.GENERATION_TOKENS_TOTAL,
                Reason.NOT_EXPORTED,
                "Ollama counts no tokens; only the progress of requests that run is known");
    }

    void untold(Reading.Builder reading, Unavailable<?> why) {
        untold(reading, why.reason(), why.detail());
    }

    static void untold(Reading.Builder reading, Reason reason, String detail) {
        OF_RUNNERS.forEach(metric -> reading.unavailable(metric, reason, detail));
    }

    /** No model is in memory: nothing can run, and there is nothing to measure. */
    void idle(Reading.Builder reading) {
        untold(reading, Reason.NO_SAMPLE_YET, "no model is in memory; its runner would tell");
        reading.gauge(Metric.RUNNING, 0);
        reading.source(Metric.RUNNING, Scene.LOADED, "models", Combined.ONLY, Basis.LIVE);
    }

    /** Why a runner that should have told its slots did not. */
    Unavailable<?> of(RunnerState state) {
        String where = "runner on port " + state.runner().port();
        if (state.loading()) {
            return new Unavailable<>(Reason.LOADING, "the " + where + " is still loading its model");
        }
        return switch (state.runner().kind()) {
            case LEGACY ->
                new Unavailable<>(
                        Reason.NOT_EXPORTED,
                        "Ollama tells it for runners that are llama-servers, since 0.30; " + version
                                + ", and its runner has no slots");
            case MLX -> new Unavailable<>(Reason.NOT_EXPORTED, "runners of MLX models tell memory, not requests");
            case LLAMA_SERVER ->
                switch (state.answer().reason()) {
                    case NOT_EXPORTED ->
                        new Unavailable<>(
                                Reason.DISABLED,
                                "the " + where + " has no /slots: unset LLAMA_ARG_ENDPOINT_SLOTS=0 for the server");
                    case UNREACHABLE ->
                        new Unavailable<>(Reason.UNREACHABLE, "the " + where + " is gone: its model was unloaded");
                    case TIMED_OUT ->
                        new Unavailable<>(Reason.TIMED_OUT, "the " + where + " is busy and did not answer in time");
                    default ->
                        new Unavailable<>(
                                state.answer().reason(),
                                "/slots of the " + where + ": " + state.answer().detail());
                };
        };
    }

    /** A model is loaded, and no runner of it can be seen. */
    Unavailable<?> hidden() {
        return processKnown
                ? new Unavailable<>(
                        Reason.NO_PERMISSION,
                        "the port of a model's runner cannot be seen: run llmtop as the user of Ollama, or as root; that of a"
                                + " container's listens inside it only")
                : new Unavailable<>(
                        Reason.NO_PERMISSION,
                        "the process of this Ollama cannot be seen (a container's, or another machine's), and its"
                                + " runners tell it");
    }

    /** Several runners, and no telling which one is whose. */
    Unavailable<?> unassigned() {
        return new Unavailable<>(
                Reason.NOT_EXPORTED,
                "which runner serves it cannot be told: its context is not unique, and the weights are not named");
    }
}
