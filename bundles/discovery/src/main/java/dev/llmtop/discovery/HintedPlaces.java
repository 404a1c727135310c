// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.ProcessTable;
import dev.llmtop.agent.ProcessTable.NetworkNamespace;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.discovery.SocketOwnership.OwnedListener;
import dev.llmtop.model.Evidence;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.EngineType.Children;
import dev.llmtop.spi.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The places of processes whose command line names an engine: of all ports of such a tree, the one that serves. */
final class HintedPlaces {
    /** Of a process that names no port: so many of its ports are tried. */
    private static final int MOST_PORTS = 3;

    private final Launches launches;
    private final ProcessTable table;
    private final ContainerPlaces containers;
    private final Members members;

    HintedPlaces(Launches launches, ProcessTable table) {
        this.launches = launches;
        this.table = table;
        containers = new ContainerPlaces(table);
        members = new Members(table);
    }

    /** Adds the places of all trees, and leaves their other ports alone. */
    void addTo(Survey survey) {
        for (long root : survey.view().roots()) {
            survey.view().process(survey.view().main(root)).ifPresent(main -> add(survey, tree(survey, root, main)));
        }
    }

    private EngineTree tree(Survey survey, long root, ProcessEntry main) {
        Set<Long> pids = survey.view().tree(root);
        ProcessRole role = survey.view().role(root).orElseThrow();
        Launch launch = launches.of(main);
        List<OwnedListener> owned = survey.listeners().stream()
                .filter(listening -> listening.owners().stream().anyMatch(owner -> belongs(survey, owner, pids, role)))
                .filter(listening -> !survey.isTaken(listening))
                .sorted(Comparator.comparingInt(
                        listening -> listening.listener().port()))
                .toList();
        return new EngineTree(root, main, pids, role, NamedAddress.of(launch), owned);
    }

    /** Below a router, a process that is not the router itself is a server of its own. */
    private static boolean belongs(Survey survey, long owner, Set<Long> pids, ProcessRole role) {
        return pids.contains(owner)
                && (role.children() == Children.INSTANCES
                        || survey.view()
                                .role(owner)
                                .map(own -> !Collections.disjoint(own.kinds(), role.kinds()))
                                .orElse(false));
    }

    private void add(Survey survey, EngineTree tree) {
        survey.found().taken().addAll(tree.owned());
        Optional<Place> place = tree.named().socket().isPresent()
                ? unixPlace(survey, tree, tree.named().socket().get())
                : tcpPlace(survey, tree);
        place.ifPresent(survey.found().places()::add);
        leaveTheRest(survey, tree, place);
    }

    private Optional<Place> tcpPlace(Survey survey, EngineTree tree) {
        Optional<NetworkNamespace> container =
                tree.owned().isEmpty() ? table.namespaceOf(tree.main()) : Optional.empty();
        if (container.isPresent()) {
            return tree.named().silent() ? Optional.empty() : contained(survey, tree, container.get());
        }
        Optional<ServingListeners> serving = ServingListeners.of(survey, tree, table.uidOf(tree.main()));
        return serving.isPresent() ? Optional.of(listening(survey, tree, serving.get())) : notListening(survey, tree);
    }

    private Optional<Place> unixPlace(Survey survey, EngineTree tree, String path) {
        Optional<String> reached = table.pathOf(tree.main(), path);
        if (reached.isEmpty()) {
            return leave(
                    survey,
                    tree,
                    path,
                    "inside its container, where only root and its own user reach it (/proc/PID/root)");
        }
        Path socket = Path.of(reached.get());
        boolean there = Files.exists(socket);
        if (!there && !Files.notExists(socket)) {
            return leave(survey, tree, path, "in a directory that this user may not enter");
        }
        Place.Spot spot =
                new Place.Spot(tree.named().secured(Endpoint.unix(reached.get())), List.of(), List.of(), there);
        String inside = reached.get().equals(path) ? "" : ", " + path + ", which is inside its container";
        return Optional.of(place(
                survey, tree, spot, Evidence.supporting("socket", "its command line names this Unix socket" + inside)));
    }

    private static Optional<Place> leave(Survey survey, EngineTree tree, String path, String why) {
        survey.leaveAlone(
                Endpoint.unix(path).id(),
                OptionalLong.of(tree.main().pid()),
                "the socket of " + tree.title() + " is " + why);
        return Optional.empty();
    }

