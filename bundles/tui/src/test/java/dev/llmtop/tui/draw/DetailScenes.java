// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.model.Attribution;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.EngineSnapshot;
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
import dev.llmtop.model.Role;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Source;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.tui.state.CommandPane;
import dev.llmtop.tui.state.Filter;
import dev.llmtop.tui.state.Look;
import dev.llmtop.tui.state.Overlay;
import dev.llmtop.tui.state.RowId;
import dev.llmtop.tui.state.Scene;
import dev.llmtop.tui.state.TableView;
import dev.llmtop.tui.state.TimeView;
import dev.llmtop.tui.state.Trends;
import dev.llmtop.tui.state.ViewState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** The machine of ui.md's mock-ups, as far as the details show it. */
final class DetailScenes {
    static final Instant TIME = Instant.parse("2026-11-24T12:30:05Z");

    private static final long GIB = 1L << 30;

    private DetailScenes() {}

    /** A scene that shows a tab of an engine. */
    static Scene of(String selected, int tab, int scroll, String find, List<EngineSnapshot> engines) {
        return of(RowId.of(selected), new Overlay(Overlay.Kind.DETAILS, tab, scroll, find), engines, List.of());
    }

    static Scene of(RowId selected, Overlay overlay, List<EngineSnapshot> engines, List<Scene.Ghost> ghosts) {
        ViewState view = new ViewState(
                Optional.of(selected),
                TableView.START,
                overlay,
                Filter.ALL,
                new TimeView(false, Duration.ZERO, Duration.ofMinutes(2), Duration.ofSeconds(1)),
                new Look(Look.Theme.DARK, false, Set.of()),
                Optional.empty(),
                CommandPane.EMPTY,
                "");
        Trends rising = (row, trend, window, points) -> {
            double[] series = new double[points];
            for (int at = 0; at < points; at++) {
                series[at] = at < 10 ? Double.NaN : 180.0 * at / points;
            }
            return series;
        };
        return new Scene(
                snapshot(engines),
                ghosts,
                List.of(),
                rising,
                view,
                new Scene.Status("LIVE", LocalTime.of(12, 30, 5), Duration.ofMinutes(5)));
    }

    static List<EngineSnapshot> all() {
        return List.of(router(), vllm(), ollama());
    }

    private static Snapshot snapshot(List<EngineSnapshot> engines) {
        Figures<HostMetric> host = Figures.of(HostMetric.class)
                .put(HostMetric.MEMORY_TOTAL_BYTES, 120 * GIB)
                .put(HostMetric.MEMORY_AVAILABLE_BYTES, 2 * GIB)
                .build();
        Gpu gpu = new Gpu(
                new Gpu.Identity(0, "GPU-1", "nvidia", "NVIDIA GB10", "580.95.05", ""),
                Gpu.State.ACTIVE,
                new Gpu.Memory(true, "system"),
                Figures.of(GpuMetric.class)
                        .put(GpuMetric.MEMORY_TOTAL_BYTES, 120 * GIB)
                        .build(),
                List.of(),
                new Gpu.Tenants(
                        List.of(new Gpu.Tenant(
                                900,
                                Value.of(102 * GIB),
                                Value.unavailable(Reason.NOT_SUPPORTED, "no process utilization"),
                                Optional.of("127.0.0.1:8000"),
                                Attribution.ANCESTOR)),
                        List.of()));
        return new Snapshot(
                TIME,
                new Snapshot.AgentInfo("0.1.0", 4711, 1, 0.2, false),
                new Snapshot.Machine(new Host("box", "Linux 6.8", "aarch64", "", 20, host), List.of(gpu)),
                engines,
                new Snapshot.Totals(Figures.none(), List.of()),
                new Snapshot.Findings(
                        new Scan(new Scan.Processes(212, 14), new Scan.Listeners(41, 3, 38), 1, List.of()),
                        List.of(),
                        List.of()));
    }

    private static EngineSnapshot.Identity identity(int port, String kind, String title, String version, Role role) {
        return new EngineSnapshot.Identity("127.0.0.1:" + port, kind, title, Value.of(version), role, State.READY);
    }

