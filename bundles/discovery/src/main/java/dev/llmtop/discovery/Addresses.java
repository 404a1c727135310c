// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.ProcessTable.Listener;
import dev.llmtop.discovery.SocketOwnership.OwnedListener;
import dev.llmtop.spi.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which address of several of one server is its own: one engine stands once. */
final class Addresses {
    private Addresses() {}

    /** The listeners of one server on one port as a spot; {@code rivals} are all listeners of that port. */
    static Place.Spot spot(List<OwnedListener> same, List<OwnedListener> rivals) {
        int port = same.get(0).listener().port();
        boolean ipv4Elsewhere = rivals.stream()
                .filter(rival -> !same.contains(rival))
                .anyMatch(
                        rival -> NamedAddress.canonical(rival.listener().host()).equals("127.0.0.1"));
        Set<String> hosts = new LinkedHashSet<>();
        boolean wildcardIpv4 =
                same.stream().anyMatch(owned -> owned.listener().host().equals("0.0.0.0"));
        same.stream()
                .map(OwnedListener::listener)
                .map(listener -> host(listener, wildcardIpv4 || ipv4Elsewhere))
                .sorted(Comparator.comparingInt(Addresses::rank).thenComparing(host -> host))
                .forEach(hosts::add);
        List<String> ordered = new ArrayList<>(hosts);
        List<Endpoint> further = new ArrayList<>();
        if (ordered.size() == 1
                && same.get(0).listener().host().equals("::")
                && ordered.get(0).equals("127.0.0.1")) {
            further.add(Endpoint.tcp("::1", port)); // bound to IPv6 alone, perhaps
        }
        List<String> alsoAt = ordered.stream()
                .skip(1)
                .map(host -> Endpoint.tcp(host, port).id())
                .toList();
        return new Place.Spot(Endpoint.tcp(ordered.get(0), port), further, alsoAt, true);
    }

    /** {@code ::} answers on 127.0.0.1 too, unless somebody listens there besides. */
    private static String host(Listener listener, boolean ipv4Taken) {
        return listener.host().equals("::") && ipv4Taken ? "::1" : NamedAddress.canonical(listener.host());
    }

    private static int rank(String host) {
        if (host.equals("127.0.0.1")) {
            return 0;
        }
        return host.startsWith("127.") ? 1 : host.equals("::1") ? 2 : host.indexOf(':') < 0 ? 3 : 4;
    }
}
