// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostileServersTest {
    private static final int ENOUGH = 100_000;

    /** The first bytes of what comes within a moment. */
    private static String ask(HostileServer server, int millis) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(millis);
            socket.getOutputStream()
                    .write("GET /version HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            StringBuilder got = new StringBuilder();
            try {
                for (int next = socket.getInputStream().read();
                        next >= 0 && got.length() < ENOUGH;
                        next = socket.getInputStream().read()) {
                    got.append((char) next);
                }
            } catch (SocketTimeoutException silent) {
                got.append("<silence>");
            }
            return got.toString();
        }
    }

    @ParameterizedTest
    @EnumSource(Hostility.class)
    void everyOneListensAndCounts(Hostility hostility) throws IOException {
        try (HostileServer server = HostileServers.start(hostility)) {
            try {
                ask(server, 50);
            } catch (IOException reset) {
                assertThat(hostility).isEqualTo(Hostility.CLOSES_AT_ONCE);
            }

            // A connection counts once the server has taken it, which may be after the question was given up.
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(server.connections()).isEqualTo(1));
            assertThat(server.stranger().isPresent()).isEqualTo(hostility == Hostility.REDIRECT);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ENDLESS_BODY", "ENDLESS_HEADERS"})
    void anEndlessOneDoesNotEnd(Hostility hostility) throws IOException {
        try (HostileServer server = HostileServers.start(hostility)) {
            assertThat(ask(server, 10_000)).hasSize(ENOUGH);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER_ANSWERS", "DRIPS", "EVENT_STREAM"})
    void aStallingOneKeepsItsConnectionOpen(Hostility hostility) throws IOException {
        try (HostileServer server = HostileServers.start(hostility)) {
            assertThat(ask(server, 200)).endsWith("<silence>").hasSizeLessThan(150);
        }
    }

    @Test
    void theBombUnpacksToMuchMoreThanItIs() throws IOException {
        try (HostileServer server = HostileServers.start(Hostility.GZIP_BOMB);
                Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            int end = 0;
            while (end < 4) {
                int next = socket.getInputStream().read();
                end = next == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : 0;
            }
            long unpacked = 0;
            GZIPInputStream gzip = new GZIPInputStream(socket.getInputStream());
            while (unpacked < 100L << 20) {
                unpacked += gzip.skip(1 << 20);
            }

            assertThat(server.bytesSent()).isLessThan(1L << 20);
        }
    }

    @Test
    void aRedirectPointsToItsStranger() throws IOException {
        try (HostileServer server = HostileServers.start(Hostility.REDIRECT)) {
            assertThat(ask(server, 100))
                    .contains(server.stranger().orElseThrow().endpoint().url());
            assertThat(server.stranger().orElseThrow().requests()).isEmpty();
        }
    }

    @Test
    void aKeyThatIsSentIsSeen() throws IOException {
        try (HostileServers servers = HostileServers.startAll(one -> one == Hostility.UNAUTHORIZED)) {
            assertThat(ask(servers.get(Hostility.UNAUTHORIZED), 100)).startsWith("HTTP/1.1 401");
            assertThat(servers.get(Hostility.UNAUTHORIZED).requests().get(0).header("authorization"))
                    .isEmpty();
        }
    }
}
