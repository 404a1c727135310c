// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.litellm;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.Redaction;
import dev.llmtop.model.Metric;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.testkit.ReadingCoverage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What tests of the adapter share. */
final class LiteLlm {
    static final List<String> PATHS = List.of(
            "/health/liveliness",
            "/health/readiness",
            "/health/readiness/details",
            "/v1/models",
            "/model/info",
            "/metrics/");

    private LiteLlm() {}

    static Candidate hinted(Endpoint endpoint, List<String> argv) {
        CommandLine command = CommandLine.of(argv);
        Launch launch = new Launch(7, command.program(), Redaction.arguments(command.arguments()), Map.of());
        return new Candidate(endpoint, true, Optional.of(launch), List.of(), Set.of("litellm"));
    }

    static Candidate hinted(Endpoint endpoint, String... argv) {
        return hinted(endpoint, List.of(argv));
    }

    static Candidate stranger(Endpoint endpoint) {
        return new Candidate(endpoint, true, Optional.empty(), List.of(), Set.of());
    }

    static Candidate notListening(Candidate candidate) {
        return new Candidate(candidate.endpoint(), false, candidate.launch(), List.of(), candidate.hints());
    }

    static Engine engine(Candidate candidate) {
        return new Engine(candidate.endpoint().id(), candidate, Match.none(), Optional.empty());
    }

    static Set<Metric> silentGaps(Reading reading) {
        return ReadingCoverage.silentGaps(reading);
    }

    /** Every word of a description that reaches the model. */
    static String everything(Description description) {
        StringBuilder all = new StringBuilder()
                .append(description.version())
                .append(description.config())
                .append(description.backendUrls())
                .append(description.remoteBackends())
                .append(description.unavailable());
        description.models().forEach(model -> all.append(model.id()).append(model.facts()));
        return all.toString();
    }
}
