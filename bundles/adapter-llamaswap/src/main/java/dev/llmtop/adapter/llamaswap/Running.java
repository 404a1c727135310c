// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamaswap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.ModelState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /running}: the live models. Their {@code cmd} is a whole command line that may hold secrets; it is not read. Source:
 * mostlygeek/llama-swap, internal/server/api.go; before v200 there were fewer fields.
 *
 * @param models by id
 */
record Running(Map<String, Live> models) {
    private static final int MOST = 1_000;
    private static final Pattern URL =
            Pattern.compile("(?i)(https?://)(?:[^/\\s@?#]*@)?(\\[[0-9a-f:.]+]|[\\w.-]{1,253})(:\\d{1,5})?(?:[/?#].*)?");

    Running {
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    }

    /**
     * A live model.
     *
     * @param state as llama-swap says it; empty where an old version says none
     * @param proxy URL of its backend; empty where it is not told
     */
    record Live(String state, String proxy) {
        /** Only {@code ready} serves; what is on its way out is installed and no more. */
        ModelState modelState() {
            return switch (state) {
                case "ready", "" -> ModelState.LOADED;
                case "starting" -> ModelState.LOADING;
                default -> ModelState.AVAILABLE;
            };
        }
    }

    /** Empty where the answer is somebody else's. */
    static Optional<Running> of(JsonNode answer) {
        JsonNode running = answer.path("running");
        if (!running.isArray()) {
            return Optional.empty();
        }
        Map<String, Live> models = new LinkedHashMap<>();
        for (JsonNode model : running) {
            String id = model.path("model").asText();
            if (id.isEmpty()) {
                return Optional.empty();
            }
            if (models.size() < MOST) {
                models.put(
                        id,
                        new Live(
                                model.path("state").asText(),
                                url(model.path("proxy").asText())));
            }
        }
        return Optional.of(new Running(models));
    }

    private static String url(String text) {
        Matcher url = URL.matcher(text.strip());
        return url.matches() ? url.group(1) + url.group(2) + (url.group(3) == null ? "" : url.group(3)) : "";
    }
}
