// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model of {@code /v1/models}.
 *
 * @param created seconds; -1 where absent
 * @param contextTokens by whichever of the usual names is there
 */
record ModelCard(
        String id,
        String owner,
        long created,
        String root,
        String parent,
        OptionalLong contextTokens,
        String quantization,
        String parameters) {
    /** LiteLLM gives every model this time (BerriAI/litellm, constants.py). */
    private static final long LITELLM_CREATED = 1_677_610_602;

    private static final List<String> CONTEXTS = List.of(
            "/max_model_len",
            "/context_length",
            "/loaded_context_length",
            "/max_context_length",
            "/context_window",
            "/n_ctx",
            "/meta/n_ctx",
            "/dmr/context_window",
            "/parameters/max_seq_len");

    /** {@code {"object": "list", "data": [{"id": "..."}, ...]}}; an empty list may be null. Empty where it is none. */
    static Optional<List<ModelCard>> listed(JsonNode json) {
        JsonNode data = json.path("data");
        if (!json.path("object").asText().equals("list") || !(data.isArray() || data.isNull())) {
            return Optional.empty();
        }
        List<ModelCard> cards = new ArrayList<>();
        for (JsonNode model : data) {
            if (!model.isObject() || !model.path("id").isTextual()) {
                return Optional.empty();
            }
            cards.add(of(model));
        }
        return Optional.of(cards);
    }

    private static ModelCard of(JsonNode model) {
        return new ModelCard(
                model.path("id").asText(),
                text(model, "/owned_by"),
                model.path("created").asLong(-1),
                text(model, "/root"),
                text(model, "/parent"),
                context(model),
                first(text(model, "/quantization"), text(model, "/dmr/quantization")),
                first(text(model, "/params_string"), text(model, "/dmr/parameters")));
    }

    private static OptionalLong context(JsonNode model) {
        return CONTEXTS.stream()
                .map(model::at)
                .filter(value -> value.isIntegralNumber() && value.canConvertToLong() && value.asLong() > 0)
                .mapToLong(JsonNode::asLong)
                .findFirst();
    }

    private static String text(JsonNode model, String path) {
        JsonNode value = model.at(path);
        return value.isTextual() ? value.asText() : "";
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    boolean isLiteLlm() {
        return created == LITELLM_CREATED;
    }
}
