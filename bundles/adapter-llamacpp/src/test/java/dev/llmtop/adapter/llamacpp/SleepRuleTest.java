// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Reading;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is never asked, so that a sleeping model sleeps on and an idle one may fall asleep. */
class SleepRuleTest {
    private static final String[] PLAIN = {"llama-server", "-m", "/m.gguf", "--metrics"};

    private final LlamaCppAdapter adapter = new LlamaCppAdapter();
    private EngineServer server;

    @BeforeEach
    void start() {
        server = LlamaGapsTest.generating();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void props(String build, boolean asleep) {
        server.replace(
                "/props",
                CannedAnswer.json("{\"build_info\":\"" + build + "\",\"total_slots\":4,\"default_generation_settings\":"
                        + "{\"n_ctx\":8192},\"endpoint_slots\":true,\"endpoint_metrics\":true,\"is_sleeping\":" + asleep
                        + "}"));
    }

    private Reading metrics(Candidate candidate) {
        Description description = adapter.describe(Llama.engine(candidate), Llama.probe(server));
        return adapter.metrics(Llama.engine(candidate, Optional.of(description)), Llama.probe(server));
    }

    private Candidate candidate(String... argv) {
        return Llama.candidate(server.endpoint(), argv);
    }

    @ParameterizedTest
    @CsvSource({
        "b10523-abc,false", "b10524-abc,true", "b11549-abc,true", "b1-7e4c0a9,false", "b0-unknown,false",
        "b1000-x,false", "b99999999999-x,false", "custom,false", "10600,false", "b10600,false"
    })
    void aSleeperIsAskedForMetricsOnlyWhereTheBuildSaysThatItIsSafe(String build, boolean asked) {
        for (boolean asleep : new boolean[] {false, true}) {
            props(build, asleep);
            Reading reading = metrics(candidate("llama-server", "-m", "/m.gguf", "--sleep-idle-seconds", "60"));
            assertThat(server.paths().contains("/metrics")).as(build).isEqualTo(asked);
            assertThat(reading.figures().missing(Metric.RUNNING).map(why -> why.reason()))
                    .isEqualTo(asked ? Optional.empty() : Optional.of(asleep ? Reason.ASLEEP : Reason.NOT_SAFE));
            assertThat(reading.state()).contains(asleep ? State.SLEEPING : State.READY);
            assertThat(reading.figures().number(Metric.SLOTS)).contains(4.0);
        }
        assertThat(server.paths()).doesNotContain("/slots");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--sleep-idle-seconds=60", "--sleep_idle_seconds=60", "--sleep-idle-seconds=1e3"})
    void theOptionIsSeenInEveryForm(String option) {
        metrics(candidate("llama-server", "-m", "/m.gguf", option));
        assertThat(server.paths()).containsOnly("/props", "/v1/models");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0"})
    void anOptionThatSwitchesItOffIsNoSleeper(String seconds) {
        metrics(candidate("llama-server", "-m", "/m.gguf", "--sleep-idle-seconds", seconds));
        assertThat(server.paths()).contains("/metrics", "/slots");
    }

    @Test
    void onceSeenAsleepItIsNeverAskedAgainThoughItsCommandLineSaysNothing() {
        Candidate candidate = candidate("python", "serve_it.py");
        props("b0-unknown", true);
        Description asleep = adapter.describe(Llama.engine(candidate), Llama.probe(server));
        props("b0-unknown", false);
        Description awake = adapter.describe(Llama.engine(candidate, Optional.of(asleep)), Llama.probe(server));
        Reading reading = adapter.metrics(Llama.engine(candidate, Optional.of(awake)), Llama.probe(server));
        assertThat(reading.figures().missing(Metric.RUNNING).orElseThrow().reason())
                .isEqualTo(Reason.NOT_SAFE);
        assertThat(server.paths()).containsOnly("/props", "/v1/models");
    }

    @Test
    void oneThatFallsAsleepIsDescribedAnewAtOnce() {
        Reading before = metrics(candidate(PLAIN));
        props("b1-7e4c0a9", true);
        assertThat(metrics(candidate(PLAIN)).fingerprint()).isPresent().isNotEqualTo(before.fingerprint());
    }

    @Test
    void anUnreadableCommandLineMayHaveTheOption() {
        Reading reading = metrics(Llama.stranger(server.endpoint()));
        assertThat(reading.figures().missing(Metric.RUNNING).orElseThrow().reason())
                .isEqualTo(Reason.NOT_SAFE);
        assertThat(reading.figures().missing(Metric.RUNNING).orElseThrow().detail())
                .contains("cannot be read");
        assertThat(server.paths()).containsOnly("/props", "/v1/models");
    }

    @Test
    void aPlainServerIsAskedForBoth() {
        Reading reading = metrics(candidate(PLAIN));
        assertThat(reading.figures().number(Metric.RUNNING)).contains(2.0);
        assertThat(server.paths()).contains("/metrics", "/slots").doesNotContain("/lora-adapters");
    }
}
