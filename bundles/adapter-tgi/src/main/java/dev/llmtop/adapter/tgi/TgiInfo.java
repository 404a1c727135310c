// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.tgi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.ServedModel;
import java.util.Optional;

/** {@code /info}, and the command line for what it leaves out. Source: huggingface/text-generation-inference, router/src/lib.rs. */
final class TgiInfo {
    private static final String ROUTER = "text-generation-router";
    private static final String QUANTIZATION_UNKNOWN =
            "--quantize is not given; TGI then takes it from the model's own configuration and does not tell it";

    private final TgiFlags flags;
    private final Description.Builder into = Description.builder();

    TgiInfo(TgiFlags flags) {
        this.flags = flags;
    }

    /** Whether an answer is TGI's: the router says its name, beside what it serves. */
    static boolean isTgi(JsonNode info) {
        return info.path("router").asText().startsWith(ROUTER)
                && info.path("model_id").isTextual()
                && (length(info).isPresent() || info.path("version").isTextual());
    }

    /** Whether it is that of a router before it said its name; an embedding server has {@code model_type} instead. */
    static boolean isOld(JsonNode info) {
        return info.path("model_id").isTextual()
                && info.path("model_device_type").isTextual()
                && info.path("model_type").isMissingNode();
    }

    Description describe(Answer answer, boolean listening) {
        JsonNode info = answer.okJson();
        config(info);
        Optional<String> model = text(info, "model_id").or(() -> flags.text("--model-id"));
        Optional<String> version = text(info, "version");
        into.version(version.map(Value::of)
                .orElseGet(() -> Value.unavailable(answer.reason(), "/info: " + answer.detail())));
        if (!info.path("model_id").isTextual()) {
            into.unavailable("models", answer.reason(), "/info: " + answer.detail());
        }
        if (!listening) {
            into.state(State.LOADING);
        }
        model.ifPresent(id -> into.model(model(id, info, answer, listening)));
        return into.build();
    }

    private ServedModel model(String id, JsonNode info, Answer answer, boolean listening) {
        ServedModel.Builder model = ServedModel.of(id)
                .state(listening ? ModelState.LOADED : ModelState.LOADING)
                .fact(Fact.ROOT, id);
        length(info)
                .or(() -> flags.number("--max-total-tokens"))
                .ifPresentOrElse(
                        tokens -> model.fact(Fact.CONTEXT_TOKENS, tokens),
                        () -> model.unavailable(Fact.CONTEXT_TOKENS, answer.reason(), "/info: " + answer.detail()));
        flags.text("--quantize")
                .ifPresentOrElse(
                        method -> model.fact(Fact.QUANTIZATION, method),
                        () -> model.unavailable(
                                Fact.QUANTIZATION,
                                flags.known() ? Reason.NOT_EXPORTED : Reason.NO_PERMISSION,
                                flags.known()
                                        ? QUANTIZATION_UNKNOWN
                                        : "the command line of the server is not known or may not be read"));
        return model.build();
    }

    private void config(JsonNode info) {
        number("tensorParallel", "--num-shard");
        number("maxBatchTotalTokens", "--max-batch-total-tokens");
        number("maxBatchSize", "--max-batch-size");
        number("speculativeTokens", "--speculate");
        text("quantization", "--quantize");
        text("dtype", "--dtype");
        text("kvCacheDtype", "--kv-cache-dtype");
        flags.text("--sharded")
                .filter(value -> value.equals("true") || value.equals("false"))
                .ifPresent(value -> into.config("sharded", value.equals("true")));
        flags.text("--cuda-memory-fraction")
                .flatMap(TgiInfo::ratio)
                .ifPresent(share -> into.config("gpuMemoryUtilization", share));
        text(info, "model_dtype").ifPresent(dtype -> into.config("dtype", dtype));
        text(info, "model_sha").ifPresent(sha -> into.config("modelRevision", sha));
        told(info, "max_input_tokens", "maxInputTokens");
        told(info, "max_input_length", "maxInputTokens");
        told(info, "max_total_tokens", "maxModelTokens");
        told(info, "max_concurrent_requests", "maxConcurrentRequests");
        told(info, "max_batch_total_tokens", "maxBatchTotalTokens");
        if (!flags.known()) {
            into.unavailable(
                    "config.tensorParallel",
                    Reason.NO_PERMISSION,
                    "the command line of the server is not known or may not be read");
        }
    }

    private static Optional<Long> length(JsonNode info) {
        return whole(info.path("max_total_tokens"));
    }

    private static Optional<Long> whole(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong() && number.asLong() > 0
                ? Optional.of(number.asLong())
                : Optional.empty();
    }

    private static Optional<Double> ratio(String text) {
        try {
            double ratio = Double.parseDouble(text);
            return ratio > 0 && ratio <= 1 ? Optional.of(ratio) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode info, String field) {
        return Optional.of(info.path(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(value -> !value.isBlank());
    }

    private void told(JsonNode info, String field, String name) {
        whole(info.path(field)).ifPresent(number -> into.config(name, number));
    }

    private void number(String name, String option) {
        flags.number(option).ifPresent(value -> into.config(name, value));
    }

    private void text(String name, String option) {
        flags.text(option).ifPresent(value -> into.config(name, value));
    }
}
