// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import dev.llmtop.model.Reason;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import java.util.Map;

/** Settings of the server: all of them are environment variables (ollama/ollama, envconfig/config.go). */
final class OllamaConfig {
    private static final Map<String, String> TEXTS = Map.of(
            "OLLAMA_KEEP_ALIVE", "keepAlive",
            "OLLAMA_KV_CACHE_TYPE", "kvCacheType",
            "OLLAMA_FLASH_ATTENTION", "flashAttention",
            "OLLAMA_MODELS", "modelsDirectory",
            "OLLAMA_NO_CLOUD", "noCloud",
            "OLLAMA_SCHED_SPREAD", "spread");

    private static final Map<String, String> NUMBERS = Map.of(
            "OLLAMA_NUM_PARALLEL", "parallel",
            "OLLAMA_MAX_LOADED_MODELS", "maxLoadedModels",
            "OLLAMA_MAX_QUEUE", "maxQueue",
            "OLLAMA_CONTEXT_LENGTH", "contextTokens");

    private OllamaConfig() {}

    static void describe(Candidate candidate, Description.Builder into) {
        Map<String, String> environment =
                candidate.launch().map(launch -> launch.environment()).orElse(Map.of());
        if (environment.isEmpty()) {
            into.unavailable(
                    "config",
                    Reason.NO_PERMISSION,
                    "Ollama is configured by its environment, and that of its process shows nothing");
            return;
        }
        TEXTS.forEach((variable, name) -> {
            String value = environment.getOrDefault(variable, "").strip();
            if (!value.isEmpty()) {
                into.config(name, value);
            }
        });
        NUMBERS.forEach((variable, name) -> {
            String value = environment.getOrDefault(variable, "").strip();
            if (value.matches("\\d{1,15}")) {
                into.config(name, Long.parseLong(value));
            }
        });
    }
}
