// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.Discovery.Discovered;
import dev.llmtop.agent.Discovery.Scene;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.probe.HttpProbes;
import dev.llmtop.spi.EngineAdapter;
import dev.llmtop.spi.Stamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Discovery itself, over a process table that is made up and over sockets that are real. */
public final class MadeUpMachine implements ProcessTable, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int OWN_PID = 1;
    private static final int COMM_LENGTH = 15;

    private final AdapterRegistry adapters =
            new AdapterRegistry(new CallLimits(LIMIT, LIMIT, LIMIT, 2, EngineDiscovery.Settings.USUAL_AT_ONCE));
    private final HttpProbes probes =
            new HttpProbes("test", LIMIT, EngineDiscovery.Settings.USUAL_AT_ONCE, Map.of("LLMTOP_API_KEY", "a-key"));
    private final Map<Long, ProcessEntry> processes = new LinkedHashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final Map<Long, Set<Long>> owners = new HashMap<>();
    private final EngineDiscovery discovery;
    private long services;

    /** A machine whose user wants the listeners of these ports to be asked. */
    public MadeUpMachine(int... wanted) {
        discovery = new EngineDiscovery(
                new EngineDiscovery.Services(this, probes, adapters, Clock.systemUTC()),
                new EngineDiscovery.Settings(
                        Wanted.of(wanted, new String[0]), OWN_PID, EngineDiscovery.Settings.USUAL_AT_ONCE, LIMIT));
    }

    /** Registers an adapter after those before it. */
    public void install(EngineAdapter adapter, Map<String, Object> properties) {
        Map<String, Object> service = new HashMap<>(properties);
        service.put("service.id", ++services);
        adapters.add(services, adapter, service, "shipped");
    }

    /** Starts a process. */
    public void process(long pid, long parent, List<String> argv) {
        String program = argv.get(0).substring(argv.get(0).lastIndexOf('/') + 1);
        String comm = program.substring(0, Math.min(COMM_LENGTH, program.length()));
        processes.put(pid, new ProcessEntry(pid, parent, pid * 10, comm, argv, new Use(0, 0)));
    }

    /** Listens on a port of 127.0.0.1; without owners the socket is another user's. */
    public void listens(int port, Long... pids) {
        long inode = 1_000L + listeners.size();
        listeners.add(new Listener("127.0.0.1", port, inode, 0, 0));
        if (pids.length > 0) {
            owners.put(inode, Set.copyOf(Arrays.asList(pids)));
        }
    }

    /** Looks once, until every candidate has its verdict. */
    public Discovered discover() {
        return discovery.discover(new Scene(scan(), Set.of(), LIMIT));
    }

    @Override
    public ProcessScan scan() {
        return new ProcessScan(processes, listeners, 0, 1, List.of(), Stamp.now());
    }

    @Override
    public Map<Long, Set<Long>> owners(Set<Long> inodes) {
        Map<Long, Set<Long>> found = new HashMap<>(owners);
        found.keySet().retainAll(inodes);
        return found;
    }

    @Override
    public ProcessDetail detail(ProcessEntry process) {
        return new ProcessDetail(
                "someone",
                Instant.EPOCH,
                Optional.empty(),
                Value.unavailable(Reason.NO_PERMISSION, "another user's"),
                OptionalLong.empty());
    }

    @Override
    public void close() {
        discovery.close();
        adapters.close();
        probes.close();
    }
}