    private static EngineSnapshot.Placement placement(int port, ProcessInfo process, boolean onGpu) {
        return new EngineSnapshot.Placement(
                "http://127.0.0.1:" + port,
                OptionalInt.of(port),
                List.of(),
                Optional.of(process),
                onGpu
                        ? Optional.of(
                                new EngineSnapshot.GpuShare(List.of(0), Value.of(102 * GIB), Attribution.ANCESTOR))
                        : Optional.empty());
    }

    private static ProcessInfo process(long pid, String command, boolean contained) {
        return new ProcessInfo(
                pid,
                List.of(pid, pid + 88),
                new ProcessInfo.Owner("root", command, TIME.minusSeconds(86_400), 86_400),
                new ProcessInfo.Usage(Value.of(1.7), Value.of(5_123_456_789L)),
                contained
                        ? Optional.of(new ProcessInfo.ContainerInfo("3f2a9c8b7d6e5f4a3b2c", "docker", Value.of("vllm")))
                        : Optional.empty());
    }

    static Distribution spread(double p50, double p90, double p99, long count, double... bounds) {
        List<Distribution.Bucket> buckets = new ArrayList<>();
        for (int at = 0; at < bounds.length; at++) {
            buckets.add(new Distribution.Bucket(bounds[at], count * (at + 1) / bounds.length));
        }
        Distribution sinceStart = new Distribution(
                new Distribution.Quantiles(Optional.of(p50 * 1.2), Optional.of(p90 * 1.3), Optional.of(p99 * 2)),
                Optional.of(p50 * 1.5),
                count * 100,
                0,
                List.of(),
                Optional.empty());
        return new Distribution(
                new Distribution.Quantiles(Optional.of(p50), Optional.of(p90), Optional.of(p99)),
                Optional.of(p50 * 1.1),
                count,
                60,
                buckets,
                Optional.of(sinceStart));
    }

