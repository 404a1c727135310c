// SPDX-License-Identifier: MIT
package dev.llmtop.report;

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
import dev.llmtop.model.Numbers;
import dev.llmtop.model.Parts;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Source;
import dev.llmtop.model.State;
import dev.llmtop.model.Texts;
import dev.llmtop.model.Value;
import dev.llmtop.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Snapshots made by hand. */
final class Samples {
    static final Instant TIME = Instant.parse("2026-11-24T12:30:05.120Z");

    private Samples() {}

    /** The machine of the mock-up: a vLLM under load on a GPU with unified memory, and a server that wants a key. */
    static Snapshot mockup() {
        return snapshot(false, List.of(gb10()), List.of(vllm(), closed()), List.of());
    }

    /** Nothing is known of anything. */
    static Snapshot empty(boolean scanning) {
        return new Snapshot(
                TIME,
                new Snapshot.AgentInfo("0.1.0", 4711, 1, 0.21, scanning),
                new Snapshot.Machine(new Host("box", "", "", "", 1, Figures.none()), List.of()),
                List.of(),
                new Snapshot.Totals(Figures.none(), List.of()),
                new Snapshot.Findings(
                        new Scan(new Scan.Processes(212, 14), new Scan.Listeners(41, 3, 38), 1, List.of()),
                        List.of(),
                        List.of(new Snapshot.Problem("nvml", "libnvidia-ml.so.1 not found"))));
    }

    static Snapshot snapshot(
            boolean scanning, List<Gpu> gpus, List<EngineSnapshot> engines, List<Snapshot.Problem> problems) {
        Figures<Metric> sums = Figures.of(Metric.class)
                .put(Metric.RUNNING, 4L)
                .put(Metric.GENERATION_TOKENS_PER_SECOND, 181.4)
                .putUnavailable(Metric.TOKENS_PER_JOULE, Reason.NOT_SUPPORTED, "no energy counter")
                .build();
        Scan scan = new Scan(
                new Scan.Processes(212, 14),
                new Scan.Listeners(41, 3, 38),
                1,
                List.of(
                        new Scan.Candidate("127.0.0.1:8000", OptionalLong.of(812), Verdict.ENGINE, "vLLM answers"),
                        new Scan.Candidate(
                                "127.0.0.1:3000",
                                OptionalLong.empty(),
                                Verdict.NOT_AN_ENGINE,
                                "an HTML page on every path")));
        Snapshot.Event event = new Snapshot.Event(
                TIME, EventKind.MODEL_LOADED, Optional.of("127.0.0.1:8000"), Optional.of("qwen3-32b"), "4.6G");
        Snapshot.Event bare =
                new Snapshot.Event(TIME, EventKind.ADAPTER_ADDED, Optional.empty(), Optional.empty(), "tgi");
        return new Snapshot(
                TIME,
                new Snapshot.AgentInfo("0.1.0", 4711, 1, 0.2101239, scanning),
                new Snapshot.Machine(host(), gpus),
                engines,
                new Snapshot.Totals(sums, List.of(Metric.RUNNING)),
                new Snapshot.Findings(scan, List.of(event, bare), problems));
    }

    static Host host() {
        Figures<HostMetric> figures = Figures.of(HostMetric.class)
                .put(HostMetric.CPU_USED_RATIO, 0.12)
                .put(HostMetric.MEMORY_TOTAL_BYTES, 128_501_256_192L)
                .put(HostMetric.MEMORY_USED_BYTES, 126_701_256_192L)
                .put(HostMetric.MEMORY_AVAILABLE_BYTES, 1_800_000_000L)
                .put(HostMetric.SWAP_TOTAL_BYTES, 0L)
                .putUnavailable(HostMetric.SWAP_USED_BYTES, Reason.NO_SAMPLE_YET, "not sampled yet")
                .put(HostMetric.LOAD_AVERAGE, new Numbers(List.of(1.2, 0.8, 0.5)))
                .build();
        return new Host("box", "Linux 6.8", "aarch64", "Cortex-X925", 20, figures);
    }

    static Gpu gb10() {
        Figures<GpuMetric> figures = Figures.of(GpuMetric.class)
                .put(GpuMetric.UTILIZATION_RATIO, 0.87)
                .put(GpuMetric.MEMORY_TOTAL_BYTES, 128_501_256_192L)
                .putUnavailable(GpuMetric.MEMORY_USED_BYTES, Reason.NOT_SUPPORTED, "Not Supported (3)")
                .put(GpuMetric.POWER_WATTS, 41.5)
                .put(GpuMetric.TEMPERATURE_CELSIUS, 61.0)
                .put(GpuMetric.TEMPERATURE_SLOWDOWN_CELSIUS, 90.0)
                .put(GpuMetric.COMPUTE_MODE, "default")
                .put(GpuMetric.PERSISTENCE, true)
                .build();
        Gpu.Tenant tenant = new Gpu.Tenant(
                900,
                Value.of(109_521_666_048L),
                Value.unavailable(Reason.NOT_SUPPORTED, "no process utilization"),
                Optional.of("127.0.0.1:8000"),
                Attribution.ANCESTOR);
        return new Gpu(
                new Gpu.Identity(0, "GPU-1", "nvidia", "NVIDIA GB10", "580.95.05", ""),
                Gpu.State.ACTIVE,
                new Gpu.Memory(true, "system"),
                figures,
                List.of("SwPowerCap"),
                new Gpu.Tenants(List.of(tenant), List.of()));
    }

