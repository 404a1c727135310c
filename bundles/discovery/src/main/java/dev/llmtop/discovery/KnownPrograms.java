// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.CommandPattern;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
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
            engine("vllm", "vLLM", NOTHING, "script:vllm serve", "module:vllm.entrypoints.openai.api_server"),
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
                    "script:sglang serve"),
            // Passes on to its workers: /v1/models, /model_info and /server_info are a worker's answers.
            router(
                    "sglangrouter",
                    "SGLang router",
                    Set.of("/health_generate", "/v1/loads", "/engine_metrics"),
                    "module:sglang_router.launch_router",
                    "exe:smg",
                    "exe:amg"),
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
            engine("ollama", "Ollama", Set.of("/info"), "exe:ollama serve"),
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
                    "module:litellm"),
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
            engine("exo", "exo", Set.of("/events"), "script:exo"));

    private static final List<KnownProgram> NEVER_ASKED = List.of(
            // An incoming request wakes a sleeping machine: mostlygeek/llama-swap cmd/wol-proxy.
            never("wolproxy", "wol-proxy", "exe:wol-proxy"),
            never("ollamarunner", "Ollama runner", "exe:ollama runner", "exe:ollama_llama_server"),
            never("tgishard", "TGI shard", "script:text-generation-server"),
            never("part", "part of an engine", "title:VLLM::", "title:sglang::", "title:APHRODITE::", "title:ray::"),
            never(
                    "dynamoworker",
                    "Dynamo worker",
                    "module:dynamo.vllm",
                    "module:dynamo.sglang",
                    "module:dynamo.trtllm"));

    /** Databases, desktop programs, system services: they see no request, on whatever port they listen. */
    private static final Set<String> NO_ENGINES = Set.of(
            "postgres",
            "redis-server",
            "valkey-server",
            "mysqld",
            "mariadbd",
            "mongod",
            "memcached",
            "clickhouse",
            "clickhouse-serv",
            "influxd",
            "etcd",
            "consul",
            "vault",
            "minio",
            "qdrant",
            "milvus",
            "weaviate",
            "sshd",
            "cupsd",
            "smbd",
            "rpcbind",
            "systemd",
            "systemd-resolve",
            "dnsmasq",
            "named",
            "avahi-daemon",
            "Xorg",
            "Xvnc",
            "x11vnc",
            "gnome-shell",
            "chrome",
            "chromium",
            "firefox",
            "code",
            "code-server",
            "jupyter",
            "jupyter-lab",
            "jupyter-noteboo",
            "jupyter-notebook",
            "jupyterhub",
            "grafana",
            "grafana-server",
            "prometheus",
            "node_exporter",
            "dcgm-exporter",
            "alertmanager",
            "loki",
            "beam.smp",
            "rabbitmq-server",
            "nats-server",
            "mosquitto",
            "raylet",
            "gcs_server",
            "tensorboard",
            "open-webui",
            "dockerd",
            "containerd",
            "kubelet",
            "kube-apiserver",
            "kube-proxy",
            "sunshine",
            "Plex Media Serv",
            "jellyfin",
            "syncthing",
            "transmission-da",
            "qbittorrent",
            "tailscaled",
            "rsync",
            "vsftpd",
            "dovecot",
            "adb",
            "gdbserver");

    private KnownPrograms() {}

    /** The engine that this command line starts. */
    static Optional<KnownProgram> engine(CommandLine command) {
        return ENGINES.stream().filter(known -> known.fits(command)).findFirst();
    }

    /** The part of an engine that this command line is: never asked by itself. */
    static Optional<KnownProgram> part(CommandLine command) {
        return NEVER_ASKED.stream().filter(known -> known.fits(command)).findFirst();
    }

    /** The name of a program that is no engine. */
    static Optional<String> noEngine(ProcessEntry process, CommandLine command) {
        int colon = command.program().indexOf(':');
        String title = command.form() == CommandLine.Form.TITLE && colon > 0
                ? command.program().substring(0, colon)
                : command.program();
        return NO_ENGINES.contains(title)
                ? Optional.of(title)
                : Optional.of(process.comm()).filter(NO_ENGINES::contains);
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