    static EngineSnapshot vllm() {
        ModelSnapshot model = new ModelSnapshot(
                "qwen3-32b",
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
                        Fact.SIZE_BYTES,
                        19_000_000_000L,
                        Fact.GPU_BYTES,
                        19_000_000_000L),
                Figures.none(),
                Map.of());
        Figures<Metric> figures = Figures.of(Metric.class)
                .put(Metric.RUNNING, 3L)
                .put(Metric.WAITING, 1L)
                .put(Metric.SLOTS, 256L)
                .put(Metric.KV_CACHE_USED_RATIO, 0.312)
                .put(Metric.KV_CACHE_TOTAL_TOKENS, 65_536L)
                .put(Metric.KV_CACHE_BLOCK_TOKENS, 16L)
                .put(Metric.PREFIX_CACHE_HIT_RATIO, 0.62)
                .put(Metric.PROMPT_TOKENS_PER_SECOND, 812.0)
                .put(Metric.GENERATION_TOKENS_PER_SECOND, 143.2)
                .put(Metric.REQUESTS_PER_SECOND, 0.4)
                .put(Metric.PREEMPTIONS_PER_SECOND, 0.0)
                .put(Metric.PROMPT_TOKENS_TOTAL, 812_345L)
                .put(Metric.GENERATION_TOKENS_TOTAL, 99_123L)
                .put(Metric.REQUESTS_TOTAL, 412L)
                .put(Metric.TOKENS_PER_JOULE, 3.45)
                .put(Metric.TIME_TO_FIRST_TOKEN, spread(0.12, 0.31, 0.8, 41, 0.01, 0.02, 0.04, 0.1, 0.25, 0.5, 1, 2.5))
                .put(Metric.INTER_TOKEN_LATENCY, spread(0.02, 0.031, 0.055, 5_900, 0.005, 0.01, 0.025, 0.05, 0.1))
                .put(Metric.END_TO_END_LATENCY, spread(3.1, 4, 5, 3, 1, 5))
                .put(
                        Metric.QUEUE_TIME,
                        new Distribution(
                                Distribution.Quantiles.NONE,
                                Optional.of(0.0004),
                                9,
                                60,
                                List.of(new Distribution.Bucket(0.001, 9)),
                                Optional.empty()))
                .putUnavailable(Metric.PREFILL_TIME, Reason.NOT_EXPORTED, "this version has no such histogram")
                .build();
        Map<String, Double> extra = new TreeMap<>();
        for (int series = 0; series < 30; series++) {
            extra.put("vllm:request_success_total{finished_reason=\"stop\",engine=\"" + series + "\"}", series * 1.5);
        }
        extra.put("vllm:num_requests_waiting_by_reason{reason=\"capacity\"}", 0.0);
        return new EngineSnapshot(
                identity(8000, "vllm", "vLLM", "0.11.0", Role.ENGINE),
                placement(
                        8000, process(812, "vllm serve /models/qwen3 --max-model-len 32768 --api-key ***", true), true),
                List.of(model),
                new EngineSnapshot.Serving(Map.of("tensorParallel", 1L, "dtype", "auto"), List.of(), List.of()),
                new EngineSnapshot.Measured(
                        figures,
                        Map.of(
                                Metric.KV_CACHE_USED_RATIO,
                                new Source("/metrics", List.of("vllm:kv_cache_usage_perc"), Combined.ONLY, Basis.LIVE)),
                        extra,
                        Optional.of(new EngineSnapshot.Freshness(TIME.minusMillis(400), 0.4))),
                new EngineSnapshot.Findings(
                        List.of(
                                Evidence.supporting("process", "argv[1] is serve of vllm, pid 812"),
                                Evidence.supporting(
                                        "fingerprint", "GET /version has version; /metrics has vllm: series"),
                                Evidence.unreadable("port owner", "no-permission: socket of another user")),
                        Map.of(
                                "config.kvTransfer",
                                new Value.Unavailable<>(Reason.NOT_EXPORTED, "no KV connector in this server"))));
    }

    static EngineSnapshot router() {
        Value.Unavailable<Object> none = new Value.Unavailable<>(Reason.NOT_EXPORTED, "a router has no cache");
        return new EngineSnapshot(
                identity(4000, "litellm", "LiteLLM", "1.80.0", Role.ROUTER),
                placement(4000, process(77, "litellm --config /etc/litellm.yaml --port 4000", false), false),
                List.of(new ModelSnapshot("qwen3-32b", ModelState.REMOTE, false, Map.of(), Figures.none(), Map.of())),
                new EngineSnapshot.Serving(
                        Map.of(),
                        List.of("127.0.0.1:8000", "127.0.0.1:11434", "127.0.0.1:9999"),
                        List.of(new EngineSnapshot.RemoteBackend("api.example.org", "large"))),
                new EngineSnapshot.Measured(
                        Figures.of(Metric.class)
                                .putUnavailable(Metric.RUNNING, Reason.NOT_EXPORTED, "not told")
                                .build(),
                        Map.of(),
                        Map.of(),
                        Optional.empty()),
                new EngineSnapshot.Findings(
                        List.of(Evidence.supporting("process", "python runs litellm")),
                        Map.of("metrics.kvCacheUsedRatio", none)));
    }

    static EngineSnapshot ollama() {
        ModelSnapshot loaded = new ModelSnapshot(
                "hf.co/bartowski/a-very-long-organisation-name/Qwen2.5-Coder-32B-Instruct-abliterated-GGUF:Q4_K_M",
                ModelState.LOADED,
                true,
                Map.of(
                        Fact.CONTEXT_TOKENS,
                        131_072L,
                        Fact.QUANTIZATION,
                        "Q4_K_M",
                        Fact.EXPIRES,
                        "2026-11-24T12:34:41Z",
                        Fact.SIZE_BYTES,
                        5 * GIB),
                Figures.of(Metric.class)
                        .put(Metric.GENERATION_TOKENS_PER_SECOND, 38.4)
                        .build(),
                Map.of("gpuBytes", new Value.Unavailable<>(Reason.NO_PERMISSION, "another user's process")));
        ModelSnapshot installed =
                new ModelSnapshot("nomic-embed-text", ModelState.AVAILABLE, false, Map.of(), Figures.none(), Map.of());
        return new EngineSnapshot(
                identity(11434, "ollama", "Ollama", "0.33.0", Role.ENGINE),
                placement(11434, process(300, "ollama serve", false), false),
                List.of(installed, loaded),
                new EngineSnapshot.Serving(Map.of(), List.of(), List.of()),
                new EngineSnapshot.Measured(Figures.none(), Map.of(), Map.of(), Optional.empty()),
                new EngineSnapshot.Findings(
                        List.of(),
                        Map.of("metrics", new Value.Unavailable<>(Reason.NOT_EXPORTED, "Ollama has no metrics page"))));
    }
}
