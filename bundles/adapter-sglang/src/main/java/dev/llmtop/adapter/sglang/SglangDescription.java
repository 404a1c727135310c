// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.spi.Stamp;
import java.util.Optional;

/** What an SGLang serves and how it is configured: of its answers, else of its command line. */
final class SglangDescription {
    /** The setting that says whether there is a metrics page. */
    static final String METRICS = "metrics";

    static final String MAX_RUNNING = "config.maxRunningRequests";

    private static final int MOST_MODELS = 500;
    private static final String QUANTIZATION_UNKNOWN =
            "--quantization is not given; SGLang takes it from the model's own configuration and does not tell it";

    private final SglangFlags flags;
    private final Description.Builder into = Description.builder();

    SglangDescription(SglangFlags flags) {
        this.flags = flags;
    }

    /** Before it listens: what its command line says. */
    Description loading(String detail) {
        Answer none = new Answer.Failed(Reason.LOADING, detail, Stamp.now());
        configOfFlags();
        models(none, none, Optional.empty(), ModelState.LOADING);
        return into.state(State.LOADING)
                .version(Value.unavailable(Reason.LOADING, detail))
                .build();
    }

    /** Of its answers. */
    Description of(Answer models, Answer info, Answer server) {
        configOfFlags();
        SglangServerInfo told = SglangServerInfo.of(server.okJson());
        told.settings().forEach(into::config);
        JsonNode generates = info.okJson().path("is_generation");
        if (generates.isBoolean()) {
            into.config("generation", generates.asBoolean());
        }
        told.maxRunning().ifPresent(number -> into.figure(Metric.SLOTS, number));
        told.capacity().ifPresent(number -> into.figure(Metric.KV_CACHE_TOTAL_TOKENS, number));
        into.version(told.version()
                .map(Value::of)
                .orElseGet(() -> Value.unavailable(server.reason(), "/server_info: " + server.detail())));
        if (server.status() != 200) {
            String detail = "/server_info: " + server.detail();
            into.unavailable(MAX_RUNNING, server.reason(), detail);
            if (!flags.known()) {
                into.unavailable("config", server.reason(), detail);
            }
        }
        if (SglangIdentity.isClosed(models)) {
            into.state(State.BLOCKED);
        }
        models(
                models,
                info,
                Optional.ofNullable(told.settings().get("quantization")).map(Object::toString),
                ModelState.LOADED);
        return into.build();
    }

    private void configOfFlags() {
        if (!flags.known()) {
            return;
        }
        number("tensorParallel", "--tp-size", "--tensor-parallel-size", "--tp");
        number("dataParallel", "--dp-size", "--data-parallel-size", "--dp");
        number("pipelineParallel", "--pp-size", "--pipeline-parallel-size", "--pp");
        number("expertParallel", "--ep-size", "--expert-parallel-size", "--ep");
        number("maxModelTokens", "--context-length");
        number("maxRunningRequests", "--max-running-requests");
        text("quantization", "--quantization");
        text("dtype", "--dtype");
        text("kvCacheDtype", "--kv-cache-dtype");
        text("disaggregation", "--disaggregation-mode");
        text("speculative", "--speculative-algorithm", "--speculative-algo");
        flags.text("--mem-fraction-static")
                .flatMap(SglangDescription::ratio)
                .ifPresent(share -> into.config("gpuMemoryUtilization", share));
        if (flags.metricsOff() || flags.launch().has("--enable-metrics")) {
            into.config(METRICS, !flags.metricsOff());
        }
    }

    private void models(Answer list, Answer info, Optional<String> quantization, ModelState state) {
        JsonNode path = info.okJson().path("model_path");
        Optional<String> root = path.isTextual() ? Optional.of(path.asText()) : flags.model();
        Optional<String> method = quantization.or(() -> flags.text("--quantization"));
        int listed = 0;
        for (JsonNode card : list.okJson().path("data")) {
            if (card.path("id").isTextual() && listed < MOST_MODELS) {
                listed++;
                into.model(listed(card, root, method, state));
            }
        }
        if (listed == 0) {
            into.unavailable("models", list.reason(), "/v1/models: " + list.detail());
            Optional<String> served = Optional.of(info.okJson().path("served_model_name"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .or(flags::servedName)
                    .or(() -> root);
            served.ifPresent(name -> into.model(guessed(name, list, root, method, state)));
        }
    }

    private static ServedModel listed(
            JsonNode card, Optional<String> root, Optional<String> quantization, ModelState state) {
        ServedModel.Builder model = ServedModel.of(card.path("id").asText()).state(state);
        String parent = card.path("parent").isTextual() ? card.path("parent").asText() : "";
        model.fact(Fact.PARENT, parent);
        if (parent.isEmpty()) {
            root.ifPresent(known -> model.fact(Fact.ROOT, known));
        } else if (card.path("root").isTextual()) {
            model.fact(Fact.ROOT, card.path("root").asText());
        }
        JsonNode length = card.path("max_model_len");
        if (length.isIntegralNumber() && length.canConvertToLong() && length.asLong() > 0) {
            model.fact(Fact.CONTEXT_TOKENS, length.asLong());
        } else {
            model.unavailable(Fact.CONTEXT_TOKENS, Reason.NOT_EXPORTED, "/v1/models has no max_model_len for it");
        }
        quantization(model, quantization);
        return model.build();
    }

    private ServedModel guessed(
            String name, Answer list, Optional<String> root, Optional<String> quantization, ModelState state) {
        ServedModel.Builder model = ServedModel.of(name).state(state);
        root.ifPresent(known -> model.fact(Fact.ROOT, known));
        flags.number("--context-length")
                .ifPresentOrElse(
                        tokens -> model.fact(Fact.CONTEXT_TOKENS, tokens),
                        () -> model.unavailable(Fact.CONTEXT_TOKENS, list.reason(), "/v1/models: " + list.detail()));
        quantization(model, quantization);
        return model.build();
    }

    private static void quantization(ServedModel.Builder model, Optional<String> method) {
        method.ifPresentOrElse(
                known -> model.fact(Fact.QUANTIZATION, known),
                () -> model.unavailable(Fact.QUANTIZATION, Reason.NOT_EXPORTED, QUANTIZATION_UNKNOWN));
    }

    private static Optional<Double> ratio(String text) {
        try {
            double ratio = Double.parseDouble(text);
            return ratio > 0 && ratio <= 1 ? Optional.of(ratio) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private void number(String name, String... options) {
        flags.number(options).ifPresent(value -> into.config(name, value));
    }

    private void text(String name, String... options) {
        flags.text(options).ifPresent(value -> into.config(name, value));
    }
}
