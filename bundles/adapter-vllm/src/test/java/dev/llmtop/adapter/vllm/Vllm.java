// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllm;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.Redaction;
import dev.llmtop.model.Metric;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import dev.llmtop.testkit.ReadingCoverage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What tests of the adapter share: its paths, candidates, and what a reading covers. */
final class Vllm {
    static final List<String> PATHS = List.of("/version", "/v1/models", "/engines", "/metrics");

    private Vllm() {}

    static Launch launch(List<String> argv) {
        CommandLine command = CommandLine.of(argv);
        return new Launch(7, command.program(), Redaction.arguments(command.arguments()), Map.of());
    }

    static Launch launch(String... argv) {
        return launch(List.of(argv));
    }

    /** A candidate that its process names. */
    static Candidate hinted(Endpoint endpoint, String... argv) {
        return new Candidate(endpoint, true, Optional.of(launch(argv)), List.of(), Set.of("vllm"));
    }

    /** A candidate of which only the address is known. */
    static Candidate stranger(Endpoint endpoint) {
        return new Candidate(endpoint, true, Optional.empty(), List.of(), Set.of());
    }

    static Candidate notListening(Candidate candidate) {
        return new Candidate(candidate.endpoint(), false, candidate.launch(), candidate.ancestors(), candidate.hints());
    }

    static Probe probe(EngineServer server) {
        return LocalProbe.to(server.endpoint(), PATHS);
    }

    static Engine engine(Candidate candidate, Match match) {
        return new Engine(candidate.endpoint().id(), candidate, match, Optional.empty());
    }

    static Set<Metric> silentGaps(Reading reading) {
        return ReadingCoverage.silentGaps(reading);
    }
}
