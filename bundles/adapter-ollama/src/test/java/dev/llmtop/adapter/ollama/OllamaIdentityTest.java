// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.State;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.HostileServer;
import dev.llmtop.testkit.HostileServers;
import dev.llmtop.testkit.Hostility;
import dev.llmtop.testkit.LocalProbe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaIdentityTest {
    private static final CannedAnswer GREETING = CannedAnswer.of(200, "text/plain; charset=utf-8", "Ollama is running");

    private final OllamaAdapter adapter = new OllamaAdapter();
    private final EngineServer server = EngineServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private void version(String json) {
        server.replace("/api/version", CannedAnswer.json(json));
    }

    private void models(String data) {
        server.replace("/v1/models", CannedAnswer.json("{\"object\":\"list\",\"data\":" + data + "}"));
    }

    private Match stranger() {
        return adapter.detect(Ollama.stranger(server.endpoint()), Ollama.probe(server));
    }

    private Match hinted() {
        return adapter.detect(Ollama.hinted(server.endpoint(), Map.of()), Ollama.probe(server));
    }

    @Test
    void namesOwnedByTheirNamespaceAreDistinctiveAndWithTheProcessProven() {
        version("{\"version\":\"0.33.0\"}");
        models("[{\"id\":\"gemma3:4b\",\"owned_by\":\"library\"},{\"id\":\"hf.co/Org/x:Q4\",\"owned_by\":\"Org\"}]");
        assertThat(stranger().strength()).isEqualTo(Strength.DISTINCTIVE);
        assertThat(hinted().strength()).isEqualTo(Strength.PROVEN);
        server.assertOnly("/api/version", "/v1/models");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]"})
    void withoutModelsTheGreetingOfANamedProcessDecides(String none) {
        version("{\"version\":\"0.33.0\"}");
        models(none);
        server.answer("/", GREETING);
        assertThat(hinted().strength()).isEqualTo(Strength.PROVEN);
        server.replace("/", CannedAnswer.of(200, "text/plain", "Docker Model Runner is running"));
        assertThat(hinted().strength()).isEqualTo(Strength.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]"})
    void aStrangerWithoutModelsIsNoMoreThanAShapeAndIsNotAskedForItsGreeting(String none) {
        version("{\"version\":\"0.33.0\"}");
        models(none);
        server.answer("/", GREETING);
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        server.answer("/api/tags", CannedAnswer.json("{\"models\":[]}"));
        server.answer("/api/ps", CannedAnswer.json("{\"models\":[]}"));
        assertThat(stranger().strength()).isEqualTo(Strength.GENERIC);
        server.replace("/api/ps", CannedAnswer.json("{\"models\":[],\"status\":\"ok\"}"));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        Match firstContact = adapter.detect(
                Ollama.stranger(server.endpoint()), Ollama.probe(server).sendingOnly("/api/version", "/v1/models"));
        assertThat(firstContact.strength()).isEqualTo(Strength.GENERIC);
        server.assertOnly("/api/version", "/v1/models", "/api/tags", "/api/ps");
    }

    @Test
    void beforeTheListWasAskedNothingIsClaimed() {
        version("{\"version\":\"0.33.0\"}");
        Match match = adapter.detect(
                Ollama.stranger(server.endpoint()), Ollama.probe(server).sendingOnly("/api/version"));
        assertThat(match.strength()).isEqualTo(Strength.NONE);
    }

    /** What imitates it, each with what it answers: the sheet's table of owners. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KoboldCpp | 0.7.0 | [{\"id\":\"koboldcpp/m\",\"owned_by\":\"koboldcpp\"}]",
                "LocalAI | 0.9.0 | [{\"id\":\"m\",\"object\":\"model\"}]",
                "LocalAI without models | 0.9.0 | []",
                "Docker Model Runner | 0.1.0 | [{\"id\":\"ai/m\",\"owned_by\":\"docker\"}]",
                "Docker Model Runner without models | 0.1.0 | []",
                "Lemonade | 0.12.0 | [{\"id\":\"m\",\"owned_by\":\"lemonade\",\"recipe\":\"llamacpp\"}]",
                "SGLang 0.5.9 | 0.5.9 | [{\"id\":\"m\",\"owned_by\":\"sglang\",\"max_model_len\":4096}]",
                "llama-swappo | 0.5.0 | [{\"id\":\"m\",\"owned_by\":\"llama-swap\"}]",
                "LiteLLM | 1.0 | [{\"id\":\"m\",\"owned_by\":\"openai\",\"created\":1677610602}]",
                "one of two | 0.33.0 | [{\"id\":\"a\",\"owned_by\":\"library\"},{\"id\":\"b\",\"owned_by\":\"vllm\"}]",
                "another namespace | 0.33.0 | [{\"id\":\"x/a\",\"owned_by\":\"library\"}]"
            })
    void noImitatorIsClaimedThoughItGreetsAsOllama(String who, String version, String data) {
        version("{\"version\":\"" + version + "\"}");
        models(data);
        server.answer("/", GREETING);
        server.answer("/api/tags", CannedAnswer.json("{\"models\":[]}"));
        server.answer("/api/ps", CannedAnswer.json("{\"models\":[]}"));
        assertThat(stranger().strength()).as(who).isEqualTo(Strength.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":\"0.6.1\",\"deployment_id\":\"x\"}",
                "{\"version\":\"\"}",
                "{\"version\":7}",
                "[\"0.33.0\"]",
                "{}",
                "\"0.33.0\""
            })
    void aVersionWithAnythingElseIsAnotherAndItsModelsAreNotAsked(String json) {
        version(json);
        models("[{\"id\":\"a\",\"owned_by\":\"library\"}]");
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(hinted().strength()).isEqualTo(Strength.NONE);
        server.assertOnly("/api/version");
    }

    @Test
    void aServerWithoutTheVersionIsNeverAskedForItsModels() {
        server.answer("/v1/models", CannedAnswer.json("{\"object\":\"list\",\"data\":[]}"));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        server.assertOnly("/api/version");
    }

    @Test
    void a403WithoutAWordIsAQuestionOfTheHostAndSaysSo() {
        server.otherwise(CannedAnswer.of(403, "", ""));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        Match match = hinted();
        assertThat(match.strength()).isEqualTo(Strength.HINTED);
        assertThat(match.state()).isEqualTo(State.BLOCKED);
        assertThat(match.toString()).contains("use its IP");
    }

    @Test
    void a401IsAProxyInFront() {
        server.otherwise(CannedAnswer.of(401, "text/html", "<h1>401</h1>"));
        assertThat(stranger().strength()).isEqualTo(Strength.NONE);
        assertThat(hinted().state()).isEqualTo(State.BLOCKED);
    }

    @Test
    void aProcessThatDoesNotListenYetIsLoadingAndNotAsked() {
        Candidate hinted = Ollama.hinted(server.endpoint(), Map.of());
        Candidate silent = new Candidate(hinted.endpoint(), false, hinted.launch(), List.of(), Set.of("ollama"));
        assertThat(adapter.detect(silent, Ollama.probe(server)).state()).isEqualTo(State.LOADING);
        Candidate nobody = new Candidate(hinted.endpoint(), false, Optional.empty(), List.of(), Set.of());
        assertThat(adapter.detect(nobody, Ollama.probe(server)).strength()).isEqualTo(Strength.NONE);
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Hostility.class,
            names = {"HTML_EVERYWHERE", "REDIRECT"})
    void hostileServersAreNotClaimed(Hostility hostility) {
        try (HostileServer hostile = HostileServers.start(hostility)) {
            assertThat(adapter.detect(
                                    Ollama.stranger(hostile.endpoint()),
                                    LocalProbe.to(hostile.endpoint(), Ollama.PATHS))
                            .strength())
                    .isEqualTo(Strength.NONE);
        }
    }
}
