// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.agent.Probes;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that probes share. Lives from its making to {@link #close}; has one thread, and that only from the first request on. */
public final class HttpProbes implements Probes, AutoCloseable {
    /** No request takes longer, whatever its permit says. */
    static final Duration MOST_TIME = Duration.ofMinutes(1);

    private static final int HELD_IN_FLIGHT_BYTES = 8 << 20;
    private static final long HELD_ANSWERS_BYTES = 8L << 20;

    private final Duration timeout;
    private final Watchdog watchdog = new Watchdog();
    private final Pool pool = new Pool();
    private final HeldAnswers answers = new HeldAnswers(HELD_ANSWERS_BYTES);
    private final HeldBodies bodies = new HeldBodies(HELD_IN_FLIGHT_BYTES);
    private final Keys keys;
    private final Client client;
    private final Servers servers = new Servers(server -> {
        pool.drop(server);
        answers.drop(server);
    });

    /**
     * Opens nothing yet.
     *
     * @param version of the program, for {@code User-Agent}
     * @param timeout what {@link #timeout} says
     * @param connections most requests under way at once
     * @param environment where keys are looked for: {@code LLMTOP_API_KEY}, {@code XDG_CONFIG_HOME}, {@code HOME}
     */
    public HttpProbes(String version, Duration timeout, int connections, Map<String, String> environment) {
        this.timeout = timeout;
        keys = Keys.of(environment);
        client = new Client(
                new Connector(watchdog),
                pool,
                new Exchange(bodies, new JsonReader(), pool),
                keys,
                new RequestText(version),
                connections);
    }

    @Override
    public Probe open(Target target, Permit permit) {
        return new HttpProbe(this, target, permit);
    }

    @Override
    public void forget(Endpoint endpoint) {
        servers.forget(endpoint);
    }

    @Override
    public void forgetAnswers(Endpoint endpoint) {
        servers.known(endpoint).ifPresent(server -> {
            server.tryTlsAgain();
            answers.drop(server);
        });
    }

    @Override
    public long requestsSent() {
        return client.sent();
    }

    @Override
    public boolean tls(Endpoint endpoint) {
        return endpoint.tls() || servers.known(endpoint).map(Server::tls).orElse(false);
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public Optional<String> keySource(Endpoint endpoint) {
        return keys.source(endpoint, tls(endpoint));
    }

    @Override
    public List<Problem> problems() {
        return keys.problems();
    }

    Servers servers() {
        return servers;
    }

    Client client() {
        return client;
    }

    HeldAnswers answers() {
        return answers;
    }

    HeldBodies bodies() {
        return bodies;
    }

    Pool pool() {
        return pool;
    }

    /** Closes every connection, also those of requests under way, which end with a reason. */
    @Override
    public void close() {
        watchdog.close();
        pool.close();
    }
}
