// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.CommandPattern;
import dev.llmtop.spi.EngineType.Children;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of processes without any adapter: which requests are never sent to which engine, and which programs are no engines.
 * Closed on purpose: what the sheets of the engines say (sources named there), and nothing that is guessed.
 */
final class KnownPrograms {
    private static final Set<String> NOTHING = Set.of();

    private static final List<KnownProgram> ENGINES = List.of(
            // A keyed /v1 is closed, the rest is harmless: vllm-project/vllm, entrypoints/serve.
            engine(
                    "vllm",
                    "vLLM",
                    NOTHING,
                    "script:vllm serve",
                    "module:vllm.entrypoints.openai.api_server",
                    "module:vllm.entrypoints.cli.main serve",
                    "exe:vllm-rs frontend"),
            // /health and /health_generate run a token: sgl-project/sglang PR 8444; the others mutate on GET.
            engine(
                    "sglang",
                    "SGLang",
                    Set.of(
                            "/health",
                            "/health_generate",
                            "/flush_cache",
                            "/get_load",
                            "/start_profile",
                            "/stop_profile"),
                    "module:sglang.launch_server",
                    "script:sglang serve",
                    // A worker that its gateway started: sgl-project/sglang, sglang_router/launch_server.py,
                    // run_server.
                    "title:sglang::server"),
            // Passes on to its workers: /v1/models, /model_info and /server_info are a worker's answers.
            router(
                    "sglangrouter",
                    "SGLang router",
                    Set.of("/health_generate", "/v1/loads", "/engine_metrics"),
                    "module:sglang_router.launch_router",
                    "module:sglang_router.launch_server",
                    "script:sglang-router",
                    // sgl-project/sglang, sglang_router/launch_router.py, launch_router.
                    "title:sglang::router",
                    "exe:smg",
                    "exe:amg"),
            // Made of SGLang's; passes every path that it does not know on to a worker: vllm-project/router 0.1.17.
            router(
                    "sglangrouter",
                    "vLLM router",
                    Set.of("/health_generate", "/get_loads", "/metrics", "/slots"),
                    "module:vllm_router.launch_router",
                    "title:vllm::router"),
            // GETs that it passes on to an engine: vllm-project/production-stack@a6c01db.
            router(
                    "vllmrouter",
                    "vLLM production-stack router",
                    Set.of("/is_sleeping", "/v1/audio/voices"),
                    "script:vllm-router",
                    "module:vllm_router.app"),
            // GPU allocation test, a 1-token prefill when unhealthy: huggingface/text-generation-inference@db931fc.
            engine(
                    "tgi",
                    "TGI",
                    Set.of("/", "/health", "/ping"),
                    "exe:text-generation-launcher",
                    "exe:text-generation-router"),
            // A forward pass until healthy: huggingface/text-embeddings-inference@0d124dc.
            engine("tei", "TEI", Set.of("/", "/health", "/ping"), "exe:text-embeddings-router"),
            // GET drains the iteration statistics: NVIDIA/TensorRT-LLM PR 13405.
            engine(
                    "trtllm",
                    "TensorRT-LLM",
                    Set.of("/health_generate", "/perf_metrics", "/metrics"),
                    "script:trtllm-serve",
                    "module:tensorrt_llm.commands.serve"),
            engine("ollama", "Ollama", Set.of("/info"), "exe:ollama serve", "exe:ollama start"),
            // /slots always wakes a sleeping model, /metrics did before 2026-08: ggml-org/llama.cpp PR 27376.
            engine(
                    "llamacpp",
                    "llama.cpp",
                    Set.of("/slots", "/metrics", "/lora-adapters", "/models/sse"),
                    "exe:llama-server",
                    "exe:llama serve",
                    "exe:llama server"),
            // GET /unload unloads everything: mostlygeek/llama-swap@0bdb3720.
            router("llamaswap", "llama-swap", Set.of("/unload", "/props"), "exe:llama-swap"),
            // GET /health sends a completion to every deployment: BerriAI/litellm 1.110.2.
            router(
                    "litellm",
                    "LiteLLM",
                    Set.of("/health", "/health/services", "/health/drain"),
                    "script:litellm",
                    "module:litellm",
                    "module:litellm.proxy.proxy_cli"),
            // GET /v1/models takes the model lock and cancels a running stream: abetlen/llama-cpp-python 0.3.36.
            engine(
                    "llamacpppython",
                    "llama-cpp-python",
                    Set.of("/v1/models", "/v1/models/{id}"),
                    "module:llama_cpp.server"),
            engine("lmdeploy", "LMDeploy", Set.of("/terminate"), "script:lmdeploy serve"),
            engine("aphrodite", "Aphrodite", NOTHING, "script:aphrodite serve"),
            // /v1/slots takes the load lock and refreshes the idle timer: lemonade-sdk/lemonade@e385039e.
            router("lemonade", "Lemonade", Set.of("/v1/slots", "/api/v1/slots"), "exe:lemond"),
            // Its backends speak gRPC: mudler/LocalAI@82c191af.
            engine("localai", "LocalAI", Set.of("/backend/monitor", "/models/available"), "exe:local-ai"),
            engine("koboldcpp", "KoboldCpp", Set.of("/noscript"), "script:koboldcpp", "script:koboldcpp.py"),
            engine("mlc", "MLC", Set.of("/metrics"), "script:mlc_llm serve", "module:mlc_llm serve"),
            engine("exo", "exo", Set.of("/events"), "script:exo"),
            // No adapter of their own; nothing of a first contact starts anything there (the sources stand at each).
            engine("triton", "Triton", NOTHING, "exe:tritonserver"), // triton-inference-server/server@e1db8a6
            router("dynamo", "Dynamo frontend", NOTHING, "module:dynamo.frontend"), // ai-dynamo/dynamo@0ab2b3f
            engine("infinity", "Infinity", NOTHING, "script:infinity_emb"), // michaelfeil/infinity@fcb951c
            engine("xinference", "Xinference", NOTHING, "script:xinference-local"), // xorbitsai/inference@7ecec16
            engine("ovms", "OpenVINO Model Server", NOTHING, "exe:ovms"), // openvinotoolkit/model_server@7e4df0c
            engine("max", "MAX", NOTHING, "script:max serve"), // modular/modular@04c9bae
            engine("mlxlm", "mlx_lm.server", NOTHING, "script:mlx_lm.server", "module:mlx_lm.server"));

