// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A model on disk, or a name for one in the cloud, as {@code /api/tags} has it.
 *
 * @param sizeBytes on disk
 * @param blob file name of the weights that it was made of, where the answer tells it; else empty
 * @param remote where a cloud model runs; empty for one of this machine
 */
record InstalledModel(
        String name,
        OptionalLong sizeBytes,
        OptionalLong contextTokens,
        String quantization,
        String parameters,
        String blob,
        String remote) {

    /** All of an answer; none where it is no such answer. */
    static List<InstalledModel> listed(JsonNode answer) {
        List<InstalledModel> listed = new ArrayList<>();
        for (JsonNode model : answer.path("models")) {
            String name = name(model);
            if (!name.isEmpty()) {
                listed.add(of(name, model));
            }
        }
        return listed;
    }

    private static InstalledModel of(String name, JsonNode model) {
        JsonNode details = model.path("details");
        String remote = (text(model, "remote_model") + " at " + text(model, "remote_host")).strip();
        boolean cloud = !remote.equals("at");
        return new InstalledModel(
                name,
                number(model, "size"),
                number(details, "context_length"),
                text(details, "quantization_level"),
                text(details, "parameter_size"),
                Runner.blobOf(text(details, "parent_model")),
                cloud ? remote : "");
    }

    boolean isRemote() {
        return !remote.isEmpty();
    }

    /** Older servers know {@code name} only. */
    static String name(JsonNode model) {
        String name = text(model, "name");
        return name.isEmpty() ? text(model, "model") : name;
    }

    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.asText().strip() : "";
    }

    /** A whole number of at least 0. */
    static OptionalLong number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0
                ? OptionalLong.of(value.asLong())
                : OptionalLong.empty();
    }
}
