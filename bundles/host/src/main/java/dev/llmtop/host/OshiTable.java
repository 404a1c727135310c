// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.ProcessTable;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;
import oshi.software.os.InternetProtocolStats.IPConnection;
import oshi.software.os.InternetProtocolStats.TcpState;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * The processes of any system through OSHI. Dearer than {@code /proc}, and without namespaces and containers. OSHI knows the owner
 * of a connection instead of its inode, so the number that stands for the inode holds the owner.
 */
final class OshiTable implements ProcessTable {
    private static final Logger LOG = LoggerFactory.getLogger(OshiTable.class);
    private static final long YOUNG_MILLIS = 10_000;
    private static final int PORT_BITS = 16;

    private final Map<Long, Arguments> arguments = new HashMap<>();
    private @Nullable OperatingSystem system;
    private boolean warned;

    private record Arguments(long started, List<String> argv) {}

    @Override
    public synchronized ProcessScan scan() {
        Map<Long, ProcessEntry> entries = new HashMap<>();
        List<Listener> listeners = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        int unreadable = 0;
        try {
            for (OSProcess process : system().getProcesses()) {
                ProcessEntry entry = entry(process);
                unreadable += entry.argv().isEmpty() ? 1 : 0;
                entries.put(entry.pid(), entry);
            }
            arguments.keySet().retainAll(entries.keySet());
            system().getInternetProtocolStats().getConnections().forEach(connection -> add(connection, listeners));
        } catch (RuntimeException | LinkageError broken) {
            problems.add(problem(broken));
        }
        return new ProcessScan(entries, listeners, unreadable, 1, problems, Stamp.now());
    }

    private Problem problem(Throwable broken) {
        if (!warned) {
            warned = true;
            LOG.warn("processes and listeners cannot be read", broken);
        }
        String first = String.valueOf(broken.getMessage()).lines().findFirst().orElse("unknown");
        return new Problem("host", "processes and listeners cannot be read: " + first);
    }

    private OperatingSystem system() {
        OperatingSystem known = system;
        if (known == null) {
            known = new SystemInfo().getOperatingSystem();
            system = known;
        }
        return known;
    }

    private ProcessEntry entry(OSProcess process) {
        long pid = process.getProcessID();
        long started = process.getStartTime();
        Arguments known = arguments.get(pid);
        if (known == null || known.started() != started || process.getUpTime() < YOUNG_MILLIS) {
            known = new Arguments(started, List.copyOf(process.getArguments()));
            arguments.put(pid, known);
        }
        double cpuSeconds = (process.getKernelTime() + process.getUserTime()) / 1000.0;
        Use use = new Use(Math.max(0, cpuSeconds), Math.max(0, process.getResidentSetSize()));
        long parent = Math.max(0, process.getParentProcessID());
        return new ProcessEntry(pid, parent, started, process.getName(), known.argv(), use);
    }

    private static void add(IPConnection connection, List<Listener> listeners) {
        int port = connection.getLocalPort();
        if (connection.getState() != TcpState.LISTEN || !connection.getType().startsWith("tcp") || port < 1) {
            return;
        }
        byte[] address = connection.getLocalAddress();
        boolean known = address.length == 4 || address.length == 16;
        String any = connection.getType().endsWith("6") ? "::" : "0.0.0.0";
        long owner = Math.max(0, connection.getowningProcessId());
        listeners.add(new Listener(known ? Addresses.ofBytes(address) : any, port, owner << PORT_BITS | port, -1, 0));
    }

    @Override
    public Map<Long, Set<Long>> owners(Set<Long> inodes) {
        Map<Long, Set<Long>> owners = new HashMap<>();
        for (long inode : inodes) {
            long owner = inode >> PORT_BITS;
            if (owner > 0) {
                owners.computeIfAbsent(inode, unknown -> new HashSet<>()).add(owner);
            }
        }
        return owners;
    }

    @Override
    public synchronized Connections connections(Set<Long> pids, Set<Integer> ports) {
        Set<Connection> made = new LinkedHashSet<>();
        try {
            for (IPConnection connection : system().getInternetProtocolStats().getConnections()) {
                long owner = connection.getowningProcessId();
                if (connection.getState() == TcpState.ESTABLISHED
                        && pids.contains(owner)
                        && ports.contains(connection.getForeignPort())) {
                    String host = Addresses.ofBytes(connection.getForeignAddress());
                    made.add(new Connection(owner, host, connection.getForeignPort(), true));
                }
            }
        } catch (RuntimeException | LinkageError broken) {
            LOG.debug("connections cannot be read", broken);
            return new Connections(List.of(), pids);
        }
        return new Connections(List.copyOf(made), Set.of());
    }

    @Override
    public synchronized ProcessDetail detail(ProcessEntry process) {
        Instant started = Instant.ofEpochMilli(process.startTicks());
        String user = "?";
        Map<String, String> environment = Map.of();
        try {
            OSProcess known = system().getProcess((int) process.pid());
            if (known != null) {
                user = known.getUser();
                environment = Map.copyOf(known.getEnvironmentVariables());
            }
        } catch (RuntimeException | LinkageError broken) {
            LOG.debug("process {} cannot be read", process.pid(), broken);
        }
        // OSHI does not tell an empty environment from one that may not be read; a process without any is no engine.
        Value<Map<String, String>> variables = environment.isEmpty()
                ? Value.unavailable(Reason.NO_PERMISSION, "this user may not read the environment of this process")
                : Value.of(environment);
        return new ProcessDetail(user, started, Optional.empty(), variables, OptionalLong.empty());
    }
}
