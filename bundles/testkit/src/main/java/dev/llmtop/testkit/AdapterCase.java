// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One case folder, walked by an adapter: a server answers as recorded, and what the adapter makes of it must be what {@code
 * expected.json} says, see {@link CaseExpectation}. Every method fails with an {@link AssertionError} that lists all differences. Made
 * for a parameterized test: its name is what it prints.
 */
public final class AdapterCase {
    private final CaseFolder folder;
    private final TestedAdapter tested;
    private final CaseExpectation expectation;

    private AdapterCase(CaseFolder folder, TestedAdapter tested) {
        this.folder = folder;
        this.tested = tested;
        expectation = new CaseExpectation(folder.json("expected.json"));
    }

    /** All cases right below a folder, by name. */
    public static List<AdapterCase> below(Path cases, TestedAdapter tested) {
        return CaseFolder.below(cases).stream()
                .map(folder -> new AdapterCase(folder, tested))
                .toList();
    }

    /** Its folder. */
    public CaseFolder folder() {
        return folder;
    }

    /** What is expected. */
    public CaseExpectation expectation() {
        return expectation;
    }

    /** Its name. */
    @Override
    public String toString() {
        return folder.name();
    }

    /** Whether the adapter recognizes it, named by its process unless the expectation says {@code "hinted": false}. */
    public void checkMatch() {
        try (EngineServer server = folder.start()) {
            Match match = tested.adapter().detect(candidate(server), tested.probe(server, argv()));
            expectation.check(match);
            JsonNode asked = expectation.json().path("askedToRecognize");
            if (asked.isArray() && !CaseExpectation.texts(asked).equals(server.paths())) {
                throw new AssertionError("asked " + server.paths() + ", not " + asked);
            }
            server.assertOnly(tested.paths());
        }
    }

    /** Whether its description is as expected. */
    public void checkDescription() {
        try (EngineServer server = folder.start()) {
            expectation.check(described(server).description().orElseThrow());
            server.assertOnly(tested.paths());
        }
    }

    /** Whether the last reading is as expected, and has no silent gap. */
    public void checkReading() {
        List<Reading> readings = readings();
        expectation.check(readings.get(readings.size() - 1));
    }

    /** Whether the counters grew from the first reading to the second as expected. */
    public void checkStep() {
        expectation.checkStep(readings());
    }

    /** One reading for each recorded page ({@code "readings"} of the expectation, where that is another number), in order. */
    public List<Reading> readings() {
        Engine described;
        try (EngineServer server = folder.start()) {
            described = described(server);
        }
        List<Reading> readings = new ArrayList<>();
        try (EngineServer server = folder.start()) {
            Candidate candidate = candidate(server);
            Engine engine =
                    new Engine(candidate.endpoint().id(), candidate, described.match(), described.description());
            for (int at = 0; at < count(); at++) {
                readings.add(tested.adapter().metrics(engine, tested.probe(server, argv())));
            }
            server.assertOnly(tested.paths());
        }
        return readings;
    }

    private Engine described(EngineServer server) {
        return tested.described(candidate(server), tested.probe(server, argv()));
    }

    private Candidate candidate(EngineServer server) {
        Candidate hinted = tested.hinted(server.endpoint(), argv());
        boolean known = folder.argv().isPresent();
        boolean named = expectation.json().path("hinted").asBoolean(true);
        return new Candidate(
                hinted.endpoint(),
                true,
                known ? hinted.launch() : Optional.empty(),
                List.of(),
                named ? hinted.hints() : Set.of());
    }

    private List<String> argv() {
        return folder.argv().orElse(List.of(tested.kind()));
    }

    private int count() {
        int pages = 0;
        for (JsonNode request : folder.index().path("requests")) {
            pages += request.path("path").asText().matches("(/prometheus)?/metrics/?") ? 1 : 0;
        }
        return expectation.json().path("readings").asInt(Math.max(1, pages));
    }
}
