// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Connections kept for the next request. Few and not for long: an HTTP server of the kind that llama.cpp has gives each of them a
 * thread.
 */
final class Pool {
    private static final int MOST_EACH = 2;
    private static final int MOST = 64;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Deque<Connection> idle = new ArrayDeque<>();

    /** One that can take a request until this deadline. */
    Optional<Connection> take(Server server, Route route, long deadlineNanos) {
        for (Optional<Connection> next = next(server, route); next.isPresent(); next = next(server, route)) {
            Connection connection = next.get();
            if (connection.quiet() && connection.until(deadlineNanos)) {
                return next;
            }
            connection.close();
        }
        return Optional.empty();
    }

    private synchronized Optional<Connection> next(Server server, Route route) {
        for (Iterator<Connection> newest = idle.descendingIterator(); newest.hasNext(); ) {
            Connection connection = newest.next();
            if (connection.server() == server && connection.route().equals(route)) {
                newest.remove();
                return Optional.of(connection);
            }
        }
        return Optional.empty();
    }

    /** Keeps one whose answer was read to its end, or closes it where there are enough. */
    synchronized void keep(Connection connection) {
        idle.removeIf(Connection::expired);
        long kept = idle.stream()
                .filter(other -> other.server() == connection.server())
                .count();
        if (kept >= MOST_EACH || connection.server().forgotten() || !connection.until(System.nanoTime() + IDLE_NANOS)) {
            connection.close();
            return;
        }
        idle.addLast(connection);
        if (idle.size() > MOST) {
            idle.removeFirst().close();
        }
    }

    synchronized void drop(Server server) {
        idle.removeIf(connection -> {
            boolean its = connection.server() == server;
            if (its) {
                connection.close();
            }
            return its;
        });
    }

    synchronized void close() {
        idle.forEach(Connection::close);
        idle.clear();
    }

    synchronized int size() {
        idle.removeIf(Connection::expired);
        return idle.size();
    }
}
