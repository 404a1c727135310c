// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmtop.agent.Probes.Target;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Get;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTest {
    private static final Duration GENEROUS = Duration.ofSeconds(5);

    private static SSLContext certificate;

    private final HttpProbes probes = Asking.probes(Map.of("LLMTOP_API_KEY", "sk-tls-secret"));

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        certificate = TlsServer.selfSigned(directory);
    }

    @AfterEach
    void stop() {
        probes.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void selfSignedServerIsAskedOverOneConnection(String protocol) throws IOException {
        try (TlsServer server = TlsServer.start(certificate, head -> RawServer.answer(200, "[1]"), protocol)) {
            for (int count = 0; count < 3; count++) {
                assertThat(Asking.get(probes, server.endpoint().withTls())
                                .json()
                                .size())
                        .isEqualTo(1);
            }
            assertThat(server.handshakes()).isEqualTo(1);
            assertThat(probes.tls(server.endpoint())).isTrue();
        }
    }

    @Test
    void largePageComesThroughWhole() throws IOException {
        String page = "metric 1\n".repeat(400_000);
        try (TlsServer server = TlsServer.start(certificate, head -> RawServer.answer(200, page))) {
            assertThat(Asking.count(probes, server.endpoint().withTls(), Asking.LONG)
                            .value()
                            .known())
                    .contains((long) page.length());
        }
    }

    @Test
    void alertToAPlainRequestIsFollowedByOneTryOverTlsAndRemembered() throws IOException {
        try (TlsServer server = TlsServer.start(certificate, head -> RawServer.answer(200, "[1]"))) {
            assertThat(probes.tls(server.endpoint())).isFalse();
            assertThat(Asking.get(probes, server.endpoint()).status()).isEqualTo(200);
            assertThat(probes.tls(server.endpoint())).isTrue();
            long sent = probes.requestsSent();
            assertThat(sent).isEqualTo(2);
            Asking.get(probes, server.endpoint());
            assertThat(probes.requestsSent()).isEqualTo(sent + 1);
            probes.forget(server.endpoint());
            assertThat(probes.tls(server.endpoint())).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>",
                "Client sent an HTTP request to an HTTPS server.\n",
                "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />"
            })
    void serverThatOnlySaysTlsIsTriedTwiceAndItsPlainAnswerStands(String says) throws IOException {
        try (RawServer server = RawServer.tcp(call -> {
            call.write(RawServer.answer(400, says));
            call.close();
        })) {
            for (int count = 0; count < 4; count++) {
                // Long enough for a busy machine to load TLS and still keep the plain answer that came before.
                Duration deadline = Duration.ofMillis(1_500);
                assertThat(Asking.get(probes, server.endpoint(), deadline).status())
                        .isEqualTo(400);
            }
            assertThat(server.requests()).hasSize(4);
            assertThat(server.connections()).isEqualTo(6);
            assertThat(probes.tls(server.endpoint())).isFalse();
        }
    }

    @Test
    void wordsOfAnyOther400AreNotTakenForTls() throws IOException {
        try (RawServer server = RawServer.sayingOnce(RawServer.answer(400, "bad request to an HTTPS fan"))) {
            Asking.get(probes, server.endpoint());
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void plainServerAskedOverTlsIsMalformed() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread plain = new Thread(() -> {
                try (Socket client = listener.accept()) {
                    client.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    client.getInputStream().readAllBytes();
                } catch (IOException closed) {
                    // as clients do
                }
            });
            plain.start();
            Endpoint endpoint =
                    Endpoint.tcp("127.0.0.1", listener.getLocalPort()).withTls();
            Answer answer = Asking.get(probes, endpoint);
            assertThat(answer.reason()).isEqualTo(Reason.MALFORMED);
            assertThat(answer.toString()).contains("TLS");
            plain.join(10_000);
        }
    }

    @Test
    void serverThatNeverShakesHandsTimesOut() throws IOException {
        try (RawServer server = RawServer.tcp(RawServer.Call::hang)) {
            long start = System.nanoTime();
            Answer answer = Asking.get(probes, server.endpoint().withTls(), Asking.SHORT);
            assertThat(answer.reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GENEROUS);
        }
    }

    @Test
    void tlsServerThatDripsIsCutAtTheDeadline() throws IOException {
        try (TlsServer server =
                TlsServer.start(certificate, head -> "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart")) {
            Answer.Received answer =
                    (Answer.Received) Asking.get(probes, server.endpoint().withTls(), Duration.ofSeconds(1));
            assertThat(answer.body()).isEqualTo("part");
            assertThat(answer.cut()).isTrue();
        }
    }

    @Test
    void keyGoesOverUnverifiedTlsToThisMachine() throws IOException {
        try (TlsServer server = TlsServer.start(
                certificate,
                head -> head.contains("Bearer sk-tls-secret")
                        ? RawServer.answer(200, "[]")
                        : RawServer.answer(401, ""))) {
            Endpoint endpoint = server.endpoint().withTls();
            assertThat(probes.open(Target.of(endpoint), Asking.withKey(Asking.LONG))
                            .get(Get.of("/v1/models"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void verifiedConnectionRefusesACertificateOfItsOwnMaking() throws IOException {
        try (TlsServer server = TlsServer.start(certificate, head -> RawServer.answer(200, "[]"));
                Watchdog watchdog = new Watchdog()) {
            Connector connector = new Connector(watchdog);
            Server asked = new Server(server.endpoint());
            long deadline = System.nanoTime() + Asking.LONG.toNanos();
            assertThatThrownBy(() -> connector.open(asked, new Route(true, true), deadline))
                    .isInstanceOfSatisfying(
                            Trouble.class,
                            trouble -> assertThat(trouble.reason()).isEqualTo(Reason.MALFORMED));
            connector.open(asked, new Route(true, false), deadline).close();
        }
    }
}
