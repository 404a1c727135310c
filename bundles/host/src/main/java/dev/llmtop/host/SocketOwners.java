// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Finds the processes that hold sockets. A found holder is verified by its one descriptor; only new processes are looked at after
 * that, and a socket without an owner is looked for again after a while. Not safe for several threads.
 */
final class SocketOwners {
    /** A socket can be handed to a process that was there before; seldom, so seldom looked for. */
    private static final long LOOK_AGAIN_NANOS = 60_000_000_000L;

    private static final long FORGET_NANOS = 10 * LOOK_AGAIN_NANOS;

    private final OpenFiles openFiles;
    private final LongSupplier clock;
    private final Map<Long, Search> searches = new HashMap<>();
    private final Map<Long, Sighting> sightings = new HashMap<>();
    private long sequence;

    SocketOwners(OpenFiles openFiles, LongSupplier nanoClock) {
        this.openFiles = openFiles;
        this.clock = nanoClock;
    }

    /** When a process was first seen here, in the order of sight. */
    private record Sighting(long startTicks, long sequence) {}

    /** A process that holds a socket, by which descriptor. */
    private record Holder(long startTicks, String descriptor) {}

    /** What is known of one socket: who holds it, and up to which sighting processes were looked at. */
    private static final class Search {
        final Map<Long, Holder> holders = new HashMap<>();
        long lookedUpTo;
        long lookedEverywhere;
        long asked;
    }

    /** The holders of each socket; one without any is left out. */
    Map<Long, Set<Long>> owners(Set<Long> inodes, ProcessScan scan) {
        long now = clock.getAsLong();
        sight(scan);
        Set<Long> ownerless = new HashSet<>();
        for (long inode : inodes) {
            Search search = searches.computeIfAbsent(inode, unknown -> new Search());
            search.asked = now;
            boolean held = !search.holders.isEmpty();
            verify(inode, search, scan);
            if (search.holders.isEmpty()) {
                ownerless.add(inode);
                if (held || search.lookedUpTo == 0 || now - search.lookedEverywhere > LOOK_AGAIN_NANOS) {
                    search.lookedUpTo = 0;
                    search.lookedEverywhere = now;
                }
            }
        }
        Round round = new Round(scan, inodes);
        round.lookFor(ownerless);
        Map<Long, Set<Long>> answer = new HashMap<>();
        for (long inode : inodes) {
            Search search = search(inode);
            round.lookAtFamily(search);
            if (!search.holders.isEmpty()) {
                answer.put(inode, new TreeSet<>(search.holders.keySet()));
            }
        }
        inodes.forEach(inode -> search(inode).lookedUpTo = sequence);
        searches.values().removeIf(search -> now - search.asked > FORGET_NANOS);
        return answer;
    }

    private Search search(long inode) {
        return searches.computeIfAbsent(inode, unknown -> new Search());
    }

    private void sight(ProcessScan scan) {
        sightings.keySet().retainAll(scan.processes().keySet());
        scan.processes().forEach((pid, process) -> {
            Sighting before = sightings.get(pid);
            if (before == null || before.startTicks() != process.startTicks()) {
                sightings.put(pid, new Sighting(process.startTicks(), ++sequence));
            }
        });
    }

    private void verify(long inode, Search search, ProcessScan scan) {
        search.holders.entrySet().removeIf(held -> {
            ProcessEntry process = scan.processes().get(held.getKey());
            return process == null
                    || process.startTicks() != held.getValue().startTicks()
                    || openFiles.socket(held.getKey(), held.getValue().descriptor()) != inode;
        });
    }

    /** One call: who was looked at already, and who is whose child. */
    private final class Round {
        private final ProcessScan scan;
        private final Set<Long> inodes;
        private final Set<Long> visited = new HashSet<>();
        private final Map<Long, List<Long>> children = new HashMap<>();

        Round(ProcessScan scan, Set<Long> inodes) {
            this.scan = scan;
            this.inodes = inodes;
            scan.processes()
                    .values()
                    .forEach(process -> children.computeIfAbsent(process.parent(), parent -> new ArrayList<>())
                            .add(process.pid()));
        }

        /** Goes through the processes, likely ones first, until each of these sockets has a holder. */
        void lookFor(Set<Long> ownerless) {
            Set<Long> missing = new HashSet<>(ownerless);
            long lookedUpTo = missing.stream()
                    .mapToLong(inode -> search(inode).lookedUpTo)
                    .min()
                    .orElse(sequence);
            if (lookedUpTo >= sequence) {
                return;
            }
            for (ProcessEntry process : LikelyOwners.ordered(ownerless, scan)) {
                if (missing.isEmpty()) {
                    return;
                }
                visit(process, lookedUpTo);
                missing.removeIf(inode -> !search(inode).holders.isEmpty());
            }
        }

        /**
         * A socket is shared by fork: from each holder up while the parent holds it too, then down to all descendants that were
         * not looked at before.
         */
        void lookAtFamily(Search search) {
            List<Long> open = new ArrayList<>();
            for (long holder : List.copyOf(search.holders.keySet())) {
                open.add(top(holder, search));
            }
            Set<Long> reached = new HashSet<>();
            while (!open.isEmpty() && search.lookedUpTo < sequence) {
                long pid = open.remove(open.size() - 1);
                ProcessEntry process = scan.processes().get(pid);
                if (process != null && reached.add(pid)) {
                    visit(process, search.lookedUpTo);
                    open.addAll(children.getOrDefault(pid, List.of()));
                }
            }
        }

        private long top(long holder, Search search) {
            long top = holder;
            Set<Long> climbed = new HashSet<>();
            while (climbed.add(top)) {
                ProcessEntry process = scan.processes().get(top);
                ProcessEntry parent = process == null ? null : scan.processes().get(process.parent());
                if (parent == null) {
                    break;
                }
                visit(parent, search.lookedUpTo);
                if (search.holders.containsKey(parent.pid())) {
                    top = parent.pid();
                }
            }
            return top;
        }

        /** Looks at the open files of a process first seen after {@code lookedUpTo}, once. */
        private void visit(ProcessEntry process, long lookedUpTo) {
            Sighting sighting = sightings.get(process.pid());
            if (sighting == null || sighting.sequence() <= lookedUpTo || !visited.add(process.pid())) {
                return;
            }
            openFiles
                    .sockets(process.pid(), inodes)
                    .forEach((inode, descriptor) ->
                            search(inode).holders.put(process.pid(), new Holder(process.startTicks(), descriptor)));
        }
    }
}
