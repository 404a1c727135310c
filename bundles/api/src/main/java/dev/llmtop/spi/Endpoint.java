// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import java.util.Optional;

/**
 * Where a server listens.
 *
 * @param host an address or {@code localhost}, without brackets; empty for a Unix socket
 * @param port 1..65535; 0 for a Unix socket
 * @param socket the path of a Unix socket; empty for TCP
 * @param tls whether it speaks TLS
 */
public record Endpoint(String host, int port, Optional<String> socket, boolean tls) {
    public Endpoint {
        if (socket.isEmpty() && (host.isEmpty() || port < 1 || port > 65_535)) {
            throw new IllegalArgumentException("no address: '" + host + "' port " + port);
        }
    }

    /** Plain HTTP over TCP. */
    public static Endpoint tcp(String host, int port) {
        return new Endpoint(host, port, Optional.empty(), false);
    }

    /** Plain HTTP over a Unix socket. */
    public static Endpoint unix(String path) {
        return new Endpoint("", 0, Optional.of(path), false);
    }

    /** The same place, spoken to over TLS. */
    public Endpoint withTls() {
        return new Endpoint(host, port, socket, true);
    }

    /** The canonical address, which is an engine's id: {@code 127.0.0.1:8000}, {@code [::1]:9106}, {@code unix:/run/v.sock}. */
    public String id() {
        return socket.map(path -> "unix:" + path).orElseGet(() -> bracketed() + ":" + port);
    }

    /** The base URL, without a slash at its end. */
    public String url() {
        String scheme = tls ? "https" : "http";
        return socket.map(path -> scheme + "+unix:" + path).orElseGet(() -> scheme + "://" + bracketed() + ":" + port);
    }

    /** What stands in the {@code Host} header. */
    public String authority() {
        return socket.isPresent() ? "localhost" : bracketed() + ":" + port;
    }

    private String bracketed() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }
}
