// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.discovery.Place.Signal;
import dev.llmtop.discovery.SocketOwnership.OwnedListener;
import dev.llmtop.model.Evidence;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Launch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The places of listeners whose processes name no engine: few signals point at one, and all others are left alone. */
final class StrangerPlaces {
    /** Of a process that holds GPU memory, so many ports are asked: a training job has dozens that are no servers. */
    private static final int MOST_GPU_PORTS = 4;

    /** Ports from here up are given out by the system: inner ones, not those of servers. */
    private static final int EPHEMERAL = 32_768;

    private final Wanted wanted;
    private final long ownPid;

    StrangerPlaces(Wanted wanted, long ownPid) {
        this.wanted = wanted;
        this.ownPid = ownPid;
    }

    /** The listeners of one server on one port. */
    private record Server(int port, String anchor, Optional<ProcessEntry> main, List<OwnedListener> listeners) {
        Set<Long> owners() {
            Set<Long> owners = new HashSet<>();
            listeners.forEach(owned -> owners.addAll(owned.owners()));
            return owners;
        }
    }

    /** Whether a listener could be looked at at all, by its port alone: only then are its owners worth a look. */
    boolean couldMatter(int port, List<AdapterDescriptor> adapters) {
        return wanted.ports().contains(port)
                || ServingPorts.usual(port)
                || adapters.stream()
                        .anyMatch(adapter -> adapter.signature().ports().contains(port));
    }

    /** Adds what no tree has taken. */
    void addTo(Survey survey) {
        Map<Long, Integer> gpuPorts = new HashMap<>();
        for (Server server : servers(survey)) {
            Signal signal = signal(survey, server, gpuPorts);
            if (signal != null) {
                place(survey, server, signal).ifPresent(survey.found().places()::add);
            }
        }
        addEndpoints(survey);
    }

