// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.model.Reason;
import dev.llmtop.spi.Endpoint;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Opens connections: 300 ms to connect, the request's own deadline for TLS. */
final class Connector {
    private static final long CONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final Watchdog watchdog;
    private final Tls tls = new Tls();

    Connector(Watchdog watchdog) {
        this.watchdog = watchdog;
    }

    Connection open(Server server, Route route, long deadlineNanos) throws Trouble {
        Trouble last = new Trouble(Reason.UNREACHABLE, "it has no address");
        for (SocketAddress address : Addresses.of(server.endpoint(), deadlineNanos)) {
            try {
                return open(address, server, route, deadlineNanos);
            } catch (Trouble trouble) {
                last = trouble;
            }
        }
        throw last;
    }

    private Connection open(SocketAddress address, Server server, Route route, long deadlineNanos) throws Trouble {
        ChannelWire wire = connected(address, deadlineNanos);
        if (!route.tls()) {
            return new Connection(watchdog, server, route, wire, deadlineNanos);
        }
        Endpoint endpoint = server.endpoint();
        String name = endpoint.socket().isPresent() ? "localhost" : endpoint.host();
        Watchdog.Guard guard = watchdog.watch(wire, deadlineNanos);
        try {
            Wire secured = tls.over(wire, name, endpoint.port(), route.verified());
            return new Connection(watchdog, server, route, secured, deadlineNanos);
        } catch (IOException | RuntimeException broken) {
            close(wire);
            throw trouble(broken, guard.fired(), "no TLS by the deadline");
        } finally {
            guard.release();
        }
    }

    private ChannelWire connected(SocketAddress address, long deadlineNanos) throws Trouble {
        ChannelWire wire;
        try {
            wire = ChannelWire.to(address);
        } catch (IOException | UnsupportedOperationException noSocket) {
            throw new Trouble(Reason.UNREACHABLE, "no socket to be had: " + noSocket.getMessage());
        }
        long now = System.nanoTime();
        Watchdog.Guard guard = watchdog.watch(wire, now + Math.min(CONNECT_NANOS, deadlineNanos - now));
        try {
            wire.connect();
        } catch (IOException | UnresolvedAddressException | UnsupportedAddressTypeException broken) {
            close(wire);
            throw trouble(broken, guard.fired(), "no connection within 300 ms");
        } finally {
            guard.release();
        }
        if (guard.fired()) {
            throw new Trouble(Reason.TIMED_OUT, "no connection within 300 ms");
        }
        return wire;
    }

    /** What an exception of a connection means. */
    static Trouble trouble(Exception broken, boolean expired, String whenExpired) {
        if (broken instanceof ClosedByInterruptException) {
            return Trouble.abandoned();
        }
        if (expired) {
            return new Trouble(Reason.TIMED_OUT, whenExpired);
        }
        if (broken instanceof Trouble known) {
            return known.getCause() instanceof ClosedByInterruptException ? Trouble.abandoned() : known;
        }
        String message = String.valueOf(broken.getMessage());
        if (broken instanceof SSLException || broken instanceof RuntimeException) {
            return new Trouble(Reason.MALFORMED, "TLS could not be set up: " + message);
        }
        return new Trouble(Reason.UNREACHABLE, message);
    }

    private static void close(Wire wire) {
        try {
            wire.close();
        } catch (IOException closedAnyway) {
            // nothing is left to be done about it
        }
    }
}
