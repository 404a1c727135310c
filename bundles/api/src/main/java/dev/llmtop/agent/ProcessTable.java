// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.ProcessInfo.ContainerInfo;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Stamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Processes and listeners of this machine. Nothing here fails: what cannot be read is left out and counted. */
public interface ProcessTable {
    /** All processes and all TCP listeners now; cheap enough for every tick, owners of listeners left out. */
    ProcessScan scan();

    /**
     * The processes that own these sockets, by inode; several share one after a fork. Dear (a pass over open files), so only for
     * candidates. An inode that is not in the map has no owner that this user may see.
     */
    Map<Long, Set<Long>> owners(Set<Long> inodes);

    /** What is known of one process beyond the scan; cached while it lives. */
    ProcessDetail detail(ProcessEntry process);

    /**
     * The network namespace that a process is in: its addresses and its listeners. Reads a few files of the process, so only for
     * candidates. Empty where it is our own namespace, or where it cannot be told.
     */
    default Optional<NetworkNamespace> namespaceOf(ProcessEntry process) {
        return Optional.empty();
    }

    /**
     * The user as whom a process makes sockets (its effective one), as {@link Listener#uid} counts. Reads a file of the process, so
     * only for candidates. Empty where it cannot be told.
     */
    default OptionalInt uidOf(ProcessEntry process) {
        return OptionalInt.empty();
    }

    /** Addresses of our own network namespace but loopback, without brackets; empty where they cannot be read. */
    default List<String> addresses() {
        return List.of();
    }

    /**
     * Whether pids here are those that a GPU driver reports: {@code false} in a pid namespace of our own, as in a container, where the
     * same numbers mean other processes.
     */
    default boolean seesHostPids() {
        return true;
    }

    /**
     * The established TCP connections that these processes made to any of these ports, each process in its own network namespace.
     * Dear (the whole table of connections, and a pass over the open files of each), so for few processes and not at every tick.
     *
     * @param pids of the processes
     * @param ports of the far end
     */
    default Connections connections(Set<Long> pids, Set<Integer> ports) {
        return new Connections(List.of(), pids);
    }

    /**
     * The directory that the relative file names of a process's command line stand in, as a path that this process can open: it may
     * lead through the system's own view of the other ({@code /proc/PID/cwd}), which shows a container's files too. Whether it may
     * be entered is found out by whoever enters it. Empty where the system has no such path.
     */
    default Optional<String> directoryOf(ProcessEntry process) {
        return Optional.empty();
    }

    /**
     * The path by which this program can open what a process names by an absolute path: a container has files of its own. Empty
     * where they are out of reach.
     */
    default Optional<String> pathOf(ProcessEntry process, String path) {
        return Optional.of(path);
    }

    /**
     * Has the runtimes of the containers that these processes are in asked for names and published ports, where this user may open
     * their sockets: one GET, and only while one of the containers is not known. Waits a moment for the answer, which else is there
     * later. Nothing else ever asks a runtime.
     */
    default void askRuntimes(Collection<ProcessEntry> processes) {}

    /** What the runtime of a process's container told of its ports; empty where there is none, or it was not asked. Asks nothing. */
    default Optional<Publication> publicationOf(ProcessEntry process) {
        return Optional.empty();
    }

    /**
     * Where the ports of a container are published.
     *
     * @param rootless whether its runtime is a user's: the container's own address then leads nowhere from outside
     * @param ports of TCP
     */
    record Publication(boolean rootless, List<PublishedPort> ports) {
        public Publication {
            ports = List.copyOf(ports);
        }
    }

    /**
     * One published port.
     *
     * @param host address outside, without brackets; a wildcard as {@code 0.0.0.0} or {@code ::}
     * @param port outside
     * @param inside the port of the container
     */
    record PublishedPort(String host, int port, int inside) {}

    /**
     * One pass.
     *
     * @param processes by pid
     * @param listeners of our own network namespace; those of others by {@link ProcessTable#namespaceOf}
     * @param unreadable processes whose command line may not be read
     * @param namespaces network namespaces seen, at least 1
     * @param problems such as {@code hidepid}
     */
    record ProcessScan(
            Map<Long, ProcessEntry> processes,
            List<Listener> listeners,
            int unreadable,
            int namespaces,
            List<Problem> problems,
            Stamp stamp) {
        public ProcessScan {
            processes = Map.copyOf(processes);
            listeners = List.copyOf(listeners);
            problems = List.copyOf(problems);
        }
    }

    /**
     * One process. Its identity is pid and start.
     *
     * @param parent pid of the parent; 0 for none
     * @param startTicks when it started, in the system's own count (Linux: clock ticks after boot); only for telling apart
     * @param comm the kernel's name of it, at most 15 characters
     * @param argv raw: may hold secrets; empty for kernel threads and zombies
     * @param use of resources
     */
    record ProcessEntry(long pid, long parent, long startTicks, String comm, List<String> argv, Use use) {
        public ProcessEntry {
            argv = List.copyOf(argv);
        }
    }

    /**
     * Resources of one process since its start.
     *
     * @param cpuSeconds user and system time
     * @param residentBytes resident memory; shared pages count in each process
     */
    record Use(double cpuSeconds, long residentBytes) {}

    /**
     * One listening TCP socket.
     *
     * @param host the address it is bound to, without brackets; a wildcard as {@code 0.0.0.0} or {@code ::}
     * @param inode of the socket; a number of our own where the system has none
     * @param uid of the user that made it; negative where it is not known
     * @param namespace a number that is the same for all sockets of one network namespace; 0 for our own
     */
    record Listener(String host, int port, long inode, int uid, long namespace) {
        /** Whether it is bound to all addresses. */
        public boolean wildcard() {
            return host.equals("0.0.0.0") || host.equals("::");
        }
    }

    /**
     * A network namespace other than our own, such as a container's.
     *
     * @param number the same for all of its processes and sockets; never 0
     * @param addresses of its interfaces but loopback, without brackets; a pod's containers share them
     * @param listeners in it
     */
    record NetworkNamespace(long number, List<String> addresses, List<Listener> listeners) {
        public NetworkNamespace {
            addresses = List.copyOf(addresses);
            listeners = List.copyOf(listeners);
        }
    }

    /**
     * One established TCP connection, from the side of the process that opened it.
     *
     * @param pid of the process that holds it
     * @param host of the far end, without brackets
     * @param port of the far end
     * @param own whether the process is in our own network namespace; if not, a loopback address is not ours
     */
    record Connection(long pid, String host, int port, boolean own) {}

    /**
     * What is to be seen of connections.
     *
     * @param made those found, each once
     * @param unreadable of the processes asked for, those whose connections this user may not see
     */
    record Connections(List<Connection> made, Set<Long> unreadable) {
        public Connections {
            made = List.copyOf(made);
            unreadable = Set.copyOf(unreadable);
        }
    }

    /**
     * More of one process.
     *
     * @param user name, or number where it has no name
     * @param started wall clock
     * @param container absent outside one
     * @param environment raw: may hold secrets; unavailable for processes of others
     * @param namespacePid its pid inside its own pid namespace, where it has one
     */
    record ProcessDetail(
            String user,
            Instant started,
            Optional<ContainerInfo> container,
            Value<Map<String, String>> environment,
            OptionalLong namespacePid) {}
}
