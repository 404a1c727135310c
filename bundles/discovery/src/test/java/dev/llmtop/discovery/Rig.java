// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.Discovery.Discovered;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.Discovery.Scene;
import dev.llmtop.agent.Explanation;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Value;
import dev.llmtop.model.Verdict;
import dev.llmtop.probe.HttpProbes;
import dev.llmtop.spi.Stamp;
import dev.llmtop.testkit.EngineServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Discovery over a made-up process table and real sockets, asked by the real probe. */
final class Rig implements AutoCloseable, ProcessTable {
    static final long OWN_PID = 1;
    static final Duration BUDGET = Duration.ofSeconds(10);

    final AdapterRegistry adapters;
    final HttpProbes probes = new HttpProbes("test", Duration.ofSeconds(2), 64, Map.of("LLMTOP_API_KEY", "rig-key"));
    final Map<Long, ProcessEntry> processes = new LinkedHashMap<>();
    final List<Listener> listeners = new ArrayList<>();
    final Map<Long, Set<Long>> owners = new HashMap<>();
    final Set<Long> gpu = new HashSet<>();
    final Map<String, String> environment = new HashMap<>();
    Instant started = Instant.now();
    final Map<Long, Integer> uids = new HashMap<>();
    final List<String> own = new ArrayList<>();
    final Map<Long, NetworkNamespace> elsewhere = new HashMap<>();
    final Map<Long, Publication> publications = new HashMap<>();
    final Map<String, Optional<String>> files = new HashMap<>();
    int ownersAsked;
    int runtimesAsked;
    private final EngineDiscovery discovery;
    private final Map<ToyAdapter, Long> services = new HashMap<>();
    private long nextInode = 100;

    Rig() {
        this(Wanted.NOTHING);
    }

    Rig(Wanted wanted) {
        this(wanted, new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(20), 2, 5));
    }

    Rig(Wanted wanted, CallLimits limits) {
        adapters = new AdapterRegistry(limits);
        discovery = new EngineDiscovery(
                new EngineDiscovery.Services(this, probes, adapters, Clock.systemUTC()),
                new EngineDiscovery.Settings(wanted, OWN_PID, 64, EngineDiscovery.Settings.USUAL_DEADLINE));
    }

    Rig install(ToyAdapter... installed) {
        for (ToyAdapter adapter : installed) {
            long id = services.size() + 1L;
            services.put(adapter, id);
            Map<String, Object> properties = new HashMap<>(adapter.properties);
            properties.put("service.id", id);
            adapters.add(id, adapter, properties, "toy 1");
        }
        return this;
    }

    void uninstall(ToyAdapter adapter) {
        adapters.remove(services.get(adapter));
    }

    Rig process(long pid, long parent, String... argv) {
        return process(pid, parent, pid * 10, argv);
    }

    Rig process(long pid, long parent, long startTicks, String... argv) {
        String first = argv.length == 0 ? "?" : argv[0].substring(argv[0].lastIndexOf('/') + 1);
        processes.put(
                pid,
                new ProcessEntry(
                        pid,
                        parent,
                        startTicks,
                        first.substring(0, Math.min(15, first.length())),
                        Arrays.asList(argv),
                        new Use(0, 0)));
        return this;
    }

    Rig listens(int port, Long... pids) {
        return listens("127.0.0.1", port, pids);
    }

    Rig listens(String host, int port, Long... pids) {
        long inode = nextInode++;
        listeners.add(new Listener(host, port, inode, 0, 0));
        if (pids.length > 0) {
            owners.put(inode, Set.of(pids));
        }
        return this;
    }

    void gone(long pid) {
        processes.remove(pid);
        owners.replaceAll((inode, pids) -> {
            Set<Long> left = new HashSet<>(pids);
            left.remove(pid);
            return left;
        });
        listeners.removeIf(
                listener -> owners.getOrDefault(listener.inode(), Set.of(-1L)).isEmpty());
    }

    Discovered discover() {
        return discover(BUDGET);
    }

    Discovered discover(Duration budget) {
        return discovery.discover(new Scene(scan(), gpu, budget));
    }

    Explanation explain() {
        return discovery.explain(new Scene(scan(), gpu, BUDGET));
    }

    void forgetNegatives() {
        discovery.forgetNegatives();
    }

    /** The only engine that is found. */
    Found only() {
        List<Found> engines = discover().engines();
        if (engines.size() != 1) {
            throw new AssertionError("not one engine but " + engines);
        }
        return engines.get(0);
    }

    static Optional<Verdict> verdict(Discovered discovered, String id) {
        return discovered.scan().candidates().stream()
                .filter(candidate -> candidate.address().equals(id))
                .map(Scan.Candidate::verdict)
                .findFirst();
    }

    /** A server that says who it is. */
    static EngineServer engine(String kind, String path) {
        return EngineServer.start().answer(path, 200, "application/json", "{\"engine\":\"" + kind + "\"}");
    }

    @Override
    public ProcessScan scan() {
        return new ProcessScan(processes, listeners, 0, 1, List.of(), Stamp.now());
    }

    @Override
    public Map<Long, Set<Long>> owners(Set<Long> inodes) {
        ownersAsked++;
        Map<Long, Set<Long>> found = new HashMap<>();
        inodes.stream().filter(owners::containsKey).forEach(inode -> found.put(inode, owners.get(inode)));
        return found;
    }

    @Override
    public ProcessDetail detail(ProcessEntry process) {
        Value<Map<String, String>> read = environment.isEmpty()
                ? Value.unavailable(Reason.NO_PERMISSION, "another user's")
                : Value.of(environment);
        return new ProcessDetail("someone", started, Optional.empty(), read, OptionalLong.empty());
    }

    @Override
    public Optional<NetworkNamespace> namespaceOf(ProcessEntry process) {
        return Optional.ofNullable(elsewhere.get(process.pid()));
    }

    @Override
    public Optional<String> pathOf(ProcessEntry process, String path) {
        return files.getOrDefault(path, Optional.of(path));
    }

    @Override
    public void askRuntimes(Collection<ProcessEntry> asked) {
        runtimesAsked++;
    }

    @Override
    public Optional<Publication> publicationOf(ProcessEntry process) {
        return runtimesAsked == 0 ? Optional.empty() : Optional.ofNullable(publications.get(process.pid()));
    }

    @Override
    public OptionalInt uidOf(ProcessEntry process) {
        Integer uid = uids.get(process.pid());
        return uid == null ? OptionalInt.empty() : OptionalInt.of(uid);
    }

    @Override
    public List<String> addresses() {
        return own;
    }

    @Override
    public void close() {
        discovery.close();
        adapters.close();
        probes.close();
    }
}
