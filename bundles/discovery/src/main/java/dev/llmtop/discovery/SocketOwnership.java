// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.ProcessTable;
import dev.llmtop.agent.ProcessTable.Listener;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who owns which socket. Asking is dear, so an answer is kept while the socket is there and one of its owners lives. */
final class SocketOwnership {
    private static final long RETRY_NANOS = Duration.ofSeconds(10).toNanos();

    private final ProcessTable table;
    private final Map<Long, Owned> known = new HashMap<>();

    private record Owned(Set<Long> owners, long asked) {}

    /** A listener and the processes that hold it; empty where this user may not see them. */
    record OwnedListener(Listener listener, Set<Long> owners) {
        OwnedListener {
            owners = Set.copyOf(owners);
        }
    }

    SocketOwnership(ProcessTable table) {
        this.table = table;
    }

    /** The owners of {@code wanted}; those of other listeners of the scan stay in memory. */
    List<OwnedListener> of(Collection<Listener> wanted, ProcessScan scan) {
        Set<Long> present = new HashSet<>();
        scan.listeners().forEach(listener -> present.add(listener.inode()));
        known.keySet().retainAll(present);
        Set<Long> unknown = new HashSet<>();
        wanted.forEach(listener -> {
            if (isUnknown(listener.inode(), scan)) {
                unknown.add(listener.inode());
            }
        });
        if (!unknown.isEmpty()) {
            Map<Long, Set<Long>> found = table.owners(unknown);
            long now = System.nanoTime();
            unknown.forEach(inode -> known.put(inode, new Owned(Set.copyOf(found.getOrDefault(inode, Set.of())), now)));
        }
        List<OwnedListener> owned = new ArrayList<>();
        wanted.forEach(listener -> owned.add(new OwnedListener(listener, living(listener, scan))));
        return owned;
    }

    private boolean isUnknown(long inode, ProcessScan scan) {
        Owned owned = known.get(inode);
        if (owned == null) {
            return true;
        }
        boolean alive = owned.owners().stream().anyMatch(scan.processes()::containsKey);
        return !alive && (!owned.owners().isEmpty() || System.nanoTime() - owned.asked() > RETRY_NANOS);
    }

    private Set<Long> living(Listener listener, ProcessScan scan) {
        Set<Long> living = new HashSet<>();
        Owned owned = known.get(listener.inode());
        if (owned != null) {
            owned.owners().stream().filter(scan.processes()::containsKey).forEach(living::add);
        }
        return living;
    }
}
