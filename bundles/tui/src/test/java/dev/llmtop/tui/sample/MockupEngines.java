// SPDX-License-Identifier: MIT
package dev.llmtop.tui.sample;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import java.util.Map;

/** Engines of the mock-ups beside the busy one. */
final class MockupEngines {
    private MockupEngines() {}

    static EngineSnapshot router() {
        return EngineSample.at("LiteLLM", 4000)
                .routes("127.0.0.1:8000", "127.0.0.1:8080", "127.0.0.1:11434")
                .missing(Metric.GENERATION_TOKENS_PER_SECOND, Reason.NOT_EXPORTED, "a router generates nothing")
                .missing(Metric.PROMPT_TOKENS_PER_SECOND, Reason.NOT_EXPORTED, "a router computes nothing")
                .missing(Metric.RUNNING, Reason.NOT_EXPORTED, "LiteLLM has no such series")
                .missing(Metric.WAITING, Reason.NOT_EXPORTED, "LiteLLM has no such series")
                .missing(
                        Metric.TIME_TO_FIRST_TOKEN,
                        Reason.DISABLED,
                        "callbacks: [prometheus] in its configuration turns it on")
                .build();
    }

    static EngineSnapshot llamaCpp() {
        String never = "only in /slots, which keeps a sleeping model awake";
        String none = "llama-server has no such histogram";
        return EngineSample.at("llama.cpp", 8080)
                .model(new ModelSnapshot(
                        "qwen2.5-coder-3b",
                        ModelState.LOADED,
                        true,
                        Map.of(Fact.GPU_BYTES, Samples.bytes(4.6)),
                        Figures.of(Metric.class)
                                .put(Metric.GENERATION_TOKENS_PER_SECOND, 38.4)
                                .put(Metric.PROMPT_TOKENS_PER_SECOND, 120.0)
                                .put(Metric.RUNNING, 1L)
                                .put(Metric.WAITING, 0L)
                                .putUnavailable(Metric.KV_CACHE_USED_RATIO, Reason.NOT_SAFE, never)
                                .putUnavailable(Metric.TIME_TO_FIRST_TOKEN, Reason.NOT_EXPORTED, none)
                                .build(),
                        Map.of()))
                .model(Samples.model("bge-m3", ModelState.SLEEPING, false, 0, 8_192L, "f16"))
                .gpu(Samples.bytes(4.6), 0)
                .put(Metric.GENERATION_TOKENS_PER_SECOND, 38.4)
                .put(Metric.PROMPT_TOKENS_PER_SECOND, 120.0)
                .put(Metric.RUNNING, 1L)
                .put(Metric.WAITING, 0L)
                .missing(Metric.KV_CACHE_USED_RATIO, Reason.NOT_SAFE, never)
                .missing(Metric.TIME_TO_FIRST_TOKEN, Reason.NOT_EXPORTED, none)
                .build();
    }

    static EngineSnapshot ollama() {
        return EngineSample.at("Ollama", 11434)
                .model(Samples.model("gemma3:4b", ModelState.LOADED, true, 4.8, 8_192L, "Q4_K_M"))
                .model(Samples.model("nomic-embed-text", ModelState.LOADED, false, 1.1, 2_048L, "F16"))
                .gpu(Samples.bytes(5.9), 0)
                .rest(Reason.NOT_EXPORTED, "Ollama has no metrics")
                .build();
    }

    static EngineSnapshot closed() {
        String owner = "socket of another user";
        return EngineSample.at("OpenAI?", 9001)
                .state(State.BLOCKED)
                .gap("metrics", Reason.NEEDS_KEY, "GET /v1/models answered 401")
                .gap("models", Reason.NEEDS_KEY, "GET /v1/models answered 401")
                .gap("process", Reason.NO_PERMISSION, owner)
                .gap("gpu", Reason.NO_PERMISSION, owner)
                .build();
    }
}
