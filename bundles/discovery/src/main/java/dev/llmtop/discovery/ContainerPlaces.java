// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.ProcessTable;
import dev.llmtop.agent.ProcessTable.Listener;
import dev.llmtop.agent.ProcessTable.NetworkNamespace;
import dev.llmtop.discovery.SocketOwnership.OwnedListener;
import dev.llmtop.model.Evidence;
import dev.llmtop.spi.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where an engine in another network namespace is reached: at its container's address, and where its port is published. What
 * listens there any user may read; who owns which socket not.
 */
final class ContainerPlaces {
    /** What slirp4netns gives to every container; it leads nowhere from outside. */
    private static final String SLIRP = "10.0.2.100";

    private final ProcessTable table;
    private final PublishedPorts published;

    ContainerPlaces(ProcessTable table) {
        this.table = table;
        published = new PublishedPorts(table);
    }

    /** A spot with what says so. */
    record Found(Place.Spot spot, Evidence evidence) {}

    /** The spot of a tree in {@code container}; where none can be reached, it is left alone with the reason. */
    Optional<Found> of(Survey survey, EngineTree tree, NetworkNamespace container) {
        OptionalInt port = port(survey, tree, container);
        if (port.isEmpty()) {
            leave(survey, tree, "?", "in a network namespace of its own, and no port is known");
            return Optional.empty();
        }
        int inside = port.getAsInt();
        List<Listener> listeners = container.listeners().stream()
                .filter(listener -> listener.port() == inside)
                .toList();
        PublishedPorts.Published outside = published.of(survey, tree.main(), container, inside);
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        if (!outside.rootless()) {
            reachable(tree, container, listeners)
                    .ifPresent(host -> endpoints.add(tree.named().secured(Endpoint.tcp(host, inside))));
        }
        for (OwnedListener owned : outside.listeners()) {
            survey.found().taken().add(owned);
            endpoints.add(tree.named()
                    .secured(Endpoint.tcp(
                            NamedAddress.canonical(owned.listener().host()),
                            owned.listener().port())));
        }
        outside.told().forEach(endpoint -> endpoints.add(tree.named().secured(endpoint)));
        if (endpoints.isEmpty()) {
            leave(survey, tree, "?:" + inside, unreachable(listeners));
            return Optional.empty();
        }
        List<Endpoint> ordered = List.copyOf(endpoints);
        Place.Spot spot = new Place.Spot(
                ordered.get(0),
                ordered.subList(1, ordered.size()),
                ordered.stream().skip(1).map(Endpoint::id).toList(),
                !listeners.isEmpty());
        return Optional.of(new Found(spot, evidence(inside, listeners, outside)));
    }

    private static OptionalInt port(Survey survey, EngineTree tree, NetworkNamespace container) {
        if (tree.named().port().isPresent()) {
            return tree.named().port();
        }
        List<Integer> there =
                container.listeners().stream().map(Listener::port).distinct().toList();
        List<Integer> usual = tree.defaultPorts(survey);
        Optional<Integer> chosen = usual.stream().filter(there::contains).findFirst();
        if (chosen.isEmpty() && there.size() == 1) {
            chosen = Optional.of(there.get(0));
        }
        return chosen.or(() -> usual.stream().findFirst()).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** The address at which it listens, or will; empty where it is one that only its own namespace reaches. */
    private Optional<String> reachable(EngineTree tree, NetworkNamespace container, List<Listener> listeners) {
        List<String> candidates = new ArrayList<>();
        if (listeners.isEmpty()) {
            tree.named()
                    .host()
                    .filter(host -> !host.equals("127.0.0.1"))
                    .ifPresentOrElse(candidates::add, () -> candidates.addAll(container.addresses()));
        }
        for (Listener listener : listeners) {
            if (listener.wildcard()) {
                container.addresses().stream()
                        .filter(address ->
                                address.indexOf(':') < 0 || listener.host().equals("::"))
                        .forEach(candidates::add);
            } else {
                candidates.add(NamedAddress.canonical(listener.host()));
            }
        }
        List<String> ours = table.addresses();
        return candidates.stream()
                .filter(container.addresses()::contains)
                .filter(address -> !ours.contains(address) && !address.equals(SLIRP))
                .findFirst();
    }

    private static Evidence evidence(int port, List<Listener> listeners, PublishedPorts.Published outside) {
        String where = outside.ports().stream()
                .map(String::valueOf)
                .reduce((one, other) -> one + " and " + other)
                .map(ports -> ", published at " + ports)
                .orElse("");
        return listeners.isEmpty()
                ? Evidence.against("port", "does not listen on " + port + " in its network namespace" + where)
                : Evidence.supporting("port", "listens on " + port + " in a network namespace of its own" + where);
    }

    private static String unreachable(List<Listener> listeners) {
        boolean inner = !listeners.isEmpty()
                && listeners.stream().noneMatch(Listener::wildcard)
                && listeners.stream()
                        .map(listener -> NamedAddress.canonical(listener.host()))
                        .allMatch(host -> host.startsWith("127.") || host.equals("::1"));
        return inner
                ? "listens on loopback inside its network namespace only, which nobody outside reaches"
                : "in a network namespace of its own with no address that is reached from here, and no published port is known";
    }

    private static void leave(Survey survey, EngineTree tree, String address, String why) {
        survey.leaveAlone(address, OptionalLong.of(tree.main().pid()), tree.title() + " " + why);
    }
}
