// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * What is taken of {@code /server_info}, by name and form; nothing else of it leaves this class. The answer holds every argument of
 * the server, its {@code api_key} among them, at the top and once more in each of {@code internal_states}. Source:
 * sgl-project/sglang, srt/entrypoints/http_server.py.
 *
 * @param settings by the names of a description: Long, Double, Boolean, or a short word
 * @param version of the server
 * @param maxRunning requests at once, over all data-parallel ranks
 * @param capacity of the KV cache in tokens, over all data-parallel ranks
 */
record SglangServerInfo(
        Map<String, Object> settings, Optional<String> version, OptionalDouble maxRunning, OptionalDouble capacity) {
    /** A method of quantization, a data type, a version: no key looks so, being longer or mixed. */
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_+-]{0,39}");

    private static final Pattern VERSION = Pattern.compile("\\d{1,6}(\\.[0-9A-Za-z+_-]{1,40}){1,6}");

    private static final Map<String, String> NUMBERS = numbers();
    private static final Map<String, String> WORDS = Map.of(
            "quantization", "quantization",
            "dtype", "dtype",
            "kv_cache_dtype", "kvCacheDtype",
            "disaggregation_mode", "disaggregation",
            "speculative_algorithm", "speculative");

    SglangServerInfo {
        settings = Map.copyOf(settings);
    }

    private static Map<String, String> numbers() {
        Map<String, String> numbers = new LinkedHashMap<>();
        numbers.put("tp_size", "tensorParallel");
        numbers.put("dp_size", "dataParallel");
        numbers.put("pp_size", "pipelineParallel");
        numbers.put("ep_size", "expertParallel");
        numbers.put("context_length", "maxModelTokens");
        return numbers;
    }

    /** Takes what is on the list; fields that are not there, or of another form, are left out. */
    static SglangServerInfo of(JsonNode answer) {
        Map<String, Object> settings = new LinkedHashMap<>();
        NUMBERS.forEach((field, name) -> {
            JsonNode number = answer.path(field);
            if (number.isIntegralNumber() && number.canConvertToLong() && number.asLong() > 0) {
                settings.put(name, number.asLong());
            }
        });
        WORDS.forEach((field, name) -> word(answer.path(field)).ifPresent(word -> settings.put(name, word)));
        JsonNode share = answer.path("mem_fraction_static");
        if (share.isNumber() && share.asDouble() > 0 && share.asDouble() <= 1) {
            settings.put("gpuMemoryUtilization", share.asDouble());
        }
        if (answer.path("enable_metrics").isBoolean()) {
            settings.put(
                    SglangDescription.METRICS, answer.path("enable_metrics").asBoolean());
        }
        Optional<String> version = Optional.of(answer.path("version"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> VERSION.matcher(text).matches());
        JsonNode states = answer.path("internal_states");
        return new SglangServerInfo(
                settings,
                version,
                sum(states, "effective_max_running_requests_per_dp"),
                sum(states, "memory_usage", "token_capacity"));
    }

    private static Optional<String> word(JsonNode node) {
        return Optional.of(node)
                .filter(JsonNode::isTextual)
                .map(text -> text.asText().toLowerCase(Locale.ROOT))
                .filter(text -> WORD.matcher(text).matches() && !text.equals("null"));
    }

    /** Over the states, one of each data-parallel rank; a sum that misses one is none. */
    private static OptionalDouble sum(JsonNode states, String... path) {
        double sum = states.isEmpty() ? Double.NaN : 0;
        for (JsonNode state : states) {
            JsonNode node = state;
            for (String field : path) {
                node = node.path(field);
            }
            sum += node.isIntegralNumber() && node.asLong() > 0 ? node.asLong() : Double.NaN;
        }
        return Double.isFinite(sum) ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }
}
