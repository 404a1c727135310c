// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Reason;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
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

    private Answer.Failed failed(String answer) throws IOException {
        try (RawServer server = RawServer.sayingOnce(answer)) {
            return (Answer.Failed) Asking.get(probes, server.endpoint());
        }
    }

    @Test
    void wholeAnswerIsReceivedWithItsJson() throws IOException {
        Answer.Received answer = received(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 14\r\n\r\n{\"data\":[1,2]}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"data\":[1,2]}");
        assertThat(answer.json().at("/data/1").asInt()).isEqualTo(2);
        assertThat(answer.headers().get("x-a")).containsExactly("1", "2");
        assertThat(answer.cut()).isFalse();
    }

    @Test
    void answersComeOverIpv6AndUnixSockets(@TempDir Path directory) throws IOException {
        try (RawServer six = RawServer.internet("::1", call -> call.write(RawServer.answer(200, "six")));
                RawServer unix = RawServer.unix(
                        directory.resolve("s.sock"), call -> call.write(RawServer.answer(200, "unix")))) {
            assertThat(Asking.get(probes, six.endpoint())
                            .received()
                            .orElseThrow()
                            .body())
                    .isEqualTo("six");
            assertThat(six.requests().get(0))
                    .contains("Host: [::1]:" + six.endpoint().port() + "\r\n");
            assertThat(Asking.get(probes, unix.endpoint())
                            .received()
                            .orElseThrow()
                            .body())
                    .isEqualTo("unix");
            assertThat(unix.requests().get(0)).contains("Host: localhost\r\n");
        }
    }

    @Test
    void localhostIsTriedOnBothFamilies() throws IOException {
        try (RawServer six = RawServer.internet("::1", call -> call.write(RawServer.answer(200, "six")))) {
            Endpoint endpoint = Endpoint.tcp("localhost", six.endpoint().port());
            assertThat(Asking.get(probes, endpoint).status()).isEqualTo(200);
        }
    }

    @Test
    void requestIsAGetThatSaysWhoAsks() throws IOException {
        try (RawServer server = RawServer.saying(RawServer.answer(200, "x"))) {
            Asking.get(probes, server.endpoint());
            assertThat(server.everything())
                    .isEqualTo("GET /v1/models HTTP/1.1\r\nHost: "
                            + server.endpoint().authority()
                            + "\r\nUser-Agent: llmtop/9.8.7\r\nAccept: */*\r\nAccept-Encoding: gzip\r\n"
                            + "Connection: keep-alive\r\n\r\n");
        }
    }

    @Test
    void bareLineFeedsFoldedHeadersAndMissingReasonsAreRead() throws IOException {
        Answer.Received answer =
                received("HTTP/1.0 200\nServer: a\n  b\n\tc\nno colon here\n: nameless\nContent-Length:2\n\nhi");
        assertThat(answer.header("server")).contains("a b c");
        assertThat(answer.body()).isEqualTo("hi");
    }

    @Test
    void interimAnswersArePassedOver() throws IOException {
        assertThat(received("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n"
                                + RawServer.answer(200, "end"))
                        .body())
                .isEqualTo("end");
        assertThat(failed("HTTP/1.1 100 Continue\r\n\r\n".repeat(100)).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(failed("HTTP/1.1 101 Switching\r\n\r\n").reason()).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void statusesWithoutBodyHaveNone(int status) throws IOException {
        try (RawServer server =
                RawServer.saying("HTTP/1.1 " + status + " None\r\nContent-Length: 400\r\nX: y\r\n\r\n")) {
            Answer.Received answer = (Answer.Received) Asking.get(probes, server.endpoint());
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.cut()).isFalse();
        }
    }

    @Test
    void redirectIsAnAnswerAndNotFollowed() throws IOException {
        try (RawServer other = RawServer.saying(RawServer.answer(200, "other"));
                RawServer server = RawServer.saying(
                        RawServer.answer(307, "Location: " + other.endpoint().url() + "/v1/models\r\n", ""))) {
            assertThat(Asking.get(probes, server.endpoint()).status()).isEqualTo(307);
            assertThat(server.requests()).hasSize(1);
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void bodyWithoutLengthEndsWithItsConnection() throws IOException {
        Answer.Received answer = received("HTTP/1.1 200 OK\r\n\r\n[1]");
        assertThat(answer.body()).isEqualTo("[1]");
        assertThat(answer.cut()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "1e3", "5, 6", "0x10", "99999999999999999999999", "+3", ""})
    void senselessLengthIsNoLength(String length) throws IOException {
        assertThat(received("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n[1]")
                        .body())
                .isEqualTo("[1]");
    }

    @Test
    void bodyShorterThanItsLengthIsCut() throws IOException {
        Answer.Received answer = received("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        assertThat(answer.body()).isEqualTo("half");
        assertThat(answer.cut()).isTrue();
    }

    @Test
    void bodyLongerThanItsLengthEndsThereAndSpoilsNoFurtherAnswer() throws IOException {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
                + "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled")) {
            for (int count = 0; count < 3; count++) {
                assertThat(Asking.get(probes, server.endpoint())
                                .received()
                                .orElseThrow()
                                .body())
                        .isEqualTo("hi");
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n",
                "-ERR unknown command 'GET'\r\n",
                "220 mail.example ESMTP\r\n",
                "\0\0\0\5hello",
                "HTTP/9.9 200 OK\r\n\r\n",
                "HTTP/1.1 99 Low\r\n\r\n",
                "HTTP/1.1 600 High\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.\r\n\r\n",
                "<html>HTTP/0.9 page</html>",
                "\r\n\r\n\r\n\r\n\r\n\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
            })
    void whatIsNoHttpIsMalformedInOneCleanLine(String banner) throws IOException {
        Answer.Failed answer = failed(banner);
        assertThat(answer.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(answer.detail()).matches("[\\x20-\\x7e]{5,120}");
    }

    @Test
    void bannerIsRecognizedWithoutWaitingForMore() throws IOException {
        try (RawServer server = RawServer.tcp(call -> {
            call.write("SSH-2.0-x");
            call.hang();
        })) {
            assertThat(Asking.get(probes, server.endpoint()).reason()).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void nobodyThereIsUnreachable() throws IOException {
        try (Socket nobody = Asking.nobody()) {
            Answer.Failed answer = (Answer.Failed) Asking.get(probes, Endpoint.tcp("127.0.0.1", nobody.getLocalPort()));
            assertThat(answer.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(answer.detail()).containsIgnoringCase("refused");
        }
    }

    @Test
    void connectionToItselfIsSeen() throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
                RawServer server = RawServer.saying(RawServer.answer(200, "x"))) {
            channel.bind(new InetSocketAddress("127.0.0.1", 0));
            channel.connect(channel.getLocalAddress());
            assertThat(ChannelWire.isToItself(channel)).isTrue();
            try (SocketChannel other = SocketChannel.open(
                    new InetSocketAddress("127.0.0.1", server.endpoint().port()))) {
                assertThat(ChannelWire.isToItself(other)).isFalse();
            }
        }
    }

    @Test
    void missingOrImpossibleUnixSocketIsUnreachable(@TempDir Path directory) {
        assertThat(Asking.get(probes, Endpoint.unix(directory + "/none.sock")).reason())
                .isEqualTo(Reason.UNREACHABLE);
        assertThat(Asking.get(probes, Endpoint.unix("/" + "x".repeat(300))).reason())
                .isEqualTo(Reason.UNREACHABLE);
        assertThat(Asking.get(probes, Endpoint.unix("/a\0b")).reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void hostThatWouldBreakTheRequestIsNotAsked() {
        assertThat(Asking.get(probes, Endpoint.tcp("a b\r\nX: y", 80)).reason())
                .isIn(Reason.UNREACHABLE, Reason.NOT_SAFE);
    }

    @Test
    void closedWithoutAnAnswerIsUnreachable() throws IOException {
        assertThat(failed("").reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failed("HTTP/1.1 200 OK\r\nContent-").reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void unaskedEncodingIsMalformed() throws IOException {
        assertThat(failed("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nab")
                        .reason())
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void stampIsTakenBetweenAskingAndAnswering() throws IOException {
        long before = System.nanoTime();
        Answer.Received answer = received(RawServer.answer(200, "x"));
        assertThat(answer.stamp().nanos()).isBetween(before, System.nanoTime());
    }
}
