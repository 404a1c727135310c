// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.spi.Endpoint;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The servers that were asked lately, by canonical address. */
final class Servers {
    private static final int MOST = 4_096;

    private final Consumer<Server> whenForgotten;
    private final Map<String, Server> servers = new LinkedHashMap<>(64, 0.75f, true);

    Servers(Consumer<Server> whenForgotten) {
        this.whenForgotten = whenForgotten;
    }

    synchronized Server of(Endpoint endpoint) {
        Server server = servers.computeIfAbsent(endpoint.id(), unseen -> new Server(endpoint));
        if (endpoint.tls()) {
            server.rememberTls();
        }
        if (servers.size() > MOST) {
            Iterator<Server> eldest = servers.values().iterator();
            drop(eldest.next());
            eldest.remove();
        }
        return server;
    }

    /** Without making one. */
    synchronized Optional<Server> known(Endpoint endpoint) {
        return Optional.ofNullable(servers.get(endpoint.id()));
    }

    synchronized void forget(Endpoint endpoint) {
        Server server = servers.remove(endpoint.id());
        if (server != null) {
            drop(server);
        }
    }

    private void drop(Server server) {
        server.forget();
        whenForgotten.accept(server);
    }
}
