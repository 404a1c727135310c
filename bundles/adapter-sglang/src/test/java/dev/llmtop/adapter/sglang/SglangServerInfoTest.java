// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.CaseExpectation;
import dev.llmtop.testkit.EngineServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer that holds the key of its server. */
class SglangServerInfoTest {
    private static final String SECRET = "sk-zoo-secret-0001";

    private static SglangServerInfo of(String json) throws IOException {
        return SglangServerInfo.of(new ObjectMapper().readTree(json));
    }

    @Test
    void theKeyNeverLeavesTheParserEvenUnderNamesThatAreTaken() throws IOException {
        JsonNode recorded = new ObjectMapper()
                .readTree(Path.of("src/test/resources/cases/0.5.23-tp2-pp2-dp2/server_info.json")
                        .toFile());
        assertThat(recorded.toString()).contains(SECRET);
        assertThat(SglangServerInfo.of(recorded).toString())
                .doesNotContain(SECRET)
                .doesNotContain("key");
        String upper = "Zq8KEYxYZ0123456789abcdefghijklmnopqrstuvwxyz0123456789";
        SglangServerInfo hostile = of("{\"quantization\":\"" + upper + "\",\"kv_cache_dtype\":{\"api_key\":\"" + SECRET
                + "\"},\"version\":\"" + SECRET + "\",\"dtype\":\"two words\"}");
        assertThat(hostile.toString().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain(upper.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain(SECRET);
        assertThat(hostile.settings()).isEmpty();
    }

    @Test
    void noDescriptionNoReadingAndNoMatchHoldsIt() {
        SglangAdapter adapter = new SglangAdapter();
        try (EngineServer server = EngineServer.replay(Path.of("src/test/resources/cases/0.5.23-tp2-pp2-dp2"))) {
            var candidate = Sglang.stranger(server.endpoint());
            Match match = adapter.detect(candidate, Sglang.probe(server));
            var engine = Sglang.described(adapter, candidate, Sglang.probe(server));
            Description description = engine.description().orElseThrow();
            Reading reading = adapter.metrics(engine, Sglang.probe(server));
            String all = CaseExpectation.everything(description)
                    + match
                    + reading.figures()
                    + reading.sources()
                    + reading.extra()
                    + reading.fingerprint()
                    + reading.counts();
            assertThat(all).doesNotContain(SECRET).contains("fp8");
        }
    }

    @Test
    void itIsAskedOnceForEver() {
        assertThat(SglangAdapter.SERVER_INFO.maxAge()).isEqualTo(dev.llmtop.spi.Get.ONCE);
        assertThat(SglangAdapter.OLD_SERVER_INFO.maxAge()).isEqualTo(dev.llmtop.spi.Get.ONCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "7",
                "{\"internal_states\":7}",
                "{\"internal_states\":[]}",
                "{\"internal_states\":[null,7]}",
                "{\"tp_size\":\"2\",\"dp_size\":-1,\"pp_size\":1e30,\"ep_size\":[]}",
                "{\"mem_fraction_static\":7,\"enable_metrics\":\"no\",\"version\":7}",
                "{\"internal_states\":[{\"effective_max_running_requests_per_dp\":8},{}]}"
            })
    void anAnswerOfAnyShapeIsSurvived(String json) throws IOException {
        SglangServerInfo info = of(json);
        assertThat(info.settings()).isEmpty();
        assertThat(info.version()).isEmpty();
        assertThat(info.maxRunning()).isEmpty();
        assertThat(info.capacity()).isEmpty();
    }

    @Test
    void aKeyedServerSaysWhyItsLimitIsNotKnown() {
        try (EngineServer server = EngineServer.start()
                .otherwise(CannedAnswer.of(401, "application/json", "{\"error\":\"Unauthorized\"}"))) {
            Description description = new SglangAdapter()
                    .describe(Sglang.engine(Sglang.stranger(server.endpoint()), Match.none()), Sglang.probe(server));
            assertThat(description.unavailable().get("config").reason().code()).isEqualTo("needs-key");
            assertThat(description.version().missing().orElseThrow().reason().code())
                    .isEqualTo("needs-key");
        }
    }
}
