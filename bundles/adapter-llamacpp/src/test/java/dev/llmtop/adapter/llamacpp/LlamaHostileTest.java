// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that lie, and texts that nobody must see. */
class LlamaHostileTest {
    private static final String[] SERVER = {"llama-server", "-m", "/m.gguf", "--api-key", "sk-secret-1234567"};

    private final LlamaCppAdapter adapter = new LlamaCppAdapter();
    private EngineServer server;
    private Candidate candidate;

    @BeforeEach
    void start() {
        server = LlamaGapsTest.generating();
        candidate = Llama.candidate(server.endpoint(), SERVER);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Reading metrics() {
        Reading reading = adapter.metrics(Llama.engine(candidate), Llama.probe(server));
        assertThat(Llama.silentGaps(reading)).isEmpty();
        return reading;
    }

    private Description describe() {
        return adapter.describe(Llama.engine(candidate), Llama.probe(server));
    }

    private static String busy(String more) {
        return "[{\"id\":0,\"is_processing\":true,\"id_task\":5" + more + "}]";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "7",
                "\"x\"",
                "[null]",
                "[7]",
                "[[]]",
                "[{}]",
                "[{\"id\":\"0\",\"is_processing\":true}]",
                "[{\"id\":0,\"is_processing\":\"true\"}]",
                "[{\"id\":0}]"
            })
    void slotsOfAnyShapeAreSurvivedAndThePageStands(String slots) {
        server.replace("/slots", CannedAnswer.json(slots));
        Reading reading = metrics();
        assertThat(reading.progress()).isEmpty();
        assertThat(reading.figures().number(Metric.RUNNING)).contains(2.0);
        assertThat(reading.figures().number(Metric.SLOTS)).contains(4.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"next_token\":null",
                ",\"next_token\":[]",
                ",\"next_token\":[7]",
                ",\"next_token\":[{\"n_decoded\":\"9\"}]",
                ",\"next_token\":[{\"n_decoded\":-9}]",
                ",\"next_token\":{\"n_decoded\":[]}"
            })
    void aBusySlotWithoutProgressIsNoZero(String progress) {
        server.replace("/slots", CannedAnswer.json(busy(progress)));
        assertThat(metrics().progress()).isEmpty();
    }

    @Test
    void bothFormsOfProgressAreRead() {
        for (String progress :
                new String[] {",\"next_token\":[{\"n_decoded\":9}]", ",\"next_token\":{\"n_decoded\":9}"}) {
            server.replace("/slots", CannedAnswer.json(busy(progress)));
            assertThat(metrics().progress())
                    .containsOnly(org.assertj.core.api.Assertions.entry(
                            new Reading.ProgressKey(Counter.GENERATION_TOKENS, "", "slot=0,task=5"), 9.0));
        }
    }

    @Test
    void aPromptThatIsComputedIsProgressUntilTheCounterHasIt() {
        server.replace(
                "/metrics",
                CannedAnswer.metrics("llamacpp:prompt_tokens_total 100\nllamacpp:tokens_predicted_total 0\n"));
        server.replace(
                "/slots",
                CannedAnswer.json(busy(",\"n_prompt_tokens_processed\":512,\"next_token\":[{\"n_decoded\":0}]")));
        Reading.ProgressKey prompt = new Reading.ProgressKey(Counter.COMPUTED_PROMPT_TOKENS, "", "slot=0,task=5");
        assertThat(metrics().progress()).containsEntry(prompt, 512.0);
        server.replace(
                "/slots",
                CannedAnswer.json(busy(",\"n_prompt_tokens_processed\":900,\"next_token\":[{\"n_decoded\":1}]")));
        assertThat(metrics().progress())
                .doesNotContainKey(prompt)
                .containsEntry(
                        new Reading.ProgressKey(Counter.COMPUTED_PROMPT_TOKENS, "", "slot=0,task=5,computed"), 0.0);
    }

    @Test
    void withoutMetricsTheSlotsTellWhatRuns() {
        server.replace("/metrics", CannedAnswer.of(501, "application/json", "{}"));
        Reading reading = metrics();
        assertThat(reading.figures().number(Metric.RUNNING)).contains(2.0);
        assertThat(reading.figures().missing(Metric.WAITING).orElseThrow().reason())
                .isEqualTo(Reason.DISABLED);
        assertThat(reading.counts()).isEmpty();
        assertThat(reading.progress())
                .containsEntry(new Reading.ProgressKey(Counter.GENERATION_TOKENS, "", "slot=2,task=52"), 262.0);
    }

    @Test
    void promptsAndAnswersOfUsersAreNowhere() {
        server.replace(
                "/slots",
                CannedAnswer.json(busy(",\"prompt\":\"MY-SECRET-PROMPT\",\"generated\":\"MY-SECRET-ANSWER\","
                        + "\"next_token\":[{\"n_decoded\":9}]")));
        Reading reading = metrics();
        Description description = describe();
        String all = reading.figures() + "" + reading.extra() + reading.progress() + reading.sources()
                + description.config() + description.models().get(0).facts();
        assertThat(all).doesNotContain("SECRET").doesNotContain("sk-secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "\"x\"",
                "{}",
                "{\"data\":7}",
                "{\"data\":[null,7,[]]}",
                "{\"data\":[{\"id\":7}]}",
                "",
                "{\"data\":[{\"id\":null,\"meta\":7,\"status\":[]}]}"
            })
    void aListOfAnyShapeIsSurvived(String json) {
        server.replace("/v1/models", CannedAnswer.json(json));
        Description description = describe();
        assertThat(description.models()).hasSize(1);
        assertThat(description.unavailable().get("models").reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void hostileTextsAreCleaned() {
        String bad = "\\u001b[31m\\u202e\\n\\u0000" + "x".repeat(3_000);
        server.replace(
                "/v1/models",
                CannedAnswer.json("{\"data\":[{\"id\":\"" + bad + "\",\"meta\":{\"ftype\":\"" + bad
                        + "\",\"n_params\":-1,\"size\":1.5}}]}"));
        server.replace(
                "/props",
                CannedAnswer.json("{\"build_info\":\"b1-" + bad + "\",\"total_slots\":1,\"model_ftype\":\"" + bad
                        + "\",\"default_generation_settings\":{\"n_ctx\":-4}}"));
        Description description = describe();
        ServedModel model = description.models().get(0);
        String all = description.version().known().orElseThrow() + model.id() + model.facts() + description.config();
        assertThat(all).doesNotContainPattern("[\\p{Cntrl}\u202e]");
        assertThat(model.id()).hasSizeLessThanOrEqualTo(1_000);
        assertThat(model.unavailable().get("contextTokens").reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void aFloodOfSlotsAndModelsIsCut() {
        StringBuilder slots = new StringBuilder("[");
        for (int at = 0; at < 6_000; at++) {
            slots.append(at == 0 ? "" : ",").append("{\"id\":").append(at).append(",\"is_processing\":false}");
        }
        server.replace("/slots", CannedAnswer.json(slots.append("]").toString()));
        assertThat(metrics().progress()).hasSize(4_096);
    }

    @Test
    void parametersAreSaidAsPeopleSayThem() {
        assertThat(LlamaDescriber.parameters(32_763_876_352L)).isEqualTo("32.8B");
        assertThat(LlamaDescriber.parameters(3_672_320)).isEqualTo("3.7M");
        assertThat(LlamaDescriber.parameters(999)).isEqualTo("999");
    }
}
