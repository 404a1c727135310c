// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.model.EngineSnapshot.RemoteBackend;
import dev.llmtop.monitor.Addresses.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the engines of this machine that stand behind a router's URLs. */
final class Backends {
    private final Map<String, String> idByAddress = new HashMap<>();

    private final Set<String> ownNames;

    /** @param ownNames of this machine and addresses of it, lower case: they lead to its loopback as well */
    Backends(List<Found> found, Set<String> ownNames) {
        this.ownNames = Set.copyOf(ownNames);
        for (Found engine : found) {
            add(engine.id(), engine.id());
            engine.processes().alsoAt().forEach(address -> add(address, engine.id()));
        }
    }

    private void add(String address, String id) {
        idByAddress.putIfAbsent(address, id);
        // Whatever loopback address a router names, it reaches what listens on that port of any of them.
        Addresses.parse(address)
                .filter(parsed -> Addresses.isLoopback(parsed.host()))
                .ifPresent(parsed -> idByAddress.putIfAbsent(anyLoopback(parsed), id));
    }

    private static String anyLoopback(Address address) {
        return "loopback:" + address.port();
    }

    /** The ids behind these URLs, in order, the router's own left out. */
    List<String> ids(List<String> urls, String router) {
        TreeSet<String> ids = new TreeSet<>();
        urls.forEach(url -> id(url).ifPresent(ids::add));
        ids.remove(router);
        return new ArrayList<>(ids);
    }

    /** Those that are not on this machine. */
    List<RemoteBackend> remote(List<RemoteBackend> named) {
        return named.stream()
                .filter(backend -> id(backend.host()).isEmpty()
                        && Addresses.parse(backend.host())
                                .map(address -> !isHere(address.host()))
                                .orElse(true))
                .toList();
    }

    private boolean isHere(String host) {
        return Addresses.isLoopback(host) || ownNames.contains(host);
    }

    private Optional<String> id(String url) {
        String exact = idByAddress.get(url);
        if (exact != null) {
            return Optional.of(exact);
        }
        return Addresses.parse(url).flatMap(address -> {
            Optional<String> id = Optional.ofNullable(idByAddress.get(address.id()));
            return id.isEmpty() && isHere(address.host())
                    ? Optional.ofNullable(idByAddress.get(anyLoopback(address)))
                    : id;
        });
    }
}
