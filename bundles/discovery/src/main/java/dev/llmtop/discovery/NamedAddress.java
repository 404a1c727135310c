// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Launch;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a command line says that its process will listen.
 *
 * @param host canonical; empty where it is not named
 * @param port empty where it is not named
 * @param socket the absolute path of a Unix socket
 * @param tls whether it says that it speaks TLS
 * @param silent whether it says that it serves no HTTP at all
 */
record NamedAddress(Optional<String> host, OptionalInt port, Optional<String> socket, boolean tls, boolean silent) {
    /** Options as vLLM, SGLang, llama.cpp, TGI, LiteLLM, llama-swap, LocalAI, LMDeploy and TabbyAPI have them. */
    static NamedAddress of(Launch launch) {
        Optional<String> host =
                launch.option("--host", "--hostname", "--server-name", "-host").filter(text -> !text.isBlank());
        OptionalInt port = launch.port("--port", "-port", "--server-port", "--rest_port", "--api-port");
        Optional<String> both = launch.option("--listen", "-listen", "--address", "--bind")
                .or(() -> Optional.ofNullable(launch.environment().get("OLLAMA_HOST"))
                        .filter(value -> launch.program().equals("ollama")));
        if (both.isPresent()) {
            int colon = both.get().lastIndexOf(':');
            String before = colon < 0 ? both.get() : both.get().substring(0, colon);
            host = host.or(() -> Optional.of(withoutScheme(before)).filter(text -> !text.isBlank()));
            port = port.isPresent() || colon < 0 ? port : port(both.get().substring(colon + 1));
        }
        Optional<String> socket =
                launch.option("--uds").or(() -> launch.option("--host").filter(text -> text.endsWith(".sock")));
        return new NamedAddress(
                host.filter(text -> !text.endsWith(".sock") && text.indexOf(',') < 0)
                        .map(NamedAddress::canonical),
                port,
                socket.filter(path -> path.startsWith("/")),
                tls(launch),
                launch.has("--headless", "--grpc"));
    }

    /** The address as engines' ids have it: a wildcard stands as 127.0.0.1, an IPv4 address in IPv6 form as itself. */
    static String canonical(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        String lower = bare.toLowerCase(Locale.ROOT);
        if (lower.startsWith("::ffff:") && lower.indexOf('.') > 0) {
            lower = lower.substring("::ffff:".length());
        }
        return switch (lower) {
            case "", "0.0.0.0", "::", "*", "localhost", "0:0:0:0:0:0:0:0" -> "127.0.0.1";
            case "0:0:0:0:0:0:0:1" -> "::1";
            default -> lower;
        };
    }

    /** The address, where a port is named or {@code fallback} holds. */
    Optional<Endpoint> endpoint(OptionalInt fallback) {
        if (socket.isPresent()) {
            return socket.map(Endpoint::unix).map(this::secured);
        }
        OptionalInt chosen = port.isPresent() ? port : fallback;
        return chosen.isPresent()
                ? Optional.of(secured(Endpoint.tcp(host.orElse("127.0.0.1"), chosen.getAsInt())))
                : Optional.empty();
    }

    /** The same place over TLS where the command line says so. */
    Endpoint secured(Endpoint endpoint) {
        return tls ? endpoint.withTls() : endpoint;
    }

    private static boolean tls(Launch launch) {
        return launch.has(
                "--ssl-certfile",
                "--ssl-cert-file",
                "--ssl_certfile_path",
                "--tls-cert-file",
                "-tls-cert-file",
                "--ssl-certificate");
    }

    private static String withoutScheme(String text) {
        int scheme = text.indexOf("://");
        return scheme < 0 ? text : text.substring(scheme + 3);
    }

    private static OptionalInt port(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }
}
