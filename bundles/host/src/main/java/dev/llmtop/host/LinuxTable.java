// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.ProcessTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The processes of a Linux machine, from {@code /proc}. Each part has a lock of its own: a search for owners delays no scan. */
final class LinuxTable implements ProcessTable {
    private final LinuxProcesses processes;
    private final SocketOwners owners;
    private final LinuxDetails details;
    private final LinuxNetworks networks;
    private final LinuxFiles files;
    private final LinuxConnections connections;
    private final Path proc;
    private volatile @Nullable ProcessScan last;

    LinuxTable(Path proc) {
        this.proc = proc;
        processes = new LinuxProcesses(proc);
        owners = new SocketOwners(new OpenFiles(proc), System::nanoTime);
        details = new LinuxDetails(proc, processes.units(), new Users(Path.of("/etc/passwd")));
        networks = new LinuxNetworks(proc);
        files = new LinuxFiles(proc);
        connections = new LinuxConnections(proc, new OpenFiles(proc));
    }

    @Override
    public ProcessScan scan() {
        ProcessScan scan = processes.scan();
        last = scan;
        return scan;
    }

    @Override
    public Map<Long, Set<Long>> owners(Set<Long> inodes) {
        if (inodes.isEmpty()) {
            return Map.of();
        }
        ProcessScan scan = lastScan();
        synchronized (owners) {
            return owners.owners(inodes, scan);
        }
    }

    @Override
    public ProcessDetail detail(ProcessEntry process) {
        ProcessScan scan = lastScan();
        synchronized (details) {
            return details.detail(process, scan.processes());
        }
    }

    @Override
    public Optional<NetworkNamespace> namespaceOf(ProcessEntry process) {
        synchronized (networks) {
            return networks.namespaceOf(process);
        }
    }

    @Override
    public Optional<String> directoryOf(ProcessEntry process) {
        return Optional.of(proc + "/" + process.pid() + "/cwd");
    }

    @Override
    public Optional<String> pathOf(ProcessEntry process, String path) {
        return files.pathOf(process.pid(), path, detail(process).container().isPresent());
    }

    @Override
    public OptionalInt uidOf(ProcessEntry process) {
        synchronized (details) {
            return details.effectiveUid(process.pid());
        }
    }

    @Override
    public boolean seesHostPids() {
        return !processes.insideContainer();
    }

    @Override
    public Connections connections(Set<Long> pids, Set<Integer> ports) {
        synchronized (connections) {
            return connections.of(pids, ports);
        }
    }

    @Override
    public List<String> addresses() {
        synchronized (networks) {
            return networks.ownAddresses();
        }
    }

    private ProcessScan lastScan() {
        ProcessScan scan = last;
        return scan == null ? scan() : scan;
    }
}
