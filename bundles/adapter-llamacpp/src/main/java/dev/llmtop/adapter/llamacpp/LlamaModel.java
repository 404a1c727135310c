// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.ModelState;
import dev.llmtop.spi.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of {@code /v1/models}. Sources: ggml-org/llama.cpp tools/server/server-context.cpp, server-models.cpp.
 *
 * @param id as clients name it, raw
 * @param status of a router's model, such as {@code loaded}; empty for a server's own
 * @param child how a router starts the model's process; without arguments for a server's own
 * @param preset the router's settings of the model, as the text of an INI file
 * @param contextTokens of one slot, once it is loaded
 * @param parameters how many; empty where the answer does not tell
 * @param sizeBytes of its weights
 * @param quantization such as {@code F16}; empty where the answer does not tell
 */
record LlamaModel(
        String id,
        String status,
        Launch child,
        String preset,
        Optional<Long> contextTokens,
        Optional<Long> parameters,
        Optional<Long> sizeBytes,
        String quantization) {
    private static final int MOST = 500;
    private static final int MOST_ARGUMENTS = 1_000;

    /** The entries that make sense; empty where the answer is no list of models. */
    static List<LlamaModel> of(JsonNode answer) {
        List<LlamaModel> models = new ArrayList<>();
        for (JsonNode entry : answer.path("data")) {
            if (entry.path("id").isTextual() && models.size() < MOST) {
                JsonNode meta = entry.path("meta");
                JsonNode status = entry.path("status");
                models.add(new LlamaModel(
                        entry.path("id").asText(),
                        LlamaProps.text(status, "value"),
                        new Launch(0, "llama-server", arguments(status.path("args")), Map.of()),
                        LlamaProps.text(status, "preset"),
                        LlamaProps.positive(meta.path("n_ctx")),
                        LlamaProps.positive(meta.path("n_params")),
                        LlamaProps.positive(meta.path("size")),
                        LlamaProps.text(meta, "ftype")));
            }
        }
        return List.copyOf(models);
    }

    /** Whether the entries have what only llama.cpp's have. */
    static boolean areLlamas(JsonNode answer) {
        JsonNode first = answer.path("data").path(0);
        return first.path("owned_by").asText().equals("llamacpp")
                && first.path("meta").path("n_ctx_train").isNumber()
                && first.path("meta").path("vocab_type").isNumber();
    }

    private static List<String> arguments(JsonNode given) {
        List<String> arguments = new ArrayList<>();
        for (int at = 1; at < Math.min(given.size(), MOST_ARGUMENTS); at++) {
            arguments.add(given.path(at).asText());
        }
        return arguments;
    }

    boolean loaded() {
        return status.equals("loaded");
    }

    /** Whether the router lets it sleep when it is idle. */
    boolean maySleep() {
        return child.has(SleepRule.OPTION)
                ? SleepRule.sleeps(child)
                : preset.lines().anyMatch(LlamaModel::setsSleep);
    }

    private static boolean setsSleep(String line) {
        String[] setting = line.split("=", 2);
        return setting.length == 2
                && setting[0].strip().toLowerCase(Locale.ROOT).equals("sleep-idle-seconds")
                && !setting[1].strip().startsWith("-")
                && !setting[1].strip().equals("0");
    }

    ModelState state() {
        return switch (status) {
            case "loaded" -> ModelState.LOADED;
            case "loading", "downloading" -> ModelState.LOADING;
            case "sleeping" -> ModelState.SLEEPING;
            default -> ModelState.AVAILABLE;
        };
    }
}
