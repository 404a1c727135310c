// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import dev.llmtop.model.Attribution;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.EventKind;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.Role;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Source;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.model.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Any snapshot that the model allows, the same for the same seed. */
final class RandomSnapshot {
    private final RandomValues random;

    RandomSnapshot(long seed) {
        random = new RandomValues(seed);
    }

    Snapshot snapshot() {
        Host host = new Host(
                random.text(),
                random.text(),
                random.text(),
                random.text(),
                random.below(300),
                random.figures(HostMetric.class));
        Scan scan = new Scan(
                new Scan.Processes(random.below(9_000), random.below(9_000)),
                new Scan.Listeners(random.below(900), random.below(900), random.below(900)),
                random.below(9),
                random.list(() -> new Scan.Candidate(
                        random.text(),
                        random.flag() ? OptionalLong.of(random.count()) : OptionalLong.empty(),
                        random.one(Verdict.values()),
                        random.text())));
        Snapshot.Findings findings = new Snapshot.Findings(
                scan,
                random.list(() -> new Snapshot.Event(
                        random.instant(),
                        random.one(EventKind.values()),
                        random.perhaps(random::text),
                        random.perhaps(random::text),
                        random.text())),
                random.list(() -> new Snapshot.Problem(random.text(), random.text())));
        return new Snapshot(
                random.instant(),
                new Snapshot.AgentInfo(random.text(), random.count(), random.number(), random.number(), random.flag()),
                new Snapshot.Machine(host, random.list(this::gpu)),
                random.list(this::engine),
                new Snapshot.Totals(random.figures(Metric.class), List.of(random.one(Metric.values()))),
                findings);
    }

    private Gpu gpu() {
        return new Gpu(
                new Gpu.Identity(
                        random.below(16), random.text(), random.text(), random.text(), random.text(), random.text()),
                random.one(Gpu.State.values()),
                new Gpu.Memory(random.flag(), random.text()),
                random.figures(GpuMetric.class),
                random.list(random::text),
                new Gpu.Tenants(
                        random.list(this::tenant),
                        random.list(() -> new Gpu.MigInstance(
                                random.below(7),
                                random.text(),
                                random.text(),
                                random.value(random::count),
                                random.value(random::count),
                                random.list(this::tenant)))));
    }

    private Gpu.Tenant tenant() {
        return new Gpu.Tenant(
                random.count(),
                random.value(random::count),
                random.value(random::ratio),
                random.perhaps(random::text),
                random.one(Attribution.values()),
                random.perhaps(random::text));
    }

    private EngineSnapshot engine() {
        EngineSnapshot.Identity identity = new EngineSnapshot.Identity(
                random.text(),
                random.text(),
                random.text(),
                random.value(random::text),
                random.one(Role.values()),
                random.one(State.values()));
        EngineSnapshot.Placement placement = new EngineSnapshot.Placement(
                random.text(),
                random.flag() ? OptionalInt.of(random.below(65_536)) : OptionalInt.empty(),
                random.list(random::text),
                random.perhaps(this::process),
                random.perhaps(() -> new EngineSnapshot.GpuShare(
                        random.list(() -> random.below(8)),
                        random.value(random::count),
                        random.one(Attribution.values()))));
        Map<Metric, Source> sources = new EnumMap<>(Metric.class);
        random.list(() -> sources.put(
                random.one(Metric.values()),
                new Source(
                        random.text(),
                        random.list(random::text),
                        random.one(Combined.values()),
                        random.one(Basis.values()))));
        return new EngineSnapshot(
                identity,
                placement,
                random.list(this::model),
                new EngineSnapshot.Serving(
                        config(),
                        random.list(random::text),
                        random.list(() -> new EngineSnapshot.RemoteBackend(random.text(), random.text()))),
                new EngineSnapshot.Measured(
                        random.figures(Metric.class),
                        sources,
                        random.numbers(),
                        random.perhaps(() -> new EngineSnapshot.Freshness(random.instant(), random.number()))),
                new EngineSnapshot.Findings(
                        random.list(
                                () -> new Evidence(random.text(), random.one(Evidence.Weight.values()), random.text())),
                        gaps("process", "metrics", "models", "config.tensorParallel", "gpu")));
    }

    private ProcessInfo process() {
        return new ProcessInfo(
                random.count(),
                random.list(random::count),
                new ProcessInfo.Owner(random.text(), random.text(), random.instant(), random.number()),
                new ProcessInfo.Usage(random.value(random::number), random.value(random::count)),
                random.perhaps(
                        () -> new ProcessInfo.ContainerInfo(random.text(), random.text(), random.value(random::text))));
    }

    private ModelSnapshot model() {
        Map<ModelSnapshot.Fact, Object> facts = new EnumMap<>(ModelSnapshot.Fact.class);
        for (ModelSnapshot.Fact fact : ModelSnapshot.Fact.values()) {
            if (random.flag()) {
                facts.put(fact, fact.type() == Long.class ? (Object) random.count() : random.text());
            }
        }
        return new ModelSnapshot(
                random.text(),
                random.one(ModelState.values()),
                random.flag(),
                facts,
                random.figures(Metric.class),
                gaps("sizeBytes", "metrics", random.text()));
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new TreeMap<>();
        config.put("whole", random.count());
        config.put("number", random.number());
        config.put("flag", random.flag());
        config.put(random.text(), random.text());
        return config;
    }

    private Map<String, Value.Unavailable<?>> gaps(String... paths) {
        Map<String, Value.Unavailable<?>> gaps = new TreeMap<>();
        for (String path : paths) {
            Optional<? extends Value.Unavailable<?>> gap = random.perhaps(random::gap);
            gap.ifPresent(found -> gaps.put(path, found));
        }
        return gaps;
    }
}
