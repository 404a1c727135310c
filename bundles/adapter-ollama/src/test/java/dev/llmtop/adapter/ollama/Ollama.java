// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.Redaction;
import dev.llmtop.model.Metric;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Reading;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import dev.llmtop.testkit.ReadingCoverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What tests of the adapter share. */
final class Ollama {
    static final List<String> PATHS = List.of("/", "/api/version", "/api/ps", "/api/tags", "/v1/models");
    static final String[] MEMBER_PATHS = {"/slots", "/health", "/v1/status"};
    static final String BLOB = "/m/blobs/sha256-" + "ab".repeat(32);

    private Ollama() {}

    static Launch launch(long pid, Map<String, String> environment, String... argv) {
        CommandLine command = CommandLine.of(List.of(argv));
        return new Launch(pid, command.program(), Redaction.arguments(command.arguments()), environment);
    }

    static Candidate hinted(Endpoint endpoint, Map<String, String> environment) {
        return new Candidate(
                endpoint,
                true,
                Optional.of(launch(7, environment, "/usr/bin/ollama", "serve")),
                List.of(),
                Set.of("ollama"));
    }

    static Candidate stranger(Endpoint endpoint) {
        return new Candidate(endpoint, true, Optional.empty(), List.of(), Set.of());
    }

    static LocalProbe probe(EngineServer server, Member... members) {
        return LocalProbe.to(server.endpoint(), PATHS).withMembers(List.of(members), MEMBER_PATHS);
    }

    /** A runner of this server, with the rest of a command line after its model. */
    static Member runner(EngineServer server, long pid, String... more) {
        List<String> argv = new ArrayList<>(List.of("/usr/lib/ollama/llama-server", "--model", BLOB));
        argv.addAll(List.of(more));
        return new Member(server.endpoint(), launch(pid, Map.of(), argv.toArray(String[]::new)));
    }

    static Engine engine(Candidate candidate) {
        return new Engine(candidate.endpoint().id(), candidate, Match.none(), Optional.empty());
    }

    /** The metrics of which a reading says nothing; tokens per joule are the agent's. */
    static Set<Metric> silentGaps(Reading reading) {
        return ReadingCoverage.silentGaps(reading);
    }

    static double generated(Reading reading) {
        return reading.progress().entrySet().stream()
                .filter(task -> task.getKey().counter() == Counter.GENERATION_TOKENS)
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
