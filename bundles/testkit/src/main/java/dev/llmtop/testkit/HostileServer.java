// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import dev.llmtop.spi.Endpoint;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of {@link HostileServers} on a real port, which counts what it gets. */
public final class HostileServer implements AutoCloseable {
    private final Hostility hostility;
    private final LoopbackServer server;
    private final @Nullable EngineServer stranger;

    HostileServer(Hostility hostility, LoopbackServer server, @Nullable EngineServer stranger) {
        this.hostility = hostility;
        this.server = server;
        this.stranger = stranger;
    }

    /** What it does. */
    public Hostility hostility() {
        return hostility;
    }

    /** Its port on 127.0.0.1. */
    public int port() {
        return server.port();
    }

    /** Where it listens. */
    public Endpoint endpoint() {
        return Endpoint.tcp("127.0.0.1", port());
    }

    /** Connections accepted so far. */
    public int connections() {
        return server.traffic().connections();
    }

    /** Connections that are open now: those whose other side still waits. */
    public int openConnections() {
        return server.open();
    }

    /** Whole requests so far, in the order in which they came. */
    public List<ReceivedRequest> requests() {
        return server.traffic().requests();
    }

    /** Bytes that came. */
    public long bytesReceived() {
        return server.traffic().bytesReceived();
    }

    /** Bytes that went, as far as the other side took them. */
    public long bytesSent() {
        return server.traffic().bytesSent();
    }

    /** Where {@link Hostility#REDIRECT} points to; empty for the others. */
    public Optional<EngineServer> stranger() {
        return Optional.ofNullable(stranger);
    }

    @Override
    public void close() {
        server.close();
        if (stranger != null) {
            stranger.close();
        }
    }

    @Override
    public String toString() {
        return hostility + " on " + endpoint().id();
    }
}
