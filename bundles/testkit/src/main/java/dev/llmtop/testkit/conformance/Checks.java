// SPDX-License-Identifier: MIT
package dev.llmtop.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.model.Metric;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.HostileServer;
import dev.llmtop.testkit.HostileServers;
import dev.llmtop.testkit.Hostility;
import dev.llmtop.testkit.LocalProbe;
import dev.llmtop.testkit.ReadingCoverage;
import dev.llmtop.testkit.RecordedEngine;
import dev.llmtop.testkit.TestedAdapter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is checked of an adapter in the face of servers that are not its own. */
final class Checks {
    /** Short, since a stalling server uses it up at every request; who is late is taken for unreachable. */
    private static final Duration REQUEST = Duration.ofMillis(250);

    /** The caller abandons an adapter much earlier; this only tells "never" from "late" on a busy machine. */
    private static final Duration CALLS = Duration.ofSeconds(60);

    private final TestedAdapter tested;

    Checks(TestedAdapter tested) {
        this.tested = tested;
    }

    void declaration() {
        AdapterDescriptor.of(Map.of(
                "llmtop.kind", tested.kind(), "llmtop.paths", tested.paths().toArray(String[]::new)));
    }

    void refuses(RecordedEngine other) {
        try (EngineServer server = other.answers().start()) {
            LocalProbe probe = LocalProbe.to(server.endpoint(), tested.paths());
            claimsNothing("the answers of " + other, server.endpoint(), probe);
            server.assertOnly(tested.paths());
        }
    }

    void survives(Hostility hostility) {
        try (HostileServer server = HostileServers.start(hostility)) {
            LocalProbe probe = LocalProbe.to(server.endpoint(), tested.paths()).within(REQUEST);
            assertTimeoutPreemptively(CALLS, () -> {
                claimsNothing("a server that does " + hostility, server.endpoint(), probe);
                coversAll(named(server.endpoint(), true), probe);
            });
        }
    }

    void explainsGaps(Situation situation) {
        try (EngineServer server = EngineServer.start()) {
            situation.answer().ifPresent(server::otherwise);
            LocalProbe probe = LocalProbe.to(server.endpoint(), tested.paths());
            if (situation.answer().isPresent()) {
                claimsNothing("a server that is " + situation, server.endpoint(), probe);
            }
            coversAll(named(server.endpoint(), situation.answer().isPresent()), probe);
            server.assertOnly(tested.paths());
        }
    }

    /** A stranger is not claimed; a process of the right name is believed no more than its name. */
    private void claimsNothing(String whose, Endpoint endpoint, LocalProbe probe) {
        Match stranger = tested.adapter().detect(TestedAdapter.stranger(endpoint), probe);
        if (stranger.strength().compareTo(Strength.BLOCKED) > 0) {
            throw new AssertionError(whose + " are taken for its own: " + stranger);
        }
        Match named = tested.adapter().detect(named(endpoint, true), probe);
        if (named.strength().compareTo(Strength.HINTED) > 0) {
            throw new AssertionError(whose + " count as proof beside the name of a process: " + named);
        }
        probe.assertAllDeclared();
    }

    void coversAll(Candidate candidate, LocalProbe probe) {
        Match match = tested.adapter().detect(candidate, probe);
        Engine engine = new Engine(candidate.endpoint().id(), candidate, match, Optional.empty());
        Engine described = new Engine(
                engine.id(), candidate, match, Optional.of(tested.adapter().describe(engine, probe)));
        for (Engine each : List.of(engine, described)) {
            Reading reading = tested.adapter().metrics(each, probe);
            Set<Metric> gaps = ReadingCoverage.silentGaps(reading);
            if (!gaps.isEmpty()) {
                throw new AssertionError("its reading has neither figure nor reason for " + gaps);
            }
        }
        probe.assertAllDeclared();
    }

    private Candidate named(Endpoint endpoint, boolean listening) {
        Candidate named = tested.hinted(endpoint, List.of(tested.kind()));
        return listening ? named : TestedAdapter.notListening(named);
    }
}
