// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Streamed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GzipTest {
    private final HttpProbes probes = Asking.probes();

    @AfterEach
    void stop() {
        probes.close();
    }

    private static byte[] gzip(byte[] plain, int times) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int count = 0; count < times; count++) {
                gzip.write(plain);
            }
        }
        return packed.toByteArray();
    }

    private static RawServer serving(byte[] body, String headers) throws IOException {
        return RawServer.tcp(call -> {
            call.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n" + headers + "\r\n");
            call.write(body);
        });
    }

    private static String length(byte[] body) {
        return "Content-Length: " + body.length + "\r\n";
    }

    @Test
    void gzipIsUndoneAndTheConnectionKept() throws IOException {
        byte[] body = gzip("[1,2]".getBytes(StandardCharsets.UTF_8), 1);
        try (RawServer server = serving(body, length(body))) {
            for (int count = 0; count < 3; count++) {
                Answer answer = Asking.get(probes, server.endpoint());
                assertThat(answer.json().size()).isEqualTo(2);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void gzipInsideChunksIsUndone() throws IOException {
        byte[] body = gzip("abc".getBytes(StandardCharsets.UTF_8), 1_000);
        try (RawServer server = RawServer.tcp(call -> {
            call.write("HTTP/1.1 200 OK\r\nContent-Encoding: x-gzip\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (byte one : body) {
                call.write("1\r\n");
                call.write(new byte[] {one});
                call.write("\r\n");
            }
            call.write("0\r\n\r\n");
        })) {
            for (int count = 0; count < 2; count++) {
                assertThat(Asking.get(probes, server.endpoint())
                                .received()
                                .orElseThrow()
                                .body())
                        .isEqualTo("abc".repeat(1_000));
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void bombIsCutAtOneMebibyteWhereItIsHeld() throws IOException {
        byte[] bomb = gzip(new byte[1 << 20], 200);
        try (RawServer server = serving(bomb, length(bomb))) {
            Answer.Received answer = (Answer.Received) Asking.get(probes, server.endpoint());
            assertThat(answer.body()).hasSize(1 << 20);
            assertThat(answer.cut()).isTrue();
        }
    }

    @Test
    void bombIsCutAt64MebibytesWhereItIsStreamedAndNeverHeld() throws IOException {
        byte[] bomb = gzip(new byte[1 << 20], 200);
        try (RawServer server = serving(bomb, length(bomb))) {
            Streamed<Long> streamed = Asking.count(probes, server.endpoint(), Asking.LONG);
            assertThat(streamed.value().known()).contains(64L << 20);
            assertThat(streamed.cut()).isTrue();
            assertThat(probes.bodies().free()).isEqualTo(8 << 20);
        }
    }

    @Test
    void brokenGzipKeepsWhatWasReadAndIsCut() throws IOException {
        byte[] whole = gzip("0123456789".getBytes(StandardCharsets.UTF_8), 10_000);
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        try (RawServer server = serving(half, length(half))) {
            Answer.Received answer = (Answer.Received) Asking.get(probes, server.endpoint());
            assertThat(answer.cut()).isTrue();
            assertThat("0123456789".repeat(10_000)).startsWith(answer.body());
        }
        byte[] spoiled = whole.clone();
        Arrays.fill(spoiled, 10, spoiled.length, (byte) 0x5a);
        try (RawServer server = serving(spoiled, length(spoiled))) {
            assertThat(((Answer.Received) Asking.get(probes, server.endpoint())).cut())
                    .isTrue();
        }
    }

    @Test
    void plainBodyThatIsCalledGzipIsRead() throws IOException {
        byte[] plain = "[true]".getBytes(StandardCharsets.UTF_8);
        try (RawServer server = serving(plain, length(plain))) {
            assertThat(Asking.get(probes, server.endpoint()).json().size()).isEqualTo(1);
        }
    }

    @Test
    void emptyGzipBodyIsEmpty() throws IOException {
        try (RawServer server = serving(new byte[0], "Content-Length: 0\r\n")) {
            Answer.Received answer = (Answer.Received) Asking.get(probes, server.endpoint());
            assertThat(answer.body()).isEmpty();
            assertThat(answer.cut()).isFalse();
        }
    }
}
