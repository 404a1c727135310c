// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Streamed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamTest {
    private final HttpProbes probes = Asking.probes();

    @AfterEach
    void stop() {
        probes.close();
    }

    private Streamed<String> stream(RawServer server) {
        return Asking.open(probes, server.endpoint(), Asking.LONG).stream(
                Get.of("/metrics"), body -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void readerIsGivenTheBodyOfA200() throws IOException {
        try (RawServer server = RawServer.saying(RawServer.answer(200, "a 1\n"))) {
            Streamed<String> streamed = stream(server);
            assertThat(streamed.value()).isEqualTo(Value.of("a 1\n"));
            assertThat(streamed.status()).isEqualTo(200);
            assertThat(streamed.cut()).isFalse();
            assertThat(server.requests().get(0)).contains("Accept: text/plain;version=0.0.4, */*;q=0.1\r\n");
        }
    }

    @Test
    void everyStreamAsksAnew() throws IOException {
        try (RawServer server = RawServer.saying(RawServer.answer(200, "a 1\n"))) {
            stream(server);
            stream(server);
            assertThat(server.requests()).hasSize(2);
            assertThat(probes.answers().count()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401,NEEDS_KEY",
        "403,NEEDS_KEY",
        "404,NOT_EXPORTED",
        "501,NOT_EXPORTED",
        "503,LOADING",
        "500,UNREACHABLE",
        "307,UNREACHABLE",
        "204,UNREACHABLE"
    })
    void readerIsNotGivenAnyOtherAnswer(int status, Reason reason) throws IOException {
        AtomicBoolean given = new AtomicBoolean();
        try (RawServer server = RawServer.saying(RawServer.answer(status, "")
                .replace("Content-Length: 0\r\n", status == 204 ? "" : "Content-Length: 0\r\n"))) {
            Streamed<Integer> streamed =
                    Asking.open(probes, server.endpoint(), Asking.LONG).stream(Get.of("/metrics"), body -> {
                        given.set(true);
                        return 1;
                    });
            assertThat(streamed.status()).isEqualTo(status);
            assertThat(streamed.value().missing().orElseThrow().reason()).isEqualTo(reason);
            assertThat(given).isFalse();
        }
    }

    @Test
    void bodyThatBreaksOffEndsForTheReaderAndIsCut() throws IOException {
        try (RawServer server = RawServer.sayingOnce("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\na 1\n")) {
            Streamed<String> streamed = stream(server);
            assertThat(streamed.value()).isEqualTo(Value.of("a 1\n"));
            assertThat(streamed.cut()).isTrue();
        }
    }

    @Test
    void readerThatMakesNothingOfItIsMalformed() throws IOException {
        try (RawServer server = RawServer.saying(RawServer.answer(200, "x"))) {
            Streamed<Integer> streamed =
                    Asking.open(probes, server.endpoint(), Asking.LONG).stream(Get.of("/metrics"), body -> {
                        throw new IOException("no page\u001b[31m");
                    });
            assertThat(streamed.value()).isEqualTo(Value.unavailable(Reason.MALFORMED, "no page[31m"));
            assertThat(streamed.status()).isEqualTo(200);
        }
    }

    @Test
    void readerThatFailsCostsOnlyItsConnection() throws IOException {
        try (RawServer server = RawServer.saying(RawServer.answer(200, "x"))) {
            assertThatThrownBy(() ->
                            Asking.open(probes, server.endpoint(), Asking.LONG).stream(Get.of("/metrics"), body -> {
                                throw new IllegalStateException("a bug");
                            }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(probes.pool().size()).isZero();
            assertThat(stream(server).value()).isEqualTo(Value.of("x"));
        }
    }

    @Test
    void largePageIsReadInOnePass() throws IOException {
        String line = "some_metric{label=\"value\"} 1\n";
        try (RawServer server = RawServer.tcp(call -> {
            call.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = Integer.toHexString(line.length() * 100) + "\r\n" + line.repeat(100) + "\r\n";
            call.repeat(chunk, 3_500);
            call.write("0\r\n\r\n");
        })) {
            Streamed<Long> streamed = Asking.count(probes, server.endpoint(), Asking.LONG);
            assertThat(streamed.value().known()).contains(line.length() * 350_000L);
            assertThat(streamed.cut()).isFalse();
        }
    }
}
