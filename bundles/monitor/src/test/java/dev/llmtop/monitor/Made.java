// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.Discovery.Processes;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.agent.ProcessTable.Use;
import dev.llmtop.model.Attribution;
import dev.llmtop.model.Basis;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Gpu.Tenant;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.Scan;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Strength;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Hand-made parts of snapshots. */
final class Made {
    private Made() {}

    static Stamp at(double seconds) {
        return new Stamp(Instant.ofEpochSecond(1_000_000), Math.round(seconds * 1e9));
    }

    static Scan scan() {
        return new Scan(new Scan.Processes(0, 0), new Scan.Listeners(0, 0, 0), 1, List.of());
    }

    static Candidate candidate(int port, boolean listening) {
        return new Candidate(Endpoint.tcp("127.0.0.1", port), listening, Optional.empty(), List.of(), Set.of());
    }

    static Found vllm(int port) {
        return found("vllm", port, State.READY, Optional.empty());
    }

    static Found vllm(int port, ProcessEntry main) {
        return found("vllm", port, State.READY, Optional.of(main));
    }

    static Found found(String kind, int port, State state, Optional<ProcessEntry> main) {
        return found(kind, candidate(port, true), Strength.PROVEN, state, main);
    }

    static Found found(String kind, Candidate candidate, Strength strength, State state, Optional<ProcessEntry> main) {
        return new Found(
                kind,
                kind.isEmpty() ? "port " + candidate.endpoint().port() : kind,
                candidate,
                Match.of(strength).build(),
                state,
                new Processes(main, main.map(entry -> Set.of(entry.pid())).orElse(Set.of()), List.of()),
                List.of());
    }

    /** An adapter as the real ones declare themselves. */
    static AdapterDescriptor adapter(String kind) {
        Map<String, Object> properties =
                new HashMap<>(Map.of("llmtop.kind", kind, "llmtop.title", kind, "llmtop.paths", "/metrics"));
        switch (kind) {
            case "vllm" -> {
                properties.put("llmtop.commands", new String[] {"script:vllm serve", "title:VLLM::EngineCore"});
                properties.put("llmtop.ports", 8000);
            }
            case "llamacpp" -> {
                properties.put("llmtop.commands", "exe:llama-server");
                properties.put("llmtop.ports", 8080);
            }
            default -> {}
        }
        return AdapterDescriptor.of(properties);
    }

    /** An engine on a port whose owner may not be seen. */
    static Found ownerless(String kind, int port) {
        Found found = found(kind, port, State.READY, Optional.empty());
        return new Found(
                found.kind(),
                found.title(),
                found.candidate(),
                found.match(),
                found.state(),
                found.processes(),
                List.of(Evidence.unreadable("owner", "socket of another user")));
    }

    static ProcessEntry process(long pid, long parent, double cpuSeconds, long bytes, String... argv) {
        return new ProcessEntry(pid, parent, 7, "comm", Arrays.asList(argv), new Use(cpuSeconds, bytes));
    }

    static ProcessScan pass(double seconds, ProcessEntry... processes) {
        Map<Long, ProcessEntry> byPid = new HashMap<>();
        for (ProcessEntry process : processes) {
            byPid.put(process.pid(), process);
        }
        return new ProcessScan(byPid, List.of(), 0, 1, List.of(), at(seconds));
    }

    static Reading generated(Stamp stamp, double tokens) {
        return Reading.builder(stamp)
                .counter(Counter.GENERATION_TOKENS, "", tokens, Basis.LIVE)
                .gauge(Metric.RUNNING, 3)
                .build();
    }

    static Reading silent(Stamp stamp, Reason reason) {
        return Reading.builder(stamp)
                .unavailable(Metric.RUNNING, reason, "connection refused")
                .unavailable(Metric.WAITING, reason, "connection refused")
                .build();
    }

    static EngineSnapshot engine(int port, State state, Figures<Metric> metrics) {
        return engine(port, "vllm", Role.ENGINE, state, metrics);
    }

    static EngineSnapshot engine(int port, String kind, Role role, State state, Figures<Metric> metrics) {
        String id = "127.0.0.1:" + port;
        return new EngineSnapshot(
                new EngineSnapshot.Identity(id, kind, kind, Value.of("1"), role, state),
                new EngineSnapshot.Placement(
                        "http://" + id, OptionalInt.of(port), List.of(), Optional.empty(), Optional.empty()),
                List.of(),
                new EngineSnapshot.Serving(Map.of(), List.of(), List.of()),
                new EngineSnapshot.Measured(metrics, Map.of(), Map.of(), Optional.empty()),
                new EngineSnapshot.Findings(List.of(), Map.of()));
    }

    static Gpu gpu(int index, Value<Double> watts, Tenant... tenants) {
        return new Gpu(
                new Gpu.Identity(index, "GPU-" + index, "nvidia", "card", "1", ""),
                Gpu.State.ACTIVE,
                new Gpu.Memory(false, "device"),
                Figures.of(GpuMetric.class).put(GpuMetric.POWER_WATTS, watts).build(),
                List.of(),
                new Gpu.Tenants(List.of(tenants), List.of()));
    }

    static Tenant tenant(long pid, long bytes) {
        return tenant(pid, Value.of(bytes));
    }

    static Tenant owned(long pid, long bytes, String engine) {
        return new Tenant(pid, Value.of(bytes), Value.of(0.0), Optional.of(engine), Attribution.PID);
    }

    static Tenant tenant(long pid, Value<Long> bytes) {
        return new Tenant(
                pid, bytes, Value.unavailable(Reason.NOT_SUPPORTED, "a fake"), Optional.empty(), Attribution.NONE);
    }
}
