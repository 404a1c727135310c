// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.ProcessTable.Connection;
import dev.llmtop.agent.ProcessTable.Connections;
import dev.llmtop.host.ConnectionTable.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which connections processes hold: the table of their network namespace says which there are, their open files whose they are. Not
 * safe for several threads.
 */
final class LinuxConnections {
    private final Path proc;
    private final OpenFiles openFiles;
    private final ConnectionTable table = new ConnectionTable();

    LinuxConnections(Path proc, OpenFiles openFiles) {
        this.proc = proc;
        this.openFiles = openFiles;
    }

    /** Each table is read once for all processes of its namespace. */
    Connections of(Set<Long> pids, Set<Integer> ports) {
        Set<Connection> made = new LinkedHashSet<>();
        Set<Long> unreadable = new HashSet<>();
        if (ports.isEmpty()) {
            return new Connections(List.of(), unreadable);
        }
        long own = namespace("self");
        Map<Long, Map<Long, Peer>> tables = new HashMap<>();
        for (long pid : new TreeSet<>(pids)) {
            if (!openFiles.listable(pid)) {
                if (Files.exists(proc.resolve(Long.toString(pid)))) {
                    unreadable.add(pid);
                }
                continue;
            }
            long namespace = namespace(Long.toString(pid));
            Map<Long, Peer> peers =
                    tables.computeIfAbsent(namespace, unread -> table.to(ports, proc + "/" + pid + "/net"));
            openFiles.sockets(pid, peers.keySet()).keySet().forEach(inode -> {
                Peer peer = peers.get(inode);
                if (peer != null) {
                    made.add(new Connection(pid, peer.host(), peer.port(), namespace == own));
                }
            });
        }
        return new Connections(List.copyOf(made), unreadable);
    }

    /** The inode of a table is the same for all processes of a namespace and no other's; 0 where it cannot be told. */
    private long namespace(String process) {
        try {
            Object inode =
                    Files.getAttribute(proc.resolve(process).resolve("net").resolve("tcp"), "unix:ino");
            return inode instanceof Long known ? known : 0;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException gone) {
            return 0;
        }
    }
}