    private static List<Server> servers(Survey survey) {
        Map<String, List<OwnedListener>> byServer = new LinkedHashMap<>();
        for (OwnedListener owned : survey.listeners()) {
            if (owned.listener().namespace() == 0 && !survey.isTaken(owned)) {
                String server = owned.listener().port() + "|" + server(survey, owned);
                byServer.computeIfAbsent(server, unseen -> new ArrayList<>()).add(owned);
            }
        }
        List<Server> servers = new ArrayList<>();
        byServer.values()
                .forEach(listeners -> servers.add(new Server(
                        listeners.get(0).listener().port(),
                        listeners.stream()
                                .map(owned -> anchor(survey, owned))
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(",")),
                        topmost(survey, listeners.get(0)),
                        listeners)));
        servers.sort(Comparator.comparingInt(Server::port));
        return servers;
    }

    /**
     * What is the same for all listeners of one server on one port: its process; for the two proxies of one container (IPv4 and
     * IPv6) what they lead to; for sockets that show no owner their user.
     */
    private static String server(Survey survey, OwnedListener owned) {
        Optional<ProcessEntry> process = topmost(survey, owned);
        if (process.isEmpty()) {
            return "uid" + owned.listener().uid();
        }
        Launch launch = Launches.briefly(process.get());
        return launch.program().equals("docker-proxy")
                ? launch.option("-container-ip").orElse("") + ":"
                        + launch.option("-container-port").orElse("")
                : anchor(survey, owned);
    }

    private static String anchor(Survey survey, OwnedListener owned) {
        return topmost(survey, owned)
                .map(process -> process.pid() + "@" + process.startTicks())
                .orElseGet(() -> "socket" + owned.listener().inode());
    }

    /** Of several processes that share a socket after a fork, the one that made it. */
    private static Optional<ProcessEntry> topmost(Survey survey, OwnedListener owned) {
        return owned.owners().stream()
                .sorted()
                .flatMap(pid -> survey.view().process(pid).stream())
                .filter(process -> !owned.owners().contains(process.parent()))
                .findFirst();
    }

    private @Nullable Signal signal(Survey survey, Server server, Map<Long, Integer> gpuPorts) {
        Set<Long> owners = server.owners();
        if (owners.contains(ownPid)) {
            return null;
        }
        if (wanted.ports().contains(server.port())) {
            return Signal.CONFIGURED;
        }
        if (survey.adapters().stream()
                .anyMatch(adapter -> adapter.signature().ports().contains(server.port()))) {
            return Signal.ADAPTER_PORT;
        }
        if (ServingPorts.usual(server.port())) {
            return Signal.USUAL_PORT;
        }
        if (server.main().isPresent() && survey.holdsGpu(owners) && server.port() < EPHEMERAL) {
            int before = gpuPorts.merge(server.main().get().pid(), 1, Integer::sum);
            return before <= MOST_GPU_PORTS ? Signal.GPU : null;
        }
        return null;
    }

    private Optional<Place> place(Survey survey, Server server, Signal signal) {
        Place.Spot spot = Addresses.spot(
                server.listeners(),
                survey.listeners().stream()
                        .filter(owned -> owned.listener().namespace() == 0
                                && owned.listener().port() == server.port())
                        .toList());
        String id = spot.endpoint().id();
        for (long owner : server.owners()) {
            Optional<ProcessRole> role = survey.view().role(owner);
            Optional<String> noEngine = role.flatMap(ProcessRole::noEngine);
            if (noEngine.isPresent() && signal != Signal.CONFIGURED) {
                survey.leaveAlone(id, OptionalLong.of(owner), noEngine.get() + " is no engine");
                return Optional.empty();
            }
            if (role.map(ProcessRole::part).orElse(false)) {
                survey.leaveAlone(id, OptionalLong.of(owner), "a part of an engine, which is not asked by itself");
                return Optional.empty();
            }
        }
        return Optional.of(new Place(spot, who(survey, server), why(survey, server, signal)));
    }

    private static Place.Who who(Survey survey, Server server) {
        Set<Long> tree = new HashSet<>();
        server.owners().forEach(owner -> tree.addAll(survey.view().tree(owner)));
        List<ProcessEntry> ancestors = server.main()
                .map(process -> survey.view().ancestors(process.pid()))
                .orElse(List.of());
        return new Place.Who(server.main(), tree, ancestors, List.of(), server.anchor());
    }

    private static Place.Why why(Survey survey, Server server, Signal signal) {
        List<Evidence> evidence = new ArrayList<>();
        switch (signal) {
            case CONFIGURED -> evidence.add(Evidence.supporting("port", "the user named port " + server.port()));
            case ADAPTER_PORT, USUAL_PORT ->
                evidence.add(Evidence.supporting("port", "listens on " + server.port() + ", a usual port of engines"));
            case GPU -> evidence.add(Evidence.supporting("gpu", "its process holds GPU memory"));
            case HINTED -> throw new IllegalStateException("a stranger has no hint");
        }
        if (server.main().isEmpty()) {
            evidence.add(Evidence.unreadable("owner", "socket of another user"));
        }
        Set<String> hints = survey.holdsGpu(server.owners()) ? Set.of(Candidate.HOLDS_GPU) : Set.of();
        Optional<KnownProgram> known = server.main()
                .flatMap(process -> survey.view().role(process.pid()))
                .flatMap(ProcessRole::known);
        return new Place.Why(signal, hints, "", known, false, evidence);
    }

    private void addEndpoints(Survey survey) {
        for (Endpoint endpoint : wanted.endpoints()) {
            List<Place> places = survey.found().places();
            boolean merged = false;
            for (int at = 0; at < places.size(); at++) {
                Place.Spot spot = places.get(at).spot();
                if (spot.endpoint().id().equals(endpoint.id()) || spot.alsoAt().contains(endpoint.id())) {
                    places.set(at, secured(places.get(at), endpoint).named());
                    merged = true;
                }
            }
            if (!merged) {
                places.add(new Place(
                                new Place.Spot(endpoint, List.of(), List.of(), true),
                                Place.Who.UNKNOWN,
                                new Place.Why(Signal.CONFIGURED, Set.of(), "", Optional.empty(), true, List.of()))
                        .named());
            }
        }
    }

    private static Place secured(Place place, Endpoint endpoint) {
        Place.Spot spot = place.spot();
        return endpoint.tls()
                ? new Place(
                        new Place.Spot(spot.endpoint().withTls(), spot.further(), spot.alsoAt(), spot.listening()),
                        place.who(),
                        place.why())
                : place;
    }
}
