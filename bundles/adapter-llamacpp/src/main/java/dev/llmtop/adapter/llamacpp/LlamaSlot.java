// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A slot of {@code /slots}: a place for one request. Prompt and generated text, which some builds send, are never looked at. Source:
 * ggml-org/llama.cpp tools/server/server-context.cpp; recordings.
 *
 * @param id of the slot
 * @param task the request that it works at, or last worked at; -1 where it was never used
 * @param busy whether it works; an idle slot keeps the figures of its last request, or some of them
 * @param speculative whether it drafts tokens
 * @param decoded tokens generated so far
 * @param prompted prompt tokens computed so far; absent in builds up to 2026-03
 */
record LlamaSlot(
        long id, long task, boolean busy, boolean speculative, Optional<Double> decoded, Optional<Double> prompted) {
    private static final int MOST = 4_096;

    /** What an answer holds, or why it holds none. */
    static Value<List<LlamaSlot>> of(Answer answer) {
        if (answer.status() == 501) {
            return Value.unavailable(off().reason(), off().detail());
        }
        List<LlamaSlot> slots = new ArrayList<>();
        for (JsonNode slot : answer.okJson().isArray() ? answer.okJson() : List.<JsonNode>of()) {
            if (slot.path("is_processing").isBoolean() && slot.path("id").isIntegralNumber() && slots.size() < MOST) {
                slots.add(of(slot));
            }
        }
        return slots.isEmpty()
                ? Value.unavailable(answer.reason(), "/slots: " + detail(answer))
                : Value.of(List.copyOf(slots));
    }

    /** The switch of the path, whose sense was turned in 2025. */
    static Value.Unavailable<?> off() {
        return new Value.Unavailable<>(
                Reason.DISABLED, "/slots is off: start it without --no-slots (builds up to 2025-08: with --slots)");
    }

    private static String detail(Answer answer) {
        return answer.status() == 200 ? "the answer makes no sense" : answer.detail();
    }

    private static LlamaSlot of(JsonNode slot) {
        JsonNode next = slot.path("next_token");
        JsonNode progress = next.isArray() ? next.path(0) : next;
        return new LlamaSlot(
                slot.path("id").asLong(),
                slot.path("id_task").asLong(-1),
                slot.path("is_processing").asBoolean(),
                slot.path("speculative").asBoolean(false),
                count(progress.path("n_decoded")),
                count(slot.path("n_prompt_tokens_processed")));
    }

    private static Optional<Double> count(JsonNode node) {
        return node.isNumber() && node.asDouble() >= 0 ? Optional.of(node.asDouble()) : Optional.empty();
    }

    /** The key of its request; an idle slot has another, at which nothing moves. */
    String key() {
        return "slot=" + id + ",task=" + task + (busy ? "" : ",idle");
    }

    /** Whether it still computes its prompt. */
    boolean prefills() {
        return busy && decoded.orElse(0.0) == 0;
    }
}
