// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code /props} tells. Sources: ggml-org/llama.cpp tools/server/server-context.cpp, server-models.cpp; recordings of b5361 to
 * b11549. The chat template and the default settings are dropped.
 *
 * @param buildInfo as given: {@code b5361-cf0a43bb}; packaged servers say {@code b1-7e4c0a9}, libraries {@code b0-unknown}
 * @param router whether it is a router, which has no model of its own
 * @param asleep whether its model sleeps; {@code false} where the build is too old to tell (before 2025-12)
 * @param slots whether {@code /slots} is on; empty where the build is too old to tell
 * @param metrics whether {@code /metrics} is on; empty where the build is too old to tell
 * @param totalSlots requests that run at once
 * @param contextTokens of one slot
 * @param model what {@code model_alias}, else {@code model_path}, says
 * @param modelPath the file; empty where it is not told
 * @param quantization such as {@code Q4_K - Medium}; empty where the build is too old to tell
 * @param inputs what it takes besides text: {@code vision}, {@code audio}, {@code video}
 */
record LlamaProps(
        String buildInfo,
        boolean router,
        boolean asleep,
        Optional<Boolean> slots,
        Optional<Boolean> metrics,
        Optional<Long> totalSlots,
        Optional<Long> contextTokens,
        String model,
        String modelPath,
        String quantization,
        List<String> inputs) {
    private static final Pattern BUILD = Pattern.compile("b(\\d{1,9})-.*");
    /** Builds outside a full clone of the repository count their commits and come to 0 or 1. */
    private static final long LEAST_BUILD = 1_000;

    /** What the answer says; empty where it is not llama.cpp's: imitations leave {@code build_info} out. */
    static Optional<LlamaProps> of(JsonNode answer) {
        JsonNode settings = answer.path("default_generation_settings");
        boolean router = answer.path("role").asText().equals("router")
                && answer.path("max_instances").isNumber();
        boolean server = settings.isObject() && answer.path("total_slots").isNumber();
        String build = text(answer, "build_info");
        if (build.isBlank() || !router && !server) {
            return Optional.empty();
        }
        String path = text(answer, "model_path");
        String alias = text(answer, "model_alias");
        List<String> inputs = new ArrayList<>();
        for (String input : List.of("vision", "audio", "video")) {
            if (answer.path("modalities").path(input).asBoolean(false)) {
                inputs.add(input);
            }
        }
        return Optional.of(new LlamaProps(
                build,
                router,
                answer.path("is_sleeping").asBoolean(false),
                flag(answer, "endpoint_slots"),
                flag(answer, "endpoint_metrics"),
                positive(answer.path("total_slots")),
                positive(settings.path("n_ctx")),
                alias.isEmpty() ? path : alias,
                path,
                text(answer, "model_ftype"),
                List.copyOf(inputs)));
    }

    /** The number of the build, where it is one. */
    Optional<Long> build() {
        Matcher build = BUILD.matcher(buildInfo);
        return build.matches()
                ? Optional.of(Long.parseLong(build.group(1))).filter(number -> number > LEAST_BUILD)
                : Optional.empty();
    }

    static String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).asText() : "";
    }

    /** A whole number above 0. */
    static Optional<Long> positive(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.asLong() > 0
                ? Optional.of(node.asLong())
                : Optional.empty();
    }

    private static Optional<Boolean> flag(JsonNode node, String field) {
        return node.path(field).isBoolean() ? Optional.of(node.path(field).asBoolean()) : Optional.empty();
    }
}
