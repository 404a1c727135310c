// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.model.Reason;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Streamed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule "Bounded": whatever a server does, a request ends by its deadline or its caps. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BoundsTest {
    /** Far above the deadline of 400 ms, far below what the servers below would take. */
    private static final Duration GENEROUS = Duration.ofSeconds(5);

    private final HttpProbes probes = Asking.probes();

    @TempDir
    private Path directory;

    enum Transport {
        TCP,
        UNIX
    }

    @AfterEach
    void stop() {
        probes.close();
    }

    private RawServer server(Transport transport, RawServer.Responder responder) throws IOException {
        return switch (transport) {
            case TCP -> RawServer.tcp(responder);
            case UNIX -> RawServer.unix(directory.resolve("s.sock"), responder);
        };
    }

    private Answer bounded(RawServer server) {
        long start = System.nanoTime();
        Answer answer = Asking.get(probes, server.endpoint(), Asking.SHORT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GENEROUS);
        return answer;
    }

    @ParameterizedTest
    @EnumSource
    void serverThatNeverAnswersTimesOut(Transport transport) throws IOException {
        try (RawServer server = server(transport, RawServer.Call::hang)) {
            assertThat(bounded(server).reason()).isEqualTo(Reason.TIMED_OUT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void drippedHeadTimesOut(Transport transport) throws IOException {
        try (RawServer server = server(transport, call -> call.drip("HTTP/1.1 200 OK\r\nX: "))) {
            assertThat(bounded(server).reason()).isEqualTo(Reason.TIMED_OUT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void drippedBodyIsCutAtTheDeadlineAndKept(Transport transport) throws IOException {
        try (RawServer server = server(transport, call -> {
            call.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            call.drip("a");
        })) {
            Answer.Received answer = (Answer.Received) bounded(server);
            assertThat(answer.cut()).isTrue();
            assertThat(answer.body()).startsWith("aaa");
        }
    }

    @ParameterizedTest
    @EnumSource
    void endlessHeadIsTooLarge(Transport transport) throws IOException {
        try (RawServer server = server(transport, call -> {
            call.write("HTTP/1.1 200 OK\r\n");
            call.repeat(("X-" + "y".repeat(500) + ": z\r\n"), 1_000_000);
        })) {
            assertThat(bounded(server).reason()).isEqualTo(Reason.TOO_LARGE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endlessHeaderLineIsTooLarge(Transport transport) throws IOException {
        try (RawServer server = server(transport, call -> {
            call.write("HTTP/1.1 200 OK\r\nX: ");
            call.repeat("y".repeat(1_000), 1_000_000);
        })) {
            assertThat(bounded(server).reason()).isEqualTo(Reason.TOO_LARGE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endlessHeldBodyIsCutAtOneMebibyte(Transport transport) throws IOException {
        try (RawServer server = server(transport, call -> {
            call.write("HTTP/1.1 200 OK\r\n\r\n");
            call.repeat("z".repeat(8_192), 1_000_000);
        })) {
            Answer.Received answer = (Answer.Received) Asking.get(probes, server.endpoint());
            assertThat(answer.body()).hasSize(1 << 20);
            assertThat(answer.cut()).isTrue();
            assertThat(probes.bodies().free()).isEqualTo(8 << 20);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eventStreamEndsAtItsDeadlineWithWhatWasRead(Transport transport) throws IOException {
        try (RawServer server = server(transport, call -> {
            call.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            call.drip("6\r\ndata:\n\r\n");
        })) {
            Streamed<Long> streamed = Asking.count(probes, server.endpoint(), Asking.SHORT);
            assertThat(streamed.cut()).isTrue();
            assertThat(streamed.value().known().orElseThrow()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void bodyOfExactlyTheCapIsWhole(Transport transport) throws IOException {
        String body = "z".repeat(1 << 20);
        try (RawServer server = server(transport, call -> call.write(RawServer.answer(200, body)))) {
            Answer.Received answer = (Answer.Received) Asking.get(probes, server.endpoint());
            assertThat(answer.body()).hasSize(1 << 20);
            assertThat(answer.cut()).isFalse();
        }
    }

    @Test
    void fullBacklogTimesOutWithinTheConnectDeadline() throws IOException {
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int count = 0; count < 4; count++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(socket.getLocalSocketAddress());
                waiting.add(channel);
            }
            long start = System.nanoTime();
            Answer answer = Asking.get(probes, Endpoint.tcp("127.0.0.1", socket.getLocalPort()), Asking.LONG);
            assertThat(answer.reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(answer.toString()).contains("300 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GENEROUS);
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void fullBacklogOfAUnixSocketTimesOutWithinTheConnectDeadline() throws IOException {
        Path path = directory.resolve("full.sock");
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path), 1);
            for (int count = 0; count < 2; count++) {
                waiting.add(SocketChannel.open(UnixDomainSocketAddress.of(path)));
            }
            long start = System.nanoTime();
            Answer answer = Asking.get(probes, Endpoint.unix(path.toString()), Asking.LONG);
            assertThat(answer.reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GENEROUS);
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void everySlowServerIsWatchedByOneThread() throws Exception {
        List<RawServer> servers = new ArrayList<>();
        List<Thread> askers = new ArrayList<>();
        List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
        try {
            for (int count = 0; count < 20; count++) {
                RawServer server = RawServer.tcp(call -> call.drip("HTTP/1.1 200 OK\r\nX: "));
                servers.add(server);
                Thread asker = new Thread(() -> answers.add(Asking.get(probes, server.endpoint(), Asking.SHORT)));
                asker.start();
                askers.add(asker);
            }
            for (Thread asker : askers) {
                asker.join(GENEROUS.toMillis());
            }
            assertThat(answers).hasSize(20).allMatch(answer -> answer.reason() == Reason.TIMED_OUT);
            await().untilAsserted(() -> assertThat(watchdogs()).isEqualTo(1));
        } finally {
            for (RawServer server : servers) {
                server.close();
            }
        }
    }

    private static long watchdogs() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(Watchdog.THREAD))
                .count();
    }

    @Test
    void closingEndsWhatIsUnderWayAndTheWatchdogsThread() throws Exception {
        try (RawServer server = RawServer.tcp(RawServer.Call::hang)) {
            List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
            Thread asker = new Thread(() -> answers.add(Asking.get(probes, server.endpoint(), Asking.LONG)));
            asker.start();
            await().until(() -> server.requests().size() == 1);
            probes.close();
            asker.join(GENEROUS.toMillis());
            assertThat(answers).singleElement().isInstanceOf(Answer.Failed.class);
            await().until(() -> watchdogs() == 0);
            assertThat(Asking.get(probes, server.endpoint(), Asking.LONG)).isInstanceOf(Answer.Failed.class);
        }
    }

    @Test
    void interruptedAskerEndsAtOnce() throws Exception {
        try (RawServer server = RawServer.tcp(RawServer.Call::hang)) {
            List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
            Thread asker = new Thread(() -> answers.add(Asking.get(probes, server.endpoint(), Asking.LONG)));
            asker.start();
            await().until(() -> server.requests().size() == 1);
            asker.interrupt();
            asker.join(GENEROUS.toMillis());
            assertThat(answers).singleElement().extracting(Answer::reason).isEqualTo(Reason.TIMED_OUT);
        }
    }

    @Test
    void moreThanTheMostConnectionsWaitForTheirTurn() throws Exception {
        try (HttpProbes narrow = new HttpProbes("1", Duration.ofSeconds(2), 1, Map.of());
                RawServer slow = RawServer.tcp(RawServer.Call::hang);
                RawServer other = RawServer.saying(RawServer.answer(200, "x"))) {
            Thread asker = new Thread(() -> Asking.get(narrow, slow.endpoint(), Asking.LONG));
            asker.setDaemon(true);
            asker.start();
            await().until(() -> slow.requests().size() == 1);
            Answer answer = Asking.get(narrow, other.endpoint(), Asking.SHORT);
            assertThat(answer.reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(other.connections()).isZero();
        }
    }
}
