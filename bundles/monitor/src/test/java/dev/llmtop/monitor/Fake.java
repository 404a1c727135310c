// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Discovery;
import dev.llmtop.agent.Probes;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.model.ProcessInfo.ContainerInfo;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.BodyReader;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Everything that the monitor needs from other bundles, played by hand. */
final class Fake implements Adapters, Discovery, Probes, ProcessTable {
    final Map<String, Function<Engine, Value<Reading>>> metrics = new ConcurrentHashMap<>();
    final Map<String, Function<Engine, Value<Description>>> descriptions = new ConcurrentHashMap<>();
    final List<Endpoint> forgotten = new CopyOnWriteArrayList<>();
    final List<Endpoint> answersForgotten = new CopyOnWriteArrayList<>();
    final Map<Endpoint, Permit> permits = new ConcurrentHashMap<>();
    final Map<Endpoint, Target> targets = new ConcurrentHashMap<>();
    final List<Scene> scenes = new CopyOnWriteArrayList<>();
    final AtomicInteger negativesForgotten = new AtomicInteger();
    final AtomicInteger described = new AtomicInteger();
    volatile List<Found> found = List.of();
    volatile boolean complete = true;
    volatile List<String> kinds = List.of("vllm", "unknown");
    volatile Map<Long, ProcessEntry> processes = Map.of();
    volatile long generation = 1;
    volatile boolean hostPids = true;
    final Map<Long, ContainerInfo> containers = new ConcurrentHashMap<>();
    final Map<Long, Long> namespacePids = new ConcurrentHashMap<>();
    volatile RuntimeException discoveryFault;
    volatile Runnable discovering = () -> {};
    volatile Connections connections = new Connections(List.of(), Set.of());
    final AtomicInteger looks = new AtomicInteger();

    Services services() {
        return new Services(this, this, this, this);
    }

    @Override
    public List<Guarded> working() {
        return kinds.stream().<Guarded>map(Adapter::new).toList();
    }

    @Override
    public List<Status> statuses() {
        return kinds.stream()
                .map(kind -> new Status(kind, kind, kind + " 1.0.0", "active", "", Optional.empty()))
                .toList();
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public boolean enable(String kind) {
        return false;
    }

    @Override
    public List<Problem> problems() {
        return List.of();
    }

    @Override
    public Discovered discover(Scene scene) {
        scenes.add(scene);
        discovering.run();
        if (discoveryFault != null) {
            throw discoveryFault;
        }
        return new Discovered(found, Made.scan(), complete);
    }

    @Override
    public void forgetNegatives() {
        negativesForgotten.incrementAndGet();
    }

    @Override
    public Probe open(Target target, Permit permit) {
        targets.put(target.endpoint(), target);
        permits.put(target.endpoint(), permit);
        return new NoProbe();
    }

    @Override
    public void forget(Endpoint endpoint) {
        forgotten.add(endpoint);
    }

    @Override
    public void forgetAnswers(Endpoint endpoint) {
        answersForgotten.add(endpoint);
    }

    @Override
    public long requestsSent() {
        return 0;
    }

    @Override
    public ProcessScan scan() {
        return new ProcessScan(processes, List.of(), 0, 1, List.of(), Stamp.now());
    }

    @Override
    public Map<Long, Set<Long>> owners(Set<Long> inodes) {
        return Map.of();
    }

    @Override
    public Connections connections(Set<Long> pids, Set<Integer> ports) {
        looks.incrementAndGet();
        return connections;
    }

    @Override
    public Optional<String> directoryOf(ProcessEntry process) {
        return Optional.of("/proc/" + process.pid() + "/cwd");
    }

    @Override
    public boolean seesHostPids() {
        return hostPids;
    }

    @Override
    public ProcessDetail detail(ProcessEntry process) {
        Long inside = namespacePids.get(process.pid());
        return new ProcessDetail(
                "root",
                Instant.now().minusSeconds(100),
                Optional.ofNullable(containers.get(process.pid())),
                Value.of(Map.of()),
                inside == null ? OptionalLong.empty() : OptionalLong.of(inside));
    }

    private final class Adapter implements Guarded {
        private final String kind;

        Adapter(String kind) {
            this.kind = kind;
        }

        @Override
        public AdapterDescriptor descriptor() {
            return Made.adapter(kind);
        }

        @Override
        public Value<Match> detect(Candidate candidate, Probe probe) {
            return Value.of(Match.none());
        }

        @Override
        public Value<Description> describe(Engine engine, Probe probe) {
            described.incrementAndGet();
            return descriptions
                    .getOrDefault(
                            engine.id(),
                            unused -> Value.of(
                                    Description.builder().version("1.0").build()))
                    .apply(engine);
        }

        @Override
        public Value<Reading> metrics(Engine engine, Probe probe) {
            return metrics.getOrDefault(engine.id(), unused -> Value.unavailable(Reason.UNREACHABLE, "no such fake"))
                    .apply(engine);
        }
    }

    private static final class NoProbe implements Probe {
        @Override
        public Answer get(Get request) {
            throw new AssertionError("nothing is asked here");
        }

        @Override
        public <T> Streamed<T> stream(Get request, BodyReader<T> reader) {
            throw new AssertionError("nothing is asked here");
        }

        @Override
        public List<Member> members() {
            return List.of();
        }

        @Override
        public Probe of(Member member) {
            return this;
        }

        @Override
        public Value<String> file(String option) {
            return Value.unavailable(Reason.NOT_SAFE, "a fake");
        }
    }
}
