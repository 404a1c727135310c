// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.Redaction;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.EngineAdapter;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Probe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An adapter with what its {@link dev.llmtop.spi.EngineType} says, and candidates for it.
 *
 * @param paths that it declares
 */
public record TestedAdapter(EngineAdapter adapter, String kind, List<String> paths) {
    private static final long PID = 7;

    public TestedAdapter {
        paths = List.copyOf(paths);
    }

    /** How a process was started, redacted as adapters get to see it. */
    public static Launch launch(List<String> argv, Map<String, String> environment) {
        CommandLine command = CommandLine.of(argv);
        return new Launch(PID, command.program(), Redaction.arguments(command.arguments()), environment);
    }

    /** A candidate that its process names. */
    public Candidate hinted(Endpoint endpoint, List<String> argv) {
        return new Candidate(endpoint, true, Optional.of(launch(argv, Map.of())), List.of(), Set.of(kind));
    }

    /** A candidate of which only the address is known. */
    public static Candidate stranger(Endpoint endpoint) {
        return new Candidate(endpoint, true, Optional.empty(), List.of(), Set.of());
    }

    /** The same before it listens. */
    public static Candidate notListening(Candidate candidate) {
        return new Candidate(candidate.endpoint(), false, candidate.launch(), candidate.ancestors(), candidate.hints());
    }

    /** A probe that fails the test at an undeclared path. */
    public LocalProbe probe(EngineServer server, List<String> argv) {
        return LocalProbe.to(server.endpoint(), paths).withArguments(argv);
    }

    /** As the agent has it at a tick: identified and described. */
    public Engine described(Candidate candidate, Probe probe) {
        Match match = adapter.detect(candidate, probe);
        Engine engine = new Engine(candidate.endpoint().id(), candidate, match, Optional.empty());
        return new Engine(engine.id(), candidate, match, Optional.of(adapter.describe(engine, probe)));
    }
}
