// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.spi.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the user named.
 *
 * @param ports whose listeners are asked
 * @param endpoints that are asked in any case, and may get a key
 * @param problems one line for each that is no address
 */
record Wanted(Set<Integer> ports, List<Endpoint> endpoints, List<String> problems) {
    static final Wanted NOTHING = new Wanted(Set.of(), List.of(), List.of());

    Wanted {
        ports = Set.copyOf(ports);
        endpoints = List.copyOf(endpoints);
        problems = List.copyOf(problems);
    }

    /** Reads {@code http://host:port}, {@code https://host}, {@code host:port}, {@code unix:/path}; never fails. */
    static Wanted of(int[] ports, String[] urls) {
        Set<Integer> known = new java.util.HashSet<>();
        List<Endpoint> endpoints = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int port : ports) {
            if (port >= 1 && port <= 65_535) {
                known.add(port);
            } else {
                problems.add("a port is 1..65535, not " + port);
            }
        }
        for (String url : urls) {
            if (!url.isBlank()) {
                endpoint(url.strip())
                        .ifPresentOrElse(
                                endpoints::add,
                                () -> problems.add("an endpoint is a URL such as http://127.0.0.1:8000"));
            }
        }
        return new Wanted(known, endpoints, problems);
    }

    private static Optional<Endpoint> endpoint(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        boolean tls = lower.startsWith("https");
        int socket = lower.startsWith("unix:") ? 5 : lower.indexOf("+unix:") > 0 ? lower.indexOf("+unix:") + 6 : -1;
        if (socket > 0) {
            String path = url.substring(socket).replaceFirst("^//(?=/)", "");
            return path.startsWith("/") ? Optional.of(Endpoint.unix(path)) : Optional.empty();
        }
        int scheme = lower.indexOf("://");
        if (scheme > 0 && !lower.startsWith("http")) {
            return Optional.empty();
        }
        String rest = scheme > 0 ? url.substring(scheme + 3) : url;
        String authority = rest.replaceFirst("[/?#].*$", "").replaceFirst("^.*@", "");
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        String port = hasPort ? authority.substring(colon + 1) : tls ? "443" : scheme > 0 ? "80" : "";
        if (host.isEmpty() || !port.matches("\\d{1,5}") || !host.matches("[\\w.-]+|\\[[0-9A-Fa-f:.%]+]")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(port);
        if (number < 1 || number > 65_535) {
            return Optional.empty();
        }
        Endpoint endpoint = Endpoint.tcp(NamedAddress.canonical(host), number);
        return Optional.of(tls ? endpoint.withTls() : endpoint);
    }
}
