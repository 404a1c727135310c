// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An entry of {@code /v1/models}. Source: vllm/entrypoints/openai/models/protocol.py.
 *
 * @param id as clients name it, raw
 * @param owner {@code owned_by}; may be empty
 * @param root the path or repository that it was loaded from; may be empty
 * @param parent of an adapter the model below it; empty for a model
 * @param contextTokens absent for an adapter
 */
record VllmCard(String id, String owner, String root, String parent, Optional<Long> contextTokens) {
    private static final Set<String> OWNERS = Set.of("vllm", "vllm-frontend-rs");
    private static final int MOST = 500;

    /** The entries that make sense; none where the answer is no list of models. */
    static List<VllmCard> of(JsonNode answer) {
        List<VllmCard> cards = new ArrayList<>();
        for (JsonNode entry : answer.path("data")) {
            if (entry.path("id").isTextual() && cards.size() < MOST) {
                JsonNode length = entry.path("max_model_len");
                cards.add(new VllmCard(
                        entry.path("id").asText(),
                        text(entry, "owned_by"),
                        text(entry, "root"),
                        text(entry, "parent"),
                        length.isIntegralNumber() && length.canConvertToLong() && length.asLong() > 0
                                ? Optional.of(length.asLong())
                                : Optional.empty()));
            }
        }
        return List.copyOf(cards);
    }

    private static String text(JsonNode entry, String field) {
        return entry.path(field).isTextual() ? entry.path(field).asText() : "";
    }

    /**
     * Whether these are the cards of a vLLM: its owner on each, and at least one length, which routers that pass cards on or make
     * up their own leave out.
     */
    static boolean areVllms(List<VllmCard> cards) {
        return !cards.isEmpty()
                && cards.stream().allMatch(card -> OWNERS.contains(card.owner()))
                && cards.stream().anyMatch(card -> card.contextTokens().isPresent());
    }
}