    private static final List<KnownProgram> NEVER_ASKED = List.of(
            // An incoming request wakes a sleeping machine: mostlygeek/llama-swap cmd/wol-proxy.
            never("wolproxy", "wol-proxy", "exe:wol-proxy"),
            never("ollamarunner", "Ollama runner", "exe:ollama runner", "exe:ollama_llama_server"),
            never("tgishard", "TGI shard", "script:text-generation-server"),
            never(
                    "part",
                    "part of an engine",
                    "title:VLLM::",
                    "title:APHRODITE::",
                    "title:ray::",
                    // The other titles of sgl-project/sglang, srt/managers; router and server are asked.
                    "title:sglang::scheduler",
                    "title:sglang::detokenizer",
                    "title:sglang::data_parallel_controller",
                    "title:sglang::tokenizer_worker",
                    "title:sglang::semi_pd_",
                    "title:sglang::async_draft_runner"),
            never(
                    "dynamoworker",
                    "Dynamo worker",
                    "module:dynamo.vllm",
                    "module:dynamo.sglang",
                    "module:dynamo.trtllm"));

    private KnownPrograms() {}

    /** The engine that this command line starts. */
    static Optional<KnownProgram> engine(CommandLine command) {
        return ENGINES.stream().filter(known -> known.fits(command)).findFirst();
    }

    /** The part of an engine that this command line is: never asked by itself. */
    static Optional<KnownProgram> part(CommandLine command) {
        return NEVER_ASKED.stream().filter(known -> known.fits(command)).findFirst();
    }

    private static KnownProgram engine(String kind, String title, Set<String> forbidden, String... commands) {
        return new KnownProgram(kind, title, patterns(commands), forbidden, Children.INSTANCES, false);
    }

    private static KnownProgram router(String kind, String title, Set<String> forbidden, String... commands) {
        return new KnownProgram(kind, title, patterns(commands), forbidden, Children.BACKENDS, false);
    }

    private static KnownProgram never(String kind, String title, String... commands) {
        return new KnownProgram(kind, title, patterns(commands), NOTHING, Children.INSTANCES, true);
    }

    private static List<CommandPattern> patterns(String... commands) {
        return Arrays.stream(commands).map(CommandPattern::parse).toList();
    }
}
