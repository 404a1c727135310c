// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.model.Text;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Launch;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

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
    /** Programs whose {@code -p} is the port; others mean a prompt or a path by it. */
    private static final Set<String> SHORT_PORT =
            Set.of("text-generation-launcher", "text-generation-router", "text-embeddings-router");

    /** Programs that take the port from {@code PORT} where no option names it; their host's variable is set by containers too. */
    private static final Set<String> PLAIN_PORT = Set.of(
            "text-generation-launcher",
            "text-generation-router",
            "text-embeddings-router",
            "llama_cpp.server",
            "litellm");

    /** An address or a name; what has other characters, or is a list, is nowhere to go. */
    private static final Pattern HOST = Pattern.compile("[\\w.:%-]{1,253}|\\[[\\w.:%-]{1,253}]|\\*");

    /** Options as vLLM, SGLang, llama.cpp, TGI, LiteLLM, llama-swap, LocalAI, LMDeploy and TabbyAPI have them. */
    static NamedAddress of(Launch launch) {
        Optional<String> host = launch.option("--host", "--hostname", "--server-name", "-host")
                .or(() -> variable(launch, "LLAMA_ARG_HOST", "llama-server", "llama"))
                .filter(text -> !text.isBlank());
        OptionalInt port = namedPort(launch);
        Optional<String> both = launch.option("--listen", "-listen", "--address", "--bind")
                .or(() -> variable(launch, "OLLAMA_HOST", "ollama"))
                .or(() -> variable(launch, "LOCALAI_ADDRESS", "local-ai"));
        if (both.isPresent()) {
            Together together = Together.of(both.get());
            host = host.or(() -> Optional.of(together.host()).filter(text -> !text.isBlank()));
            port = port.isPresent() ? port : together.port();
        }
        String named = host.orElse("");
        Optional<String> socket =
                launch.option("--uds").or(() -> Optional.of(named).filter(text -> text.endsWith(".sock")));
        return new NamedAddress(
                host.filter(text -> HOST.matcher(text).matches() && !text.endsWith(".sock"))
                        .map(NamedAddress::canonical),
                port,
                socket.filter(path -> path.startsWith("/") && path.equals(Text.clean(path))),
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

    /** An option beats a place among the arguments, and both beat a variable. */
    private static OptionalInt namedPort(Launch launch) {
        OptionalInt port = launch.port("--port", "-port", "--server-port", "--rest_port", "--api-port", "--http-port");
        if (port.isEmpty() && SHORT_PORT.contains(launch.program())) {
            port = launch.port("-p");
        }
        if (port.isEmpty() && launch.program().startsWith("koboldcpp")) {
            // koboldcpp MODEL PORT: LostRuins/koboldcpp, koboldcpp.py, model_param and port_param.
            port = launch.firstPositional().isPresent() && launch.arguments().size() > 1
                    ? port(launch.arguments().get(1))
                    : port;
        }
        if (port.isEmpty()) {
            port = variable(launch, "LLAMA_ARG_PORT", "llama-server", "llama")
                    .or(() -> variable(launch, "PORT", PLAIN_PORT.toArray(new String[0])))
                    .map(NamedAddress::port)
                    .orElse(OptionalInt.empty());
        }
        return port;
    }

    /** A variable of the environment, where it may be read and one of these programs looks at it. */
    private static Optional<String> variable(Launch launch, String name, String... programs) {
        return Optional.ofNullable(launch.environment().get(name))
                .filter(value -> List.of(programs).contains(launch.program()));
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

    /** Host and port in one text; a scheme brings a port of its own (ollama/ollama, envconfig/config.go, Host). */
    private record Together(String host, OptionalInt port) {
        static Together of(String text) {
            int scheme = text.indexOf("://");
            String rest = scheme < 0 ? text : text.substring(scheme + 3);
            String authority = rest.indexOf('/') < 0 ? rest : rest.substring(0, rest.indexOf('/'));
            int colon = authority.lastIndexOf(':');
            boolean withPort = colon > authority.lastIndexOf(']')
                    && (authority.indexOf(':') == colon || authority.startsWith("["));
            if (withPort) {
                return new Together(authority.substring(0, colon), NamedAddress.port(authority.substring(colon + 1)));
            }
            OptionalInt usual = text.startsWith("https://")
                    ? OptionalInt.of(443)
                    : text.startsWith("http://") ? OptionalInt.of(80) : OptionalInt.empty();
            return new Together(authority, usual);
        }
    }

    private static OptionalInt port(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }
}
