// SPDX-License-Identifier: MIT
package dev.llmtop.tui.sample;

import dev.llmtop.model.Attribution;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.EventKind;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Snapshot.Event;
import dev.llmtop.model.Source;
import dev.llmtop.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The machine of the mock-ups. */
public final class Samples {
    public static final Instant TIME = Instant.parse("2026-11-24T12:30:05.120Z");
    public static final long GIB = 1L << 30;

    private Samples() {}

    /** A router over three engines, and a closed server, on a GPU that shares the machine's memory. */
    public static Snapshot mockup() {
        Figures<Metric> sums = Figures.of(Metric.class)
                .put(Metric.RUNNING, 4L)
                .put(Metric.WAITING, 1L)
                .put(Metric.PROMPT_TOKENS_PER_SECOND, 932.0)
                .put(Metric.GENERATION_TOKENS_PER_SECOND, 181.4)
                .put(Metric.TOKENS_PER_JOULE, 4.36)
                .build();
        List<Metric> partial = List.of(
                Metric.RUNNING, Metric.WAITING, Metric.PROMPT_TOKENS_PER_SECOND, Metric.GENERATION_TOKENS_PER_SECOND);
        return snapshot(
                host(),
                List.of(gb10()),
                List.of(
                        MockupEngines.ollama(),
                        MockupEngines.router(),
                        vllm(),
                        MockupEngines.llamaCpp(),
                        MockupEngines.closed()),
                new Snapshot.Totals(sums, partial),
                List.of());
    }

    public static Snapshot snapshot(
            Host host,
            List<Gpu> gpus,
            List<EngineSnapshot> engines,
            Snapshot.Totals totals,
            List<Snapshot.Problem> problems) {
        return new Snapshot(
                TIME,
                new Snapshot.AgentInfo("0.1.0", 4711, 1, 0.21, false),
                new Snapshot.Machine(host, gpus),
                engines,
                totals,
                new Snapshot.Findings(scan(List.of()), List.of(), problems));
    }

    public static Scan scan(List<Scan.Candidate> candidates) {
        return new Scan(new Scan.Processes(212, 14), new Scan.Listeners(41, 3, 38), 1, candidates);
    }

    public static List<Event> events() {
        List<Event> events = new ArrayList<>();
        events.add(new Event(
                TIME.minusSeconds(122),
                EventKind.ENGINE_APPEARED,
                Optional.of("127.0.0.1:4000"),
                Optional.empty(),
                "routes to :8000 :8080 :11434"));
        events.add(new Event(
                TIME.minusSeconds(24),
                EventKind.MODEL_LOADED,
                Optional.of("127.0.0.1:11434"),
                Optional.of("gemma3:4b"),
                "4.8G, unloads 12:34:41"));
        return events;
    }

    public static Host host() {
        Figures<HostMetric> figures = Figures.of(HostMetric.class)
                .put(HostMetric.MEMORY_TOTAL_BYTES, 120 * GIB)
                .put(HostMetric.MEMORY_USED_BYTES, bytes(117.6))
                .put(HostMetric.MEMORY_AVAILABLE_BYTES, bytes(2.4))
                .build();
        return new Host("box", "Linux 6.8", "aarch64", "Cortex-X925", 20, figures);
    }

    public static long bytes(double gib) {
        return (long) (gib * GIB);
    }

    public static Gpu gb10() {
        Figures<GpuMetric> figures = Figures.of(GpuMetric.class)
                .put(GpuMetric.UTILIZATION_RATIO, 0.87)
                .put(GpuMetric.MEMORY_TOTAL_BYTES, 120 * GIB)
                .putUnavailable(GpuMetric.MEMORY_USED_BYTES, Reason.NOT_SUPPORTED, "Not Supported (3)")
                .put(GpuMetric.POWER_WATTS, 41.5)
                .putUnavailable(GpuMetric.POWER_LIMIT_WATTS, Reason.NOT_SUPPORTED, "Not Supported (3)")
                .put(GpuMetric.TEMPERATURE_CELSIUS, 61.0)
                .put(GpuMetric.TEMPERATURE_SLOWDOWN_CELSIUS, 90.0)
                .put(GpuMetric.SM_CLOCK_MHZ, 2405.0)
                .build();
        return new Gpu(
                new Gpu.Identity(0, "GPU-1", "nvidia", "NVIDIA GB10", "580.95.05", ""),
                Gpu.State.ACTIVE,
                new Gpu.Memory(true, "system"),
                figures,
                List.of(),
                new Gpu.Tenants(
                        List.of(
                                tenant(900, 102, "127.0.0.1:8000"),
                                tenant(901, 4.6, "127.0.0.1:8080"),
                                tenant(902, 5.9, "127.0.0.1:11434")),
                        List.of()));
    }