    /** A card with memory of its own, split in two. */
    static Gpu split() {
        Gpu.Tenant unknown = new Gpu.Tenant(
                7,
                Value.unavailable(Reason.NO_PERMISSION, "another user's"),
                Value.of(0.5),
                Optional.empty(),
                Attribution.NONE);
        Gpu.MigInstance instance = new Gpu.MigInstance(
                0,
                "MIG-1",
                "1g.10gb",
                Value.of(10_000_000_000L),
                Value.unavailable(Reason.NO_PERMISSION, "MIG needs root"),
                List.of(unknown));
        Figures<GpuMetric> figures = Figures.of(GpuMetric.class)
                .putUnavailable(GpuMetric.UTILIZATION_RATIO, Reason.NOT_SUPPORTED, "not with MIG")
                .put(GpuMetric.MEMORY_TOTAL_BYTES, 85_899_345_920L)
                .put(GpuMetric.MEMORY_USED_BYTES, 70_000_000_000L)
                .put(GpuMetric.TEMPERATURE_CELSIUS, 83.4)
                .put(GpuMetric.TEMPERATURE_SLOWDOWN_CELSIUS, 90.0)
                .build();
        return new Gpu(
                new Gpu.Identity(1, "GPU-2", "nvidia", "NVIDIA H100 80GB HBM3", "580.95.05", "00000000:01:00.0"),
                Gpu.State.ACTIVE,
                new Gpu.Memory(false, "device"),
                figures,
                List.of(),
                new Gpu.Tenants(List.of(), List.of(instance, instance)));
    }

    static Gpu lost() {
        return new Gpu(
                new Gpu.Identity(2, "GPU-3", "nvidia", "NVIDIA H100", "", ""),
                Gpu.State.LOST,
                new Gpu.Memory(false, "device"),
                Figures.none(),
                List.of(),
                new Gpu.Tenants(List.of(), List.of()));
    }

    static Distribution latency(double p50, double p90, double p99, double mean) {
        Distribution sinceStart = new Distribution(
                new Distribution.Quantiles(Optional.of(p50), Optional.of(p90), Optional.of(p99)),
                Optional.of(mean),
                5012,
                0,
                List.of(),
                Optional.empty());
        return new Distribution(
                sinceStart.quantiles(),
                Optional.of(mean),
                41,
                60,
                List.of(
                        new Distribution.Bucket(0.1, 20),
                        new Distribution.Bucket(0.25, 38),
                        new Distribution.Bucket(0.5, 41)),
                Optional.of(sinceStart));
    }

    /** Nothing in the window, but something before. */
    static Distribution idle() {
        return new Distribution(
                Distribution.Quantiles.NONE,
                Optional.empty(),
                0,
                60,
                List.of(),
                latency(0.15, 0.4, 1.9, 0.2).sinceStart());
    }

    /** All in the lowest bucket. */
    static Distribution lowest() {
        return new Distribution(
                Distribution.Quantiles.NONE,
                Optional.of(0.0004),
                9,
                60,
                List.of(new Distribution.Bucket(0.001, 9)),
                Optional.empty());
    }

    static Figures.Builder<Metric> busy() {
        return Figures.of(Metric.class)
                .put(Metric.RUNNING, 3L)
                .put(Metric.WAITING, 1L)
                .put(Metric.WAITING_BY_REASON, new Parts(Map.of("capacity", 1.0, "deferred", 0.0)))
                .put(Metric.SLOTS, 256L)
                .put(Metric.KV_CACHE_USED_RATIO, 0.312)
                .put(Metric.PREFIX_CACHE_HIT_RATIO, 0.62)
                .put(Metric.PROMPT_TOKENS_PER_SECOND, 812.0)
                .put(Metric.GENERATION_TOKENS_PER_SECOND, 143.1999837)
                .put(Metric.PREEMPTIONS_PER_SECOND, 0.0)
                .put(Metric.GENERATION_TOKENS_TOTAL, 99_123L)
                .put(Metric.TIME_TO_FIRST_TOKEN, latency(0.12, 0.31, 0.8, 0.15))
                .put(Metric.INTER_TOKEN_LATENCY, latency(0.0204, 0.031, 0.055, 0.021))
                .put(Metric.QUEUE_TIME, lowest())
                .put(Metric.END_TO_END_LATENCY, idle())
                .put(Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION, new Numbers(List.of(0.8, 0.5)))
                .put(Metric.ACTIVE_LORAS, new Texts(List.of("sql")))
                .putUnavailable(Metric.EXTERNAL_CACHE_HIT_RATIO, Reason.NOT_EXPORTED, "no KV connector in this server");
    }

