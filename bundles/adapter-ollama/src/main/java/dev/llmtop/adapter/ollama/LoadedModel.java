// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model in memory, as {@code /api/ps} has it (ollama/ollama, server/routes.go, PsHandler).
 *
 * @param name as clients name it
 * @param digest of its manifest, not of its weights
 * @param sizeBytes all memory it takes; empty where absent
 * @param gpuBytes the part of it in GPU memory
 * @param contextTokens of one sequence; since 0.10
 * @param expires as the answer has it; empty text where absent
 */
record LoadedModel(
        String name,
        String digest,
        OptionalLong sizeBytes,
        OptionalLong gpuBytes,
        OptionalLong contextTokens,
        String expires,
        String quantization,
        String parameters) {

    /** All of an answer; empty where it is no such answer. */
    static Optional<List<LoadedModel>> listed(JsonNode answer) {
        JsonNode models = answer.path("models");
        if (!models.isArray()) {
            return Optional.empty();
        }
        List<LoadedModel> listed = new ArrayList<>();
        for (JsonNode model : models) {
            String name = InstalledModel.name(model);
            if (!name.isEmpty()) {
                listed.add(of(name, model));
            }
        }
        return Optional.of(listed);
    }

    private static LoadedModel of(String name, JsonNode model) {
        JsonNode details = model.path("details");
        return new LoadedModel(
                name,
                InstalledModel.text(model, "digest"),
                InstalledModel.number(model, "size"),
                InstalledModel.number(model, "size_vram"),
                InstalledModel.number(model, "context_length"),
                InstalledModel.text(model, "expires_at"),
                InstalledModel.text(details, "quantization_level"),
                InstalledModel.text(details, "parameter_size"));
    }
}
