// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmtop.model.State;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LlamaIdentityTest {
    private static final String[] SERVER = {"llama-server", "-m", "/m.gguf"};
    private static final String PROPS = "{\"build_info\":\"b10434-abc\",\"total_slots\":4,"
            + "\"default_generation_settings\":{\"n_ctx\":8192},\"model_path\":\"/m.gguf\"}";

    private final LlamaCppAdapter adapter = new LlamaCppAdapter();
    private EngineServer server;

    @BeforeEach
    void start() {
        server = EngineServer.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Match detect(Candidate candidate) {
        return adapter.detect(candidate, Llama.probe(server));
    }

    private Match stranger(String props) {
        server.replace("/props", CannedAnswer.json(props).header("Server", "llama.cpp"));
        return detect(Llama.stranger(server.endpoint()));
    }

    @Test
    void propsWithABuildIsEnoughOfAStranger() {
        assertThat(stranger(PROPS).strength()).isEqualTo(Strength.DISTINCTIVE);
        assertThat(server.paths()).containsExactly("/props");
    }

    @Test
    void aProcessMakesItProven() {
        server.answer("/props", CannedAnswer.json(PROPS));
        assertThat(detect(Llama.candidate(server.endpoint(), SERVER)).strength())
                .isEqualTo(Strength.PROVEN);
        assertThat(detect(Llama.candidate(server.endpoint(), "llama", "serve", "-m", "x"))
                        .strength())
                .isEqualTo(Strength.PROVEN);
    }

    @Test
    void aRouterIsRecognizedByItsProps() {
        Match match = stranger("{\"role\":\"router\",\"max_instances\":4,\"build_info\":\"b1-x\","
                + "\"default_generation_settings\":{\"params\":null,\"n_ctx\":0},\"model_path\":\"none\"}");
        assertThat(match.strength()).isEqualTo(Strength.DISTINCTIVE);
        assertThat(match.evidence().toString()).contains("router");
    }

    /** KoboldCpp, TabbyAPI and the classic server of llamafile answer /props, none with a build. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"total_slots\":1,\"default_generation_settings\":{\"n_ctx\":4096},\"chat_template\":\"\"}",
                "{\"total_slots\":1,\"default_generation_settings\":{\"n_ctx\":4096},\"build_info\":\"\"}",
                "{\"total_slots\":1,\"default_generation_settings\":{\"n_ctx\":4096},\"build_info\":7}",
                "{\"user_name\":\"\",\"assistant_name\":\"\",\"total_slots\":1,\"default_generation_settings\":{}}",
                "{\"build_info\":\"b5000-x\"}",
                "{\"build_info\":\"b5000-x\",\"role\":\"router\"}",
                "{\"role\":\"router\",\"max_instances\":4}",
                "[]",
                "null",
                "7",
                "\"llama.cpp\"",
                "{}",
                ""
            })
    void imitationsAreRefused(String props) {
        assertThat(stranger(props).strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void anotherServerBehindTheProcessIsRefused() {
        server.answer("/props", CannedAnswer.of(404, "text/plain", "404 page not found"));
        assertThat(detect(Llama.candidate(server.endpoint(), SERVER)).strength())
                .isEqualTo(Strength.NONE);
        server.replace("/props", CannedAnswer.of(200, "text/html", "<html></html>"));
        assertThat(detect(Llama.candidate(server.endpoint(), SERVER)).strength())
                .isEqualTo(Strength.NONE);
    }

    @Test
    void anOldServerWithoutABuildIsHintedByItsProcess() {
        server.answer("/props", CannedAnswer.json("{\"total_slots\":1}").header("Server", "llama.cpp"));
        Match match = detect(Llama.candidate(server.endpoint(), SERVER));
        assertThat(match.strength()).isEqualTo(Strength.HINTED);
        assertThat(match.state()).isEqualTo(State.READY);
    }

    @Test
    void loadingIsNamedByItsWords() {
        server.answer(
                "/props",
                CannedAnswer.of(
                                503,
                                "application/json",
                                "{\"error\":{\"message\":\"Loading model\",\"type\":\"unavailable_error\",\"code\":503}}")
                        .header("Server", "llama.cpp"));
        Match match = detect(Llama.stranger(server.endpoint()));
        assertThat(match.strength()).isEqualTo(Strength.DISTINCTIVE);
        assertThat(match.state()).isEqualTo(State.LOADING);
        server.replace("/props", CannedAnswer.of(503, "application/json", "{\"status\":\"loading model\"}"));
        assertThat(detect(Llama.stranger(server.endpoint())).strength()).isEqualTo(Strength.NONE);
        assertThat(detect(Llama.candidate(server.endpoint(), SERVER)).state()).isEqualTo(State.LOADING);
    }

    @Test
    void aKeyAloneProvesNothing() {
        CannedAnswer closed = CannedAnswer.of(401, "application/json", "{}");
        server.answer("/props", closed).answer("/v1/models", closed);
        assertThat(detect(Llama.stranger(server.endpoint())).strength()).isEqualTo(Strength.NONE);
        Match hinted = detect(Llama.candidate(server.endpoint(), SERVER));
        assertThat(hinted.strength()).isEqualTo(Strength.HINTED);
        assertThat(hinted.state()).isEqualTo(State.BLOCKED);
        server.replace("/props", closed.header("Server", "llama.cpp"));
        assertThat(detect(Llama.stranger(server.endpoint())).strength()).isEqualTo(Strength.BLOCKED);
    }

    @Test
    void whatDoesNotListenIsLoadingWhereItsProcessNamesIt() {
        Candidate hinted = Llama.notListening(Llama.candidate(server.endpoint(), SERVER));
        assertThat(detect(hinted).state()).isEqualTo(State.LOADING);
        assertThat(detect(Llama.notListening(Llama.stranger(server.endpoint()))).strength())
                .isEqualTo(Strength.NONE);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aFirstContactThatMayNotAskYetLearnsNothing() {
        Match match = adapter.detect(
                Llama.stranger(server.endpoint()), Llama.probe(server).sendingOnly());
        assertThat(match.strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void aRunnerOfOllamaIsNoEngineOfItsOwn() throws IOException {
        server.answer(
                "/props",
                CannedAnswer.json(Files.readString(Path.of("src/test/resources/ollama-child/props.json")))
                        .header("Server", "llama.cpp"));
        JsonNode process = new ObjectMapper()
                .readTree(
                        Path.of("src/test/resources/ollama-child/process.json").toFile());
        List<String> argv = new ArrayList<>();
        process.findPath("argv").forEach(argument -> argv.add(argument.asText()));
        Candidate alone = Llama.candidate(server.endpoint(), argv.toArray(String[]::new));
        assertThat(detect(alone).strength()).isEqualTo(Strength.NONE);
        Candidate plain = Llama.candidate(server.endpoint(), SERVER);
        Candidate below = new Candidate(
                plain.endpoint(), true, plain.launch(), List.of(Llama.launch("ollama", "serve")), plain.hints());
        assertThat(detect(below).strength()).isEqualTo(Strength.NONE);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aPersonMayServeAFileOfOllamasStore() {
        server.answer("/props", CannedAnswer.json(PROPS));
        Candidate candidate = Llama.candidate(
                server.endpoint(), "llama-server", "-m", "/home/me/.ollama/models/blobs/sha256-ab", "--port", "8080");
        assertThat(detect(candidate).strength()).isEqualTo(Strength.PROVEN);
    }
}
