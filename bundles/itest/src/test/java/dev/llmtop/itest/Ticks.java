// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.EngineAdapter;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.testkit.ClockedProbe;
import dev.llmtop.testkit.EngineServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An engine watched at ticks of a second, as the monitor does: figures at each, a description at first sight, when the fingerprint
 * changed and every half minute. Time is the test's.
 */
final class Ticks {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int DESCRIBED_EVERY = 30;

    private final EngineAdapter adapter;
    private final ClockedProbe probe;
    private final List<EngineServer> servers;
    private final List<Integer> requests = new ArrayList<>();
    private Optional<String> fingerprint = Optional.empty();
    private int ticks;
    private Engine engine;
    private int describedAt;

    /** @param servers whose requests are counted together */
    Ticks(EngineAdapter adapter, Candidate candidate, ClockedProbe probe, List<EngineServer> servers) {
        this.adapter = adapter;
        this.probe = probe;
        this.servers = servers;
        Match match = adapter.detect(candidate, probe);
        engine = new Engine(candidate.endpoint().id(), candidate, match, Optional.empty());
        describe();
    }

    void pass(int count) {
        for (int at = 1; at <= count; at++) {
            int before = sent();
            probe.advance(TICK);
            Reading reading = adapter.metrics(engine, probe);
            ticks++;
            boolean changed = fingerprint.isPresent() && !fingerprint.equals(reading.fingerprint());
            fingerprint = reading.fingerprint();
            if (changed || ticks - describedAt >= DESCRIBED_EVERY) {
                describe();
            }
            requests.add(sent() - before);
        }
    }

    private void describe() {
        Description description = adapter.describe(engine, probe);
        engine = new Engine(engine.id(), engine.candidate(), engine.match(), Optional.of(description));
        describedAt = ticks;
    }

    private int sent() {
        return servers.stream().mapToInt(server -> server.requests().size()).sum();
    }

    /** What was sent so far no longer counts. */
    void settled() {
        requests.clear();
    }

    /** The most requests that so many ticks in a row sent. */
    int most(int inARow) {
        int most = 0;
        for (int from = 0; from + inARow <= requests.size(); from++) {
            most = Math.max(
                    most,
                    requests.subList(from, from + inARow).stream()
                            .mapToInt(Integer::intValue)
                            .sum());
        }
        return most;
    }

    /** How many requests each tick sent. */
    @Override
    public String toString() {
        return engine.candidate().hints() + " " + requests;
    }
}
