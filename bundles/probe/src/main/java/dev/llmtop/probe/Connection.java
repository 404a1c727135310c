// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open connection, always under a deadline: that of its request, or while it is kept, that of its idleness. */
final class Connection implements Closeable {
    private final Watchdog watchdog;
    private final Server server;
    private final Route route;
    private final Wire wire;
    private final WireInput input;
    private Watchdog.Guard guard;

    Connection(Watchdog watchdog, Server server, Route route, Wire wire, long deadlineNanos) {
        this.watchdog = watchdog;
        this.server = server;
        this.route = route;
        this.wire = wire;
        input = new WireInput(wire);
        guard = watchdog.watch(wire, deadlineNanos);
    }

    Server server() {
        return server;
    }

    Route route() {
        return route;
    }

    WireInput input() {
        return input;
    }

    void send(byte[] request) throws IOException {
        wire.write(ByteBuffer.wrap(request));
    }

    /** Puts another deadline in place of the last; {@code false} where that one had passed. */
    boolean until(long deadlineNanos) {
        if (!guard.release()) {
            return false;
        }
        guard = watchdog.watch(wire, deadlineNanos);
        return true;
    }

    /** Whether a deadline passed and closed it. */
    boolean expired() {
        return guard.fired();
    }

    /** Whether it can take another request: open, and nothing has come that nobody asked for. */
    boolean quiet() {
        return !guard.fired() && input.available() == 0 && wire.quiet();
    }

    @Override
    public void close() {
        guard.release();
        try {
            wire.close();
        } catch (IOException closedAnyway) {
            // nothing is left to be done about it
        }
    }
}
