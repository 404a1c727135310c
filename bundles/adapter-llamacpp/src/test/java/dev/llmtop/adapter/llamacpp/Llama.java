// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.CommandPattern;
import dev.llmtop.agent.Redaction;
import dev.llmtop.model.Metric;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import dev.llmtop.testkit.ReadingCoverage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What tests of the adapter share: its paths, candidates, and what a reading covers. */
final class Llama {
    static final List<String> PATHS =
            List.of("/props", "/v1/models", "/metrics", "/slots", LlamaRouter.METRICS, LlamaRouter.SLOTS);

    private static final List<CommandPattern> COMMANDS =
            List.of(CommandPattern.parse("exe:llama-server"), CommandPattern.parse("exe:llama serve"));

    private Llama() {}

    static Launch launch(String... argv) {
        CommandLine command = CommandLine.of(List.of(argv));
        return new Launch(7, command.program(), Redaction.arguments(command.arguments()), Map.of());
    }

    /** A candidate of this command line, hinted where it is that of the server. */
    static Candidate candidate(Endpoint endpoint, String... argv) {
        boolean hinted = COMMANDS.stream().anyMatch(pattern -> pattern.fits(CommandLine.of(List.of(argv))));
        return new Candidate(
                endpoint, true, Optional.of(launch(argv)), List.of(), hinted ? Set.of("llamacpp") : Set.of());
    }

    /** A candidate of which only the address is known. */
    static Candidate stranger(Endpoint endpoint) {
        return new Candidate(endpoint, true, Optional.empty(), List.of(), Set.of());
    }

    static Candidate notListening(Candidate candidate) {
        return new Candidate(candidate.endpoint(), false, candidate.launch(), candidate.ancestors(), candidate.hints());
    }

    static LocalProbe probe(EngineServer server) {
        return LocalProbe.to(server.endpoint(), PATHS);
    }

    static Engine engine(Candidate candidate) {
        return engine(candidate, Optional.empty());
    }

    static Engine engine(Candidate candidate, Optional<Description> description) {
        return new Engine(candidate.endpoint().id(), candidate, Match.none(), description);
    }

    /** The metrics of which a reading says nothing; tokens per joule are the agent's. */
    static Set<Metric> silentGaps(Reading reading) {
        return ReadingCoverage.silentGaps(reading);
    }
}
