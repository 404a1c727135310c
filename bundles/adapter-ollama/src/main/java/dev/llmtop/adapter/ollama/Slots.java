// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code /slots} of a runner tells (ggml-org/llama.cpp, tools/server/server-context.cpp).
 *
 * @param busy slots that process a request
 * @param progress of every slot
 */
record Slots(int busy, List<Progress> progress) {
    private static final int MOST_SLOTS = 256;

    Slots {
        progress = List.copyOf(progress);
    }

    /**
     * How far a slot is with its task. An idle slot keeps the task that it had last, some builds with its count too: it has a key of
     * its own, at which nothing moves.
     *
     * @param task slot and task, unique within one runner
     * @param decoded tokens generated for the task; 0 of an idle slot
     */
    record Progress(String task, double decoded) {}

    /** Empty where the answer is no list of slots. */
    static Optional<Slots> of(JsonNode answer) {
        if (!answer.isArray()) {
            return Optional.empty();
        }
        int busy = 0;
        List<Progress> progress = new ArrayList<>();
        for (JsonNode slot : answer) {
            JsonNode processing = slot.path("is_processing");
            if (!slot.path("id").isIntegralNumber() || !processing.isBoolean() || progress.size() == MOST_SLOTS) {
                return Optional.empty();
            }
            busy += processing.asBoolean() ? 1 : 0;
            progress.add(progress(slot, processing.asBoolean()));
        }
        return progress.isEmpty() ? Optional.empty() : Optional.of(new Slots(busy, progress));
    }

    /** {@code next_token} is an array of one; builds of 2025 had the object itself. A slot that was never used has neither. */
    private static Progress progress(JsonNode slot, boolean busy) {
        JsonNode next = slot.path("next_token");
        JsonNode token = next.isArray() ? next.path(0) : next;
        JsonNode task = slot.path("id_task");
        String key = "slot=" + slot.path("id").asLong() + ",task=" + (task.isIntegralNumber() ? task.asText() : "none");
        return busy
                ? new Progress(key, Math.max(0, token.path("n_decoded").asDouble(0)))
                : new Progress(key + ",idle", 0);
    }
}
