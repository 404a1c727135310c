// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.EngineAdapter;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.spi.Strength;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterCaseTest {
    private static final String INDEX = """
            {"argv": ["toy", "--api-key", "sk-zoo-secret"], "requests": [
              {"path": "/metrics", "status": 200, "body": {"tokens": 10}},
              {"path": "/metrics", "status": 200, "body": {"tokens": 25}}]}
            """;

    @TempDir
    private Path cases;

    /** Counts what /metrics says, and lets the key come out where it is told to. */
    private record Toy(boolean careless, boolean gaps) implements EngineAdapter {
        @Override
        public Match detect(Candidate candidate, Probe probe) {
            return Match.of(candidate.hintedAs("toy") ? Strength.HINTED : Strength.NONE)
                    .because("process", "toy")
                    .build();
        }

        @Override
        public Description describe(Engine engine, Probe probe) {
            return Description.builder()
                    .version("1")
                    .config("key", careless ? "sk-zoo-secret" : "***")
                    .model(ServedModel.of("m").build())
                    .build();
        }

        @Override
        public Reading metrics(Engine engine, Probe probe) {
            Answer answer = probe.get(Get.of("/metrics"));
            Reading.Builder reading = Reading.builder(answer.stamp()).changed("same");
            for (Metric metric : Metric.values()) {
                if (!gaps && metric != Metric.GENERATION_TOKENS_TOTAL) {
                    reading.unavailable(metric, Reason.NOT_EXPORTED, "a toy");
                }
            }
            return reading.counter(
                            Counter.GENERATION_TOKENS,
                            "",
                            answer.okJson().path("tokens").asDouble(),
                            Basis.LIVE)
                    .build();
        }
    }

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(cases.resolve("one"));
        Files.writeString(cases.resolve("one/index.json"), INDEX);
    }

    private AdapterCase of(Toy toy, String expected) {
        try {
            Files.writeString(cases.resolve("one/expected.json"), expected);
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
        return AdapterCase.below(cases, new TestedAdapter(toy, "toy", List.of("/metrics")))
                .get(0);
    }

    private AdapterCase of(String expected) {
        return of(new Toy(false, false), expected);
    }

    @Test
    void whatIsAsExpectedPasses() {
        AdapterCase each = of("""
                {"match": {"strength": "HINTED", "state": "READY"}, "version": "1", "models": [{"id": "m"}],
                 "counts": {"GENERATION_TOKENS": 25}, "missing": {"running": "not-exported"},
                 "details": {"running": "toy"}, "step": {"GENERATION_TOKENS": 15}}
                """);
        each.checkMatch();
        each.checkDescription();
        each.checkReading();
        each.checkStep();
        assertThat(each).hasToString("one");
        assertThat(each.readings()).hasSize(2);
    }

    @Test
    void everyDifferenceIsTold() {
        assertThatThrownBy(() -> of("{\"match\": {\"strength\": \"PROVEN\", \"state\": \"LOADING\"}}")
                        .checkMatch())
                .hasMessageContainingAll("strength is 'HINTED', not 'PROVEN'", "state is 'READY', not 'LOADING'");
        assertThatThrownBy(() -> of("{\"version\": \"2\", \"models\": []}").checkDescription())
                .hasMessageContainingAll("version is '1', not '2'", "models is '[m]', not '[]'");
        assertThatThrownBy(() -> of("{\"counts\": {}, \"missing\": {\"running\": \"loading\"}}")
                        .checkReading())
                .hasMessageContainingAll("no counter", "running is 'not-exported', not 'loading'");
        assertThatThrownBy(() -> of("{\"step\": {\"GENERATION_TOKENS\": 14}}").checkStep())
                .hasMessageContaining("GENERATION_TOKENS is 15.0, not 14.0");
        assertThatThrownBy(() -> of("{\"step\": {\"seconds\": 5, \"clientTokensPerSecond\": 9}}")
                        .checkStep())
                .hasMessageContaining("3.0 tokens/s is about the client's 9.0");
    }

    @Test
    void aSecretAndASilentGapFailWhateverIsExpected() {
        assertThatThrownBy(() -> of(new Toy(true, false), "{}").checkDescription())
                .hasMessageContaining("no secret comes out");
        assertThatThrownBy(() -> of(new Toy(false, true), "{}").checkReading())
                .hasMessageContaining("silent gaps")
                .hasMessageContaining("RUNNING");
    }

    @Test
    void aCandidateIsNamedUnlessTheCaseSaysThatItIsNot() {
        of("{\"hinted\": false, \"match\": {\"strength\": \"NONE\"}}").checkMatch();
        assertThatThrownBy(() -> of("{\"askedToRecognize\": [\"/x\"]}").checkMatch())
                .hasMessageContaining("asked []");
    }
}
