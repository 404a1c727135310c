// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Agent;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Host;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent that has seen two engines, and adapters of which one is switched off. */
final class FakeAgent implements Agent, Adapters {
    final AtomicInteger rediscoveries = new AtomicInteger();
    final AtomicInteger scans = new AtomicInteger();

    @Override
    public Snapshot latest() {
        boolean scanning = scans.get() > 0 && scans.getAndDecrement() > 0;
        Gpu gpu = new Gpu(
                new Gpu.Identity(0, "", "nvidia", "NVIDIA H100", "", ""),
                Gpu.State.ACTIVE,
                new Gpu.Memory(false, "device"),
                Figures.of(GpuMetric.class)
                        .put(GpuMetric.UTILIZATION_RATIO, 0.87)
                        .putUnavailable(GpuMetric.POWER_WATTS, Reason.NOT_SUPPORTED, "no sensor")
                        .build(),
                List.of(),
                new Gpu.Tenants(List.of(), List.of()));
        Scan scan = new Scan(
                new Scan.Processes(10, 0),
                new Scan.Listeners(3, 3, 0),
                1,
                List.of(new Scan.Candidate(
                        "127.0.0.1:3000", OptionalLong.of(78), Verdict.NOT_AN_ENGINE, "an HTML page")));
        return new Snapshot(
                Instant.EPOCH,
                new Snapshot.AgentInfo("0.1.0", 1, 1, 0.1, scanning),
                new Snapshot.Machine(new Host("box", "", "", "", 1, Figures.none()), List.of(gpu)),
                scanning
                        ? List.of()
                        : List.of(engine(8000, "vllm", "vLLM"), engine(9001, "openai", "OpenAI?\u001b[2J")),
                new Snapshot.Totals(Figures.none(), List.of()),
                new Snapshot.Findings(scan, List.of(), List.of()));
    }

    static EngineSnapshot engine(int port, String kind, String title) {
        Figures<Metric> figures = Figures.of(Metric.class)
                .put(Metric.RUNNING, 3L)
                .put(Metric.GENERATION_TOKENS_PER_SECOND, 143.1999837)
                .put(Metric.KV_CACHE_USED_RATIO, 0.312)
                .putUnavailable(Metric.WAITING, Reason.DISABLED, "--disable-log-stats is set")
                .build();
        ModelSnapshot model =
                new ModelSnapshot("qwen3-32b", ModelState.LOADED, true, Map.of(), Figures.none(), Map.of());
        return new EngineSnapshot(
                new EngineSnapshot.Identity(
                        "127.0.0.1:" + port, kind, title, Value.of("0.11.0"), Role.ENGINE, State.READY),
                new EngineSnapshot.Placement(
                        "http://127.0.0.1:" + port,
                        OptionalInt.of(port),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                List.of(model),
                new EngineSnapshot.Serving(Map.of("tensorParallel", 1L), List.of(), List.of()),
                new EngineSnapshot.Measured(figures, Map.of(), Map.of(), Optional.empty()),
                new EngineSnapshot.Findings(
                        List.of(
                                Evidence.supporting("process", "argv[1] is serve of vllm"),
                                Evidence.unreadable("owner", "socket of another user")),
                        Map.of("process", new Value.Unavailable<>(Reason.NO_PERMISSION, "another user's"))));
    }

    @Override
    public void rediscover() {
        rediscoveries.incrementAndGet();
    }

    @Override
    public List<Guarded> working() {
        return List.of();
    }

    @Override
    public List<Status> statuses() {
        return List.of(new Status("vllm", "vLLM", "dev.llmtop.adapter.vllm 0.1.0", "active", "", Optional.empty()));
    }

    @Override
    public long generation() {
        return 0;
    }

    @Override
    public boolean enable(String kind) {
        return kind.equals("ollama");
    }

    @Override
    public List<Snapshot.Problem> problems() {
        return List.of();
    }
}
