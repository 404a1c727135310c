// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Get;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineServerTest {
    private EngineServer server;

    @BeforeEach
    void start() {
        server = EngineServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer ask(String path) {
        return LocalProbe.to(server, path).get(Get.of(path));
    }

    private String raw(String request, int answers) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            StringBuilder got = new StringBuilder();
            while (got.toString().split("HTTP/1.1 ", -1).length <= answers
                    || !got.toString().endsWith("}")) {
                got.append((char) socket.getInputStream().read());
            }
            return got.toString();
        }
    }

    @Test
    void answersComeOneAfterTheOtherAndTheLastForEver() {
        server.answer("/a", CannedAnswer.json("1")).answer("/a", CannedAnswer.json("2"));

        assertThat(List.of(
                        ask("/a").json().asInt(),
                        ask("/a").json().asInt(),
                        ask("/a").json().asInt()))
                .containsExactly(1, 2, 2);
    }

    @Test
    void unknownPathsAreNotFound() {
        assertThat(ask("/nowhere").status()).isEqualTo(404);
    }

    @Test
    void aPathWithoutQueryStandsForEveryQueryUnlessOneIsToldExactly() {
        server.answer("/slots", CannedAnswer.json("1")).answer("/slots?model=b", CannedAnswer.json("2"));

        assertThat(ask("/slots?model=a").json().asInt()).isEqualTo(1);
        assertThat(ask("/slots?model=b").json().asInt()).isEqualTo(2);
    }

    @Test
    void headersChunksAndGzipAreSent() {
        server.answer("/chunks", CannedAnswer.json("{\"a\":[1,2,3]}").chunked().header("X-More", "yes"));
        server.answer("/gzip", CannedAnswer.json("{\"a\":[1,2,3]}").gzipped());

        assertThat(ask("/chunks").json().path("a")).hasSize(3);
        assertThat(ask("/chunks").received().orElseThrow().header("x-more")).contains("yes");
        assertThat(ask("/gzip").json().path("a")).hasSize(3);
    }

    @Test
    void anAnswerWaitsForItsLatch() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        server.answer("/slow", CannedAnswer.json("7").after(latch));

        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> ask("/slow"));
        await().atMost(20, TimeUnit.SECONDS).until(() -> !server.requests().isEmpty());
        assertThat(answer).isNotDone();
        latch.countDown();

        assertThat(answer.get(20, TimeUnit.SECONDS).json().asInt()).isEqualTo(7);
    }

    @Test
    void oneConnectionServesSeveralRequestsAndEachIsRecorded() throws Exception {
        server.answer("/a", CannedAnswer.json("{}"));
        String request = "GET /a?x=1 HTTP/1.1\r\nHost: h\r\nX-Seen: one\r\n\r\n";

        raw(request + request, 2);

        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.paths()).containsExactly("/a?x=1", "/a?x=1");
        assertThat(server.requests().get(0).header("X-SEEN")).contains("one");
        assertThat(server.requests().get(0).bytes()).isEqualTo(request.length());
    }

    @Test
    void declaredGetsPass() {
        ask("/v1/models");
        ask("/slots?model=a%2Fb&autoload=false");

        assertThatCode(() -> server.assertOnly("/v1/models", "/slots?model={model}&autoload=false"))
                .doesNotThrowAnyException();
    }

    @Test
    void anUndeclaredPathFailsTheTest() {
        ask("/slots?model=a&autoload=true");

        assertThatThrownBy(() -> server.assertOnly("/slots?model={model}&autoload=false"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("/slots?model=a&autoload=true");
    }

    @Test
    void aPlaceholderNeverSpansAnotherParameterOrSegment() {
        ask("/slots?model=a&b=c&autoload=false");

        assertThatThrownBy(() -> server.assertOnly("/slots?model={model}&autoload=false"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void anyMethodButGetFailsTheTest() throws Exception {
        server.answer("/v1/models", CannedAnswer.json("{}"));
        raw("POST /v1/models HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", 1);

        assertThatThrownBy(() -> server.assertOnly("/v1/models"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("POST");
    }

    @Test
    void aGetWithABodyFailsTheTest() throws Exception {
        server.answer("/v1/models", CannedAnswer.json("{}"));
        raw("GET /v1/models HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", 1);

        assertThatThrownBy(() -> server.assertOnly("/v1/models")).isInstanceOf(AssertionError.class);
    }

    @Test
    void aCaseFolderAnswersAsRecorded() throws Exception {
        Path folder = Path.of(getClass().getResource("/cases/small").toURI());
        try (EngineServer replay = EngineServer.replay(folder)) {
            LocalProbe probe = LocalProbe.to(replay, "/version", "/metrics", "/health", "/other");

            assertThat(probe.get(Get.of("/version")).okJson().path("version").asText())
                    .isEqualTo("1");
            assertThat(probe.get(Get.of("/version")).received().orElseThrow().header("server"))
                    .contains("uvicorn");
            assertThat(text(probe, "/metrics")).isEqualTo("a 1\n");
            assertThat(text(probe, "/metrics")).isEqualTo("a 2\n");
            assertThat(text(probe, "/metrics")).isEqualTo("a 2\n");
            assertThat(probe.get(Get.of("/health")).status()).isEqualTo(503);
            assertThat(probe.get(Get.of("/other")).status()).isEqualTo(418);
        }
    }

    private static String text(LocalProbe probe, String path) {
        return probe.stream(Get.of(path), body -> new String(body.readAllBytes(), StandardCharsets.UTF_8))
                .value()
                .known()
                .orElseThrow();
    }
}
