// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.spi.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final HttpProbes probes = Asking.probes();

    @AfterEach
    void stop() {
        probes.close();
    }

    private Answer.Received received(String answer) throws IOException {
        try (RawServer server = RawServer.sayingOnce(answer)) {
            return (Answer.Received) Asking.get(probes, server.endpoint());
        }
    }

    @Test
    void chunksExtensionsAndTrailersAreUndone() throws IOException {
        Answer.Received answer =
                received(HEAD + "3;name=\"v\"\r\nabc\r\n0A \r\ndefghijklm\r\n000\r\nX-Trailer: 1\r\nY: 2\r\n\r\n");
        assertThat(answer.body()).isEqualTo("abcdefghijklm");
        assertThat(answer.cut()).isFalse();
    }

    @Test
    void bareLineFeedsBetweenChunksAreRead() throws IOException {
        assertThat(received(HEAD + "3\nabc\n0\n\n").body()).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3\r\nabc\r\nxyz\r\n",
                "3\r\nabcde\r\n0\r\n\r\n",
                "3\r\nabc\r\n-1\r\n",
                "3\r\nabc\r\n\r\n",
                "3\r\nabc\r\nfffffffffffffffff\r\n",
                "3\r\nabc\r\n7fffffffffffffff\r\n",
                "3\r\nabc",
                "3\r\nabc\r\n",
                "3\r\nabc\r\n5\r\n",
                "3\r\nabc\r\n0\r\n",
                "3\r\nabc\r\n1 1\r"
            })
    void brokenChunksKeepWhatWasReadAndAreCut(String body) throws IOException {
        Answer.Received answer = received(HEAD + body);
        assertThat(answer.body()).isEqualTo("abc");
        assertThat(answer.cut()).isTrue();
    }

    @Test
    void chunksWinOverALengthAndTheConnectionIsNotUsedAgain() throws IOException {
        try (RawServer server = RawServer.saying(
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")) {
            for (int count = 0; count < 2; count++) {
                assertThat(Asking.get(probes, server.endpoint())
                                .received()
                                .orElseThrow()
                                .body())
                        .isEqualTo("abc");
            }
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void endlessExtensionsAndTrailersEnd() throws IOException {
        try (RawServer extension = RawServer.tcp(call -> {
                    call.write(HEAD + "3;");
                    call.repeat("x".repeat(1_024), 1_000_000);
                });
                RawServer trailer = RawServer.tcp(call -> {
                    call.write(HEAD + "3\r\nabc\r\n0\r\n");
                    call.repeat("X: y\r\n".repeat(200), 1_000_000);
                })) {
            assertThat(((Answer.Received) Asking.get(probes, extension.endpoint())).cut())
                    .isTrue();
            Answer.Received answer = (Answer.Received) Asking.get(probes, trailer.endpoint());
            assertThat(answer.body()).isEqualTo("abc");
        }
    }
}
