// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.agent.ProcessTable.Connection;
import dev.llmtop.agent.ProcessTable.Connections;
import dev.llmtop.spi.Stamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which engines others were seen connected to. Connections come and go with requests, so what was seen once stands while both
 * processes live. Looking is dear: it is done at the first ticks, when engines come or go, and now and then. Used by the tick's thread
 * alone.
 */
final class Connected {
    private static final double LOOK_EVERY_SECONDS = 5;
    private static final int FIRST_LOOKS = 3;

    private final ProcessTable table;
    private final Map<Pair, Connection> seen = new LinkedHashMap<>();
    private Set<String> unreadable = Set.of();
    private Set<Life> lives = Set.of();
    private int looks;
    private Optional<Stamp> last = Optional.empty();

    Connected(ProcessTable table) {
        this.table = table;
    }

    /** An engine in one process. */
    private record Life(String id, long pid, long startTicks) {
        static Life of(Found found) {
            return found.processes()
                    .main()
                    .map(main -> new Life(found.id(), main.pid(), main.startTicks()))
                    .orElseGet(() -> new Life(found.id(), 0, 0));
        }
    }

    private record Pair(Life from, Life to) {}

    /**
     * Looks, when it is time.
     *
     * @param askers whose connections matter
     * @param all engines
     */
    void look(Collection<Found> askers, List<Found> all, Backends backends, Stamp now) {
        Map<String, Life> byId = new HashMap<>();
        all.forEach(engine -> byId.put(engine.id(), Life.of(engine)));
        Set<Life> present = new HashSet<>(byId.values());
        seen.keySet().removeIf(pair -> !present.contains(pair.from()) || !present.contains(pair.to()));
        if (!present.equals(lives)) {
            lives = present;
            looks = 0;
        }
        boolean due = looks < FIRST_LOOKS || last.isEmpty() || now.secondsSince(last.get()) >= LOOK_EVERY_SECONDS;
        if (due && !askers.isEmpty() && all.size() > 1) {
            looks++;
            last = Optional.of(now);
            take(askers, byId, backends, ports(all));
        }
    }

    private static Set<Integer> ports(List<Found> all) {
        Set<Integer> ports = new HashSet<>();
        for (Found engine : all) {
            ports.add(engine.candidate().endpoint().port());
            engine.processes()
                    .alsoAt()
                    .forEach(address -> Addresses.parse(address).ifPresent(parsed -> ports.add(parsed.port())));
        }
        ports.remove(0);
        return ports;
    }

    private void take(Collection<Found> askers, Map<String, Life> byId, Backends backends, Set<Integer> ports) {
        Map<Long, String> owners = new HashMap<>();
        askers.forEach(asker -> asker.processes().tree().forEach(pid -> owners.putIfAbsent(pid, asker.id())));
        Connections connections = table.connections(owners.keySet(), ports);
        for (Connection connection : connections.made()) {
            String from = owners.get(connection.pid());
            Life asker = from == null ? null : byId.get(from);
            Life asked = backend(connection, backends).map(byId::get).orElse(null);
            if (asker != null && asked != null && !asker.equals(asked)) {
                seen.putIfAbsent(new Pair(asker, asked), connection);
            }
        }
        Set<String> hidden = new HashSet<>();
        connections.unreadable().forEach(pid -> hidden.add(owners.getOrDefault(pid, "")));
        unreadable = hidden;
    }

    /** Loopback of another network namespace leads to none of ours. */
    private static Optional<String> backend(Connection connection, Backends backends) {
        return connection.own() || !Addresses.isLoopback(connection.host())
                ? backends.at(connection.host(), connection.port())
                : Optional.empty();
    }

    /** The engines that one was seen connected to, by id: one connection for each. */
    Map<String, Connection> of(String id) {
        Map<String, Connection> to = new LinkedHashMap<>();
        for (String asked :
                new TreeSet<>(seen.keySet().stream().map(pair -> pair.to().id()).toList())) {
            seen.forEach((pair, connection) -> {
                if (pair.from().id().equals(id) && pair.to().id().equals(asked)) {
                    to.putIfAbsent(asked, connection);
                }
            });
        }
        return to;
    }

    /** Whether connections of one of its processes may not be seen. */
    boolean isHidden(String id) {
        return unreadable.contains(id);
    }
}
