// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Get;
import dev.llmtop.testkit.EngineServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How often it is asked what seldom changes: the two pages of each tick are all that a second has room for. */
class LlamaRequestsTest {
    private static final String[] SERVER = {"llama-server", "-m", "/m.gguf"};
    private static final String[] SLEEPER = {"llama-server", "-m", "/m.gguf", "--sleep-idle-seconds", "60"};

    @Test
    void aServerThatCannotSleepIsAskedForItsModelsSeldom() {
        assertThat(modelsAge(SERVER)).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
        assertThat(modelsAge(SLEEPER)).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    private static Duration modelsAge(String... argv) {
        try (EngineServer server = LlamaGapsTest.generating()) {
            Candidate candidate = Llama.candidate(server.endpoint(), argv);
            Optional<LlamaProps> props =
                    LlamaProps.of(Llama.probe(server).get(Get.of("/props")).okJson());
            return LlamaServer.listing(Llama.engine(candidate), props).maxAge();
        }
    }
}