    private static Gpu.Tenant tenant(long pid, double gib, String engine) {
        return new Gpu.Tenant(
                pid,
                Value.of(bytes(gib)),
                Value.unavailable(Reason.NOT_SUPPORTED, "no process utilization"),
                Optional.of(engine),
                Attribution.ANCESTOR);
    }

    public static EngineSnapshot vllm() {
        return EngineSample.at("vLLM", 8000)
                .version("0.11.0")
                .model(model("qwen3-32b-awq", ModelState.LOADED, true, 17.7, 32_768L, "awq"))
                .process(process(812, "root", "vllm serve /models/qwen3 --max-model-len 32768 --api-key ***"))
                .gpu(bytes(102), 0)
                .put(Metric.RUNNING, 3L)
                .put(Metric.WAITING, 1L)
                .put(Metric.SLOTS, 256L)
                .put(Metric.KV_CACHE_USED_RATIO, 0.312)
                .put(Metric.KV_CACHE_TOTAL_TOKENS, 65_536L)
                .put(Metric.KV_CACHE_BLOCK_TOKENS, 16L)
                .put(Metric.PREFIX_CACHE_HIT_RATIO, 0.62)
                .put(Metric.PROMPT_TOKENS_PER_SECOND, 812.0)
                .put(Metric.GENERATION_TOKENS_PER_SECOND, 143.2)
                .put(Metric.PREEMPTIONS_PER_SECOND, 0.0)
                .put(Metric.TIME_TO_FIRST_TOKEN, latency(0.12, 0.31, 0.8))
                .put(Metric.INTER_TOKEN_LATENCY, latency(0.02, 0.031, 0.055))
                .put(Metric.QUEUE_TIME, latency(0.004, 0.01, 0.02))
                .put(Metric.END_TO_END_LATENCY, latency(3.1, 6, 9))
                .put(Metric.TOKENS_PER_JOULE, 3.45)
                .source(
                        Metric.KV_CACHE_USED_RATIO,
                        new Source("/metrics", List.of("vllm:kv_cache_usage_perc"), Combined.ONLY, Basis.LIVE))
                .evidence(Evidence.supporting("process", "argv[1] is serve of vllm, pid 812"))
                .evidence(Evidence.supporting("fingerprint", "GET /version has version; /metrics has vllm: series"))
                .evidence(Evidence.unreadable("port owner", "no-permission: socket of another user"))
                .gap("config.kvTransfer", Reason.NOT_EXPORTED, "no KV connector in this server")
                .build();
    }

    public static ModelSnapshot model(
            String id, ModelState state, boolean primary, double gpuGib, long context, String quantization) {
        Map<Fact, Object> facts = gpuGib > 0
                ? Map.of(
                        Fact.GPU_BYTES,
                        bytes(gpuGib),
                        Fact.CONTEXT_TOKENS,
                        context,
                        Fact.QUANTIZATION,
                        quantization,
                        Fact.ROOT,
                        "/models/" + id)
                : Map.of(Fact.CONTEXT_TOKENS, context, Fact.QUANTIZATION, quantization);
        return new ModelSnapshot(id, state, primary, facts, Figures.none(), Map.of());
    }

    public static ProcessInfo process(long pid, String user, String command) {
        return new ProcessInfo(
                pid,
                List.of(pid),
                new ProcessInfo.Owner(user, command, TIME.minusSeconds(86_400), 86_400),
                new ProcessInfo.Usage(Value.of(1.7), Value.of(bytes(4.77))),
                Optional.of(new ProcessInfo.ContainerInfo("3f2a9c8b7d6e5f4a", "docker", Value.of("vllm"))));
    }

    public static Distribution latency(double p50, double p90, double p99) {
        return new Distribution(
                new Distribution.Quantiles(Optional.of(p50), Optional.of(p90), Optional.of(p99)),
                Optional.of(p50 * 1.2),
                41,
                60,
                List.of(new Distribution.Bucket(p50, 20), new Distribution.Bucket(p99, 41)),
                Optional.empty());
    }
}
