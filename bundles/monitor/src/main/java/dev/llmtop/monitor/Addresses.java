// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import java.util.Locale;
import java.util.Optional;

/** Reads addresses as people write them; asks no name server. */
final class Addresses {
    private Addresses() {}

    /**
     * Host and port of a URL or {@code host:port}.
     *
     * @param host without brackets, lower case
     */
    record Address(String host, int port) {
        /** As in an engine's id. */
        String id() {
            return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
        }
    }

    /** Reads {@code http://host:port/path}, {@code host:port}; empty for anything else. */
    static Optional<Address> parse(String text) {
        String rest = text.strip();
        int scheme = rest.indexOf("://");
        boolean tls = rest.startsWith("https");
        rest = scheme < 0 ? rest : rest.substring(scheme + 3);
        int end = endOfAuthority(rest);
        String authority = rest.substring(rest.lastIndexOf('@', end) + 1, end).toLowerCase(Locale.ROOT);
        int bracket = authority.indexOf(']');
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > bracket;
        String host = hasPort ? authority.substring(0, colon) : authority;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty() || !hasPort && scheme < 0) {
            return Optional.empty();
        }
        int port = hasPort ? port(authority.substring(colon + 1)) : tls ? 443 : 80;
        return port == 0 ? Optional.empty() : Optional.of(new Address(host, port));
    }

    private static int endOfAuthority(String text) {
        int at = 0;
        while (at < text.length() && "/?#".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port >= 1 && port <= 65_535 ? port : 0;
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** Whether a literal address, or {@code localhost}, is of this machine's loopback; a wildcard reaches it too. */
    static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.equals("0.0.0.0")
                || host.equals("::")
                || host.matches("127(\\.\\d{1,3}){3}");
    }
}
