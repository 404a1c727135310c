// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.ServedModel;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The models of a server: in memory, on their way there, on disk, in the cloud. */
final class OllamaModels {
    private static final int MOST_INSTALLED = 200;

    /** A keep-alive of -1 is the longest Go duration, 292 years (ollama/ollama, server/sched.go). */
    private static final int NEVER_FROM_YEAR = 2200;

    private static final int UNSET_TO_YEAR = 1970;
    private static final String NEVER = "never";

    private final Description.Builder into;
    private final Set<String> described = new HashSet<>();

    OllamaModels(Description.Builder into) {
        this.into = into;
    }

    /** In the order that matters to a person: first what holds memory. */
    void describe(List<LoadedModel> loaded, Assignment assignment, List<InstalledModel> installed) {
        loaded.forEach(model ->
                add(loaded(model, Optional.ofNullable(assignment.byModel().get(model.name())))));
        for (Map.Entry<RunnerState, String> loading : assignment.loading().entrySet()) {
            add(loading(loading.getKey().runner(), loading.getValue()));
        }
        installed.stream()
                .filter(model -> !described.contains(model.name()))
                .limit(MOST_INSTALLED)
                .forEach(model -> add(installed(model)));
    }

    private void add(ServedModel model) {
        if (described.add(model.id())) {
            into.model(model);
        }
    }

    private static ServedModel loaded(LoadedModel model, Optional<RunnerState> runner) {
        ServedModel.Builder served = ServedModel.of(model.name())
                .state(ModelState.LOADED)
                .fact(Fact.QUANTIZATION, model.quantization())
                .fact(Fact.PARAMETERS, model.parameters());
        if (model.contextTokens().orElse(0) > 0) {
            served.fact(Fact.CONTEXT_TOKENS, model.contextTokens().getAsLong());
        } else {
            served.unavailable(
                    Fact.CONTEXT_TOKENS, Reason.NOT_EXPORTED, "/api/ps tells a model's context since Ollama 0.10");
        }
        memory(model, served);
        expiry(model.expires(), served);
        runner.ifPresent(known -> served.fact(Fact.PID, known.runner().pid())
                .fact(Fact.ROOT, known.runner().model()));
        return served.build();
    }

    /** Sizes of 0 are what a runner with a GPU backend and without a GPU makes of its log: not that the model takes nothing. */
    private static void memory(LoadedModel model, ServedModel.Builder served) {
        OptionalLong size = model.sizeBytes();
        OptionalLong gpu = model.gpuBytes();
        if (size.orElse(0) > 0) {
            served.fact(Fact.SIZE_BYTES, size.getAsLong());
        } else {
            served.unavailable(
                    Fact.SIZE_BYTES,
                    Reason.NOT_EXPORTED,
                    size.isEmpty() ? "/api/ps has no size for it" : "Ollama says size 0: its runner's log told none");
        }
        if (gpu.isPresent() && size.orElse(0) >= Math.max(1, gpu.getAsLong())) {
            served.fact(Fact.GPU_BYTES, gpu.getAsLong());
        } else {
            served.unavailable(
                    Fact.GPU_BYTES,
                    gpu.orElse(0) > 0 ? Reason.MALFORMED : Reason.NOT_EXPORTED,
                    gpu.isEmpty()
                            ? "/api/ps has no size_vram for it"
                            : "Ollama says size_vram " + gpu.getAsLong() + " of size " + size.orElse(0)
                                    + ": how it is split cannot be told");
        }
    }

    private static void expiry(String text, ServedModel.Builder served) {
        try {
            OffsetDateTime expires = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            if (expires.getYear() > UNSET_TO_YEAR) {
                served.fact(
                        Fact.EXPIRES,
                        expires.getYear() >= NEVER_FROM_YEAR
                                ? NEVER
                                : expires.toInstant().toString());
                return;
            }
        } catch (DateTimeException noTime) {
            // Said below, as of a time that is not set.
        }
        served.unavailable(Fact.EXPIRES, Reason.NOT_EXPORTED, "/api/ps tells no time at which it is unloaded");
    }

    private static ServedModel loading(Runner runner, String name) {
        ServedModel.Builder served = ServedModel.of(name)
                .state(ModelState.LOADING)
                .fact(Fact.ROOT, runner.model())
                .fact(Fact.PID, runner.pid());
        runner.totalTokens().ifPresent(tokens -> served.fact(Fact.CONTEXT_TOKENS, tokens / runner.parallel()));
        String why = "its runner is still loading it, and /api/ps does not list it yet";
        for (Fact fact : List.of(Fact.SIZE_BYTES, Fact.GPU_BYTES, Fact.EXPIRES)) {
            served.unavailable(fact, Reason.LOADING, why);
        }
        return served.build();
    }

    private static ServedModel installed(InstalledModel model) {
        ServedModel.Builder served = ServedModel.of(model.name())
                .state(model.isRemote() ? ModelState.REMOTE : ModelState.AVAILABLE)
                .fact(Fact.ROOT, model.remote())
                .fact(Fact.QUANTIZATION, model.quantization())
                .fact(Fact.PARAMETERS, model.parameters());
        model.contextTokens().ifPresent(tokens -> served.fact(Fact.CONTEXT_TOKENS, tokens));
        if (!model.isRemote()) {
            model.sizeBytes().ifPresent(bytes -> served.fact(Fact.SIZE_BYTES, bytes));
        }
        return served.build();
    }
}