    private Optional<Place> contained(Survey survey, EngineTree tree, NetworkNamespace container) {
        return containers.of(survey, tree, container).map(found -> place(survey, tree, found.spot(), found.evidence()));
    }

    private Place listening(Survey survey, EngineTree tree, ServingListeners serving) {
        survey.found().taken().addAll(serving.listeners());
        List<Integer> ports = serving.listeners().stream()
                .map(owned -> owned.listener().port())
                .distinct()
                .toList();
        List<OwnedListener> first = ServingListeners.onPort(serving.listeners(), ports.get(0));
        Place.Spot spot = Addresses.spot(first, ServingListeners.onPort(survey.listeners(), ports.get(0)));
        List<Endpoint> further = new ArrayList<>();
        spot.further().forEach(endpoint -> further.add(tree.named().secured(endpoint)));
        ports.stream()
                .skip(1)
                .limit(MOST_PORTS)
                .forEach(port -> further.add(tree.named()
                        .secured(Addresses.spot(
                                        ServingListeners.onPort(serving.listeners(), port),
                                        ServingListeners.onPort(survey.listeners(), port))
                                .endpoint())));
        Place.Spot secured = new Place.Spot(tree.named().secured(spot.endpoint()), further, spot.alsoAt(), true);
        return place(survey, tree, secured, serving.evidence()).heldBy(ownerless(serving));
    }

    /** Sockets that show no owner may be anyone's after the next bind: they are part of what stays the same. */
    private static String ownerless(ServingListeners serving) {
        return serving.listeners().stream()
                .filter(owned -> owned.owners().isEmpty())
                .map(owned -> "/" + owned.listener().inode())
                .sorted()
                .collect(Collectors.joining());
    }

    /** A process that does not listen (yet) stands where it will, unless it serves nothing or serves elsewhere. */
    private Optional<Place> notListening(Survey survey, EngineTree tree) {
        List<Integer> defaults = tree.defaultPorts(survey);
        OptionalInt fallback = defaults.isEmpty() ? OptionalInt.empty() : OptionalInt.of(defaults.get(0));
        Optional<Endpoint> endpoint = tree.named().endpoint(fallback);
        if (endpoint.isEmpty() || tree.named().silent()) {
            return Optional.empty();
        }
        Place.Spot spot = new Place.Spot(endpoint.get(), List.of(), List.of(), false);
        return Optional.of(place(
                survey,
                tree,
                spot,
                Evidence.against("port", "does not listen on " + endpoint.get().port())));
    }

    private Place place(Survey survey, EngineTree tree, Place.Spot spot, Evidence port) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.supporting(
                "process",
                "pid " + tree.main().pid() + " runs "
                        + Launches.briefly(tree.main()).program() + ", a command of " + tree.title()));
        evidence.add(port);
        Set<String> hints = new LinkedHashSet<>(tree.role().kinds());
        if (survey.holdsGpu(tree.pids())) {
            hints.add(Candidate.HOLDS_GPU);
            evidence.add(Evidence.supporting("gpu", "its processes hold GPU memory"));
        }
        Place.Who who = new Place.Who(
                Optional.of(tree.main()),
                tree.pids(),
                survey.view().ancestors(tree.main().pid()),
                members.of(survey, tree, spot),
                tree.main().pid() + "@" + tree.main().startTicks());
        return new Place(
                spot,
                who,
                new Place.Why(
                        Place.Signal.HINTED, hints, tree.title(), tree.role().known(), false, evidence));
    }

    private static void leaveTheRest(Survey survey, EngineTree tree, Optional<Place> place) {
        Set<Integer> asked = new LinkedHashSet<>();
        place.ifPresent(kept -> kept.spot().endpoints().forEach(endpoint -> asked.add(endpoint.port())));
        tree.owned().stream()
                .filter(owned -> !asked.contains(owned.listener().port()))
                .forEach(owned -> survey.leaveAlone(
                        Endpoint.tcp(
                                        NamedAddress.canonical(owned.listener().host()),
                                        owned.listener().port())
                                .id(),
                        owned.owners().stream().mapToLong(Long::longValue).min(),
                        "a port inside " + tree.title() + " that does not serve"));
    }
}