    static EngineSnapshot vllm() {
        ModelSnapshot model = new ModelSnapshot(
                "qwen3-32b-awq",
                ModelState.LOADED,
                true,
                Map.of(
                        Fact.ROOT,
                        "/models/qwen3",
                        Fact.CONTEXT_TOKENS,
                        32_768L,
                        Fact.QUANTIZATION,
                        "awq",
                        Fact.PARAMETERS,
                        "32.8B",
                        Fact.PID,
                        900L),
                Figures.none(),
                Map.of("sizeBytes", new Value.Unavailable<>(Reason.NOT_EXPORTED, "vLLM does not tell it")));
        ProcessInfo process = new ProcessInfo(
                812,
                List.of(812L, 900L),
                new ProcessInfo.Owner(
                        "root", "vllm serve /models/qwen3 --api-key ***", TIME.minusSeconds(86_400), 86_400.123),
                new ProcessInfo.Usage(Value.of(1.7), Value.of(5_123_456_789L)),
                Optional.of(new ProcessInfo.ContainerInfo("3f2a9c8b7d6e5f4a", "docker", Value.of("vllm"))));
        return new EngineSnapshot(
                new EngineSnapshot.Identity(
                        "127.0.0.1:8000", "vllm", "vLLM", Value.of("0.11.0"), Role.ENGINE, State.READY),
                new EngineSnapshot.Placement(
                        "http://127.0.0.1:8000",
                        OptionalInt.of(8000),
                        List.of("172.17.0.2:8000"),
                        Optional.of(process),
                        Optional.of(new EngineSnapshot.GpuShare(
                                List.of(0), Value.of(109_521_666_048L), Attribution.ANCESTOR))),
                List.of(model),
                new EngineSnapshot.Serving(
                        Map.of(
                                "tensorParallel",
                                1L,
                                "enforceEager",
                                true,
                                "gpuMemoryUtilization",
                                0.9,
                                "dtype",
                                "auto"),
                        List.of(),
                        List.of(new EngineSnapshot.RemoteBackend("api.example.org", "large"))),
                new EngineSnapshot.Measured(
                        busy().build(),
                        Map.of(
                                Metric.KV_CACHE_USED_RATIO,
                                new Source("/metrics", List.of("vllm:kv_cache_usage_perc"), Combined.ONLY, Basis.LIVE)),
                        Map.of("vllm:num_requests_waiting_by_reason{reason=\"capacity\"}", 0.0),
                        Optional.of(new EngineSnapshot.Freshness(TIME.minusMillis(400), 0.4))),
                new EngineSnapshot.Findings(
                        List.of(
                                Evidence.supporting("process", "argv[1] is serve of vllm"),
                                Evidence.unreadable("owner", "socket of another user")),
                        Map.of(
                                "config.kvTransfer",
                                new Value.Unavailable<>(Reason.NOT_EXPORTED, "no KV connector in this server"))));
    }

    static EngineSnapshot closed() {
        Value.Unavailable<Object> key = new Value.Unavailable<>(Reason.NEEDS_KEY, "GET /v1/models answered 401");
        Value.Unavailable<Object> owner =
                new Value.Unavailable<>(Reason.NO_PERMISSION, "socket of another user; run with sudo");
        return new EngineSnapshot(
                new EngineSnapshot.Identity(
                        "127.0.0.1:9001", "openai", "OpenAI?", key.as(), Role.ENGINE, State.BLOCKED),
                new EngineSnapshot.Placement(
                        "http://127.0.0.1:9001", OptionalInt.of(9001), List.of(), Optional.empty(), Optional.empty()),
                List.of(),
                new EngineSnapshot.Serving(Map.of(), List.of(), List.of()),
                new EngineSnapshot.Measured(Figures.none(), Map.of(), Map.of(), Optional.empty()),
                new EngineSnapshot.Findings(
                        List.of(), Map.of("metrics", key, "models", key, "process", owner, "gpu", owner)));
    }

    /** An engine with these figures, models and gaps. */
    static EngineSnapshot engine(
            String title,
            int port,
            State state,
            List<ModelSnapshot> models,
            Figures<Metric> figures,
            Map<String, Value.Unavailable<?>> gaps) {
        return new EngineSnapshot(
                new EngineSnapshot.Identity("127.0.0.1:" + port, "test", title, Value.of("1"), Role.ENGINE, state),
                new EngineSnapshot.Placement(
                        "http://127.0.0.1:" + port,
                        OptionalInt.of(port),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                models,
                new EngineSnapshot.Serving(Map.of(), List.of(), List.of()),
                new EngineSnapshot.Measured(figures, Map.of(), Map.of(), Optional.empty()),
                new EngineSnapshot.Findings(List.of(), gaps));
    }

    static ModelSnapshot model(String id, ModelState state) {
        return new ModelSnapshot(id, state, false, Map.of(), Figures.none(), Map.of());
    }
}
