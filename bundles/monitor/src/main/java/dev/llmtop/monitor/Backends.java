// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.model.EngineSnapshot.RemoteBackend;
import dev.llmtop.monitor.Addresses.Address;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /**
     * Those that are not on this machine, each once.
     *
     * @param named with their models
     * @param urls of backends that nobody may have named so
     * @param model of those, where there is but one; else empty
     */
    List<RemoteBackend> remote(List<RemoteBackend> named, List<String> urls, String model) {
        Set<RemoteBackend> remote = new LinkedHashSet<>();
        named.stream().filter(backend -> isElsewhere(backend.host(), true)).forEach(remote::add);
        Set<String> hosts = new HashSet<>();
        named.forEach(backend ->
                hosts.add(Addresses.parse(backend.host()).map(Address::id).orElse(backend.host())));
        for (String url : urls) {
            Addresses.parse(url)
                    .filter(address -> isElsewhere(url, false))
                    .filter(address -> hosts.stream().noneMatch(host -> isSame(host, address)))
                    .ifPresent(address -> remote.add(new RemoteBackend(address.id(), model)));
        }
        return List.copyOf(remote);
    }

    /** A provider's name is no address, and elsewhere. */
    private boolean isElsewhere(String host, boolean name) {
        return id(host).isEmpty()
                && Addresses.parse(host).map(address -> !isHere(address.host())).orElse(name);
    }

    /** An adapter may leave out a port that its scheme says. */
    private static boolean isSame(String named, Address address) {
        return named.equals(address.id()) || named.equals(address.host());
    }

    private boolean isHere(String host) {
        return Addresses.isLoopback(host) || ownNames.contains(host);
    }

    /** The id behind an address of this machine. */
    Optional<String> at(String host, int port) {
        return id(new Address(host, port).id());
    }

    /** The id behind a URL or {@code host:port}. */
    Optional<String> id(String url) {
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
