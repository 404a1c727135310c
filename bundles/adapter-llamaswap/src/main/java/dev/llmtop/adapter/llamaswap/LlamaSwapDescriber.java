// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamaswap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.ServedModel;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What llama-swap serves: the configured models of {@code /v1/models}, with the live ones of {@code /running} and their backends.
 * Source: mostlygeek/llama-swap, internal/server/api.go.
 */
final class LlamaSwapDescriber {
    private static final int MOST = 2_000;

    private LlamaSwapDescriber() {}

    static Description describe(Answer running, Answer version, Answer models) {
        Description.Builder into = Description.builder().role(Role.ROUTER);
        version(version, into);
        Optional<Running> live = Running.of(running.okJson());
        if (live.isEmpty()) {
            into.unavailable("backends", running.reason(), "/running: " + running.detail());
        } else {
            backends(live.get(), into);
        }
        Map<String, Running.Live> known = live.map(Running::models).orElse(Map.of());
        Set<String> told = new LinkedHashSet<>();
        for (JsonNode model : models.okJson().path("data")) {
            String id = model.path("id").asText();
            if (!id.isEmpty() && told.size() < MOST && told.add(id)) {
                into.model(configured(model, known, live.isPresent()));
            }
        }
        // Unlisted models run without being named there.
        known.forEach((id, one) -> {
            if (told.add(id)) {
                into.model(ServedModel.of(id).state(one.modelState()).build());
            }
        });
        if (!models.okJson().path("data").isArray()) {
            into.unavailable("models", models.reason(), "/v1/models: " + models.detail());
        }
        state(running).ifPresent(into::state);
        return into.build();
    }

    /** A backend that is not on its own machine is one that the configuration proxies to without starting it. */
    private static void backends(Running live, Description.Builder into) {
        live.models().forEach((id, one) -> {
            if (!one.proxy().isEmpty()) {
                into.backend(one.proxy(), "its /running");
                String host = one.proxy().substring(one.proxy().indexOf("://") + 3);
                if (!host.matches("(?i)(localhost|127(\\.\\d{1,3}){3}|0\\.0\\.0\\.0|\\[::1?])(:\\d+)?")) {
                    into.remoteBackend(host, id);
                }
            }
        });
    }

    private static ServedModel configured(JsonNode model, Map<String, Running.Live> known, boolean told) {
        String id = model.path("id").asText();
        ServedModel.Builder into = ServedModel.of(id).state(state(model, known, told));
        long context = model.path("meta")
                .path("n_ctx")
                .asLong(model.path("context_length").asLong(0));
        if (context > 0) {
            into.fact(Fact.CONTEXT_TOKENS, context);
        } else {
            into.unavailable(
                    Fact.CONTEXT_TOKENS, Reason.NOT_EXPORTED, "its configuration does not say it; its backend does");
        }
        return into.build();
    }

    private static ModelState state(JsonNode model, Map<String, Running.Live> known, boolean told) {
        if (model.path("meta").path("llamaswap").path("type").asText().equals("peer")) {
            return ModelState.REMOTE;
        }
        Running.Live live = known.get(model.path("id").asText());
        if (live != null) {
            return live.modelState();
        }
        boolean loaded = model.path("status").path("value").asText().equals("loaded");
        return loaded && !told ? ModelState.LOADED : ModelState.AVAILABLE;
    }

    private static void version(Answer answer, Description.Builder into) {
        String version = answer.okJson().path("version").asText();
        into.version(
                version.isEmpty()
                        ? Value.unavailable(answer.reason(), "/api/version: " + answer.detail())
                        : Value.of(version));
        String commit = answer.okJson().path("commit").asText();
        if (!version.isEmpty() && !commit.isEmpty()) {
            into.config("commit", commit);
        }
    }

    private static Optional<State> state(Answer running) {
        if (LlamaSwapIdentity.isClosed(running)) {
            return Optional.of(State.BLOCKED);
        }
        return running.status() != 200 && running.reason() == Reason.LOADING
                ? Optional.of(State.LOADING)
                : Optional.empty();
    }
}
