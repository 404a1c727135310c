// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.model.Reason;
import dev.llmtop.spi.Answer;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Asks: over a kept connection or a fresh one, over TLS where the server says so, with a key where it asks for one. */
final class Client {
    private final Connector connector;
    private final Pool pool;
    private final Exchange exchange;
    private final Keys keys;
    private final RequestText text;
    private final Semaphore connections;
    private final LongAdder sent = new LongAdder();

    /** How many requests may be under way at once is for {@code connections} to say. */
    Client(Connector connector, Pool pool, Exchange exchange, Keys keys, RequestText text, int connections) {
        this.connector = connector;
        this.pool = pool;
        this.exchange = exchange;
        this.keys = keys;
        this.text = text;
        this.connections = new Semaphore(connections, true);
    }

    long sent() {
        return sent.sum();
    }

    /** Whether asking again could unlock what answered 401 or 403. */
    boolean couldUnlock(Server server, String path) {
        return !server.refusesKey(path)
                && keys.find(server.endpoint(), server.tls()).isPresent();
    }

    <T> Reply<T> ask(Server server, Request<T> request) throws Trouble {
        enter(request.deadlineNanos());
        try {
            return answered(server, request);
        } catch (Trouble trouble) {
            if (trouble.reason() == Reason.UNREACHABLE) {
                server.lost();
            }
            throw trouble;
        } finally {
            connections.release();
        }
    }

    private void enter(long deadlineNanos) throws Trouble {
        try {
            if (!connections.tryAcquire(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new Trouble(Reason.TIMED_OUT, "too many requests are under way");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Trouble.abandoned();
        }
    }

    private <T> Reply<T> answered(Server server, Request<T> request) throws Trouble {
        String path = request.path();
        if (request.key() && server.acceptsKey(path)) {
            Optional<Key> accepted = keys.find(server.endpoint(), server.tls());
            if (accepted.isPresent()) {
                return unlocked(server, request, accepted.get());
            }
        }
        Reply<T> reply = overEither(server, request);
        if (!reply.locked() || !request.key() || server.refusesKey(path)) {
            return reply;
        }
        Optional<Key> key = keys.find(server.endpoint(), server.tls());
        return key.isPresent() ? unlocked(server, request, key.get()) : reply;
    }

    private <T> Reply<T> unlocked(Server server, Request<T> request, Key key) throws Trouble {
        Reply<T> reply = once(server, request, new Route(server.tls(), key.verified()), Optional.of(key));
        server.keyAnswered(request.path(), reply.status());
        return reply;
    }

    /** Over what is known to be spoken; a plain answer that says TLS is followed by one try over TLS. */
    private <T> Reply<T> overEither(Server server, Request<T> request) throws Trouble {
        Reply<T> plain;
        try {
            plain = once(server, request, new Route(server.tls(), false), Optional.empty());
            if (!server.tlsMayBeTried() || !saysTls(plain.received())) {
                return plain;
            }
        } catch (Trouble trouble) {
            if (trouble.kind() != Trouble.Kind.SPEAKS_TLS || !server.tlsMayBeTried()) {
                throw trouble;
            }
            return overTls(server, request);
        }
        try {
            return overTls(server, request);
        } catch (Trouble onlySaidSo) {
            if (onlySaidSo.kind() == Trouble.Kind.ABANDONED) {
                throw onlySaidSo;
            }
            return plain;
        }
    }

    private <T> Reply<T> overTls(Server server, Request<T> request) throws Trouble {
        try {
            Reply<T> reply = once(server, request, new Route(true, false), Optional.empty());
            server.rememberTls();
            return reply;
        } catch (Trouble trouble) {
            if (trouble.kind() != Trouble.Kind.ABANDONED) {
                server.tlsFailed();
            }
            throw trouble;
        }
    }

    /** nginx, Go's net/http and Apache answer a plain request on a TLS port so. */
    private static boolean saysTls(Answer.Received answer) {
        if (answer.status() != 400) {
            return false;
        }
        String body = answer.body().toLowerCase(Locale.ROOT);
        return body.contains("plain http request was sent to https port")
                || body.contains("client sent an http request to an https server")
                || body.contains("speaking plain http to an ssl-enabled server");
    }

    private <T> Reply<T> once(Server server, Request<T> request, Route route, Optional<Key> key) throws Trouble {
        byte[] bytes =
                text.bytes(server.endpoint(), request.path(), request.reader().isPresent(), key);
        Optional<Connection> kept = pool.take(server, route, request.deadlineNanos());
        if (kept.isPresent()) {
            try {
                return exchanged(kept.get(), bytes, request);
            } catch (Trouble trouble) {
                // The server closed it while the request was on its way; a fresh connection tells whether it is there.
                if (trouble.kind() != Trouble.Kind.NO_FIRST_BYTE) {
                    throw trouble;
                }
            }
        }
        return exchanged(connector.open(server, route, request.deadlineNanos()), bytes, request);
    }

    private <T> Reply<T> exchanged(Connection connection, byte[] bytes, Request<T> request) throws Trouble {
        sent.increment();
        return exchange.run(connection, bytes, request);
    }
}
