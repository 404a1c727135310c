// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Reason;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Get;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptConnectionTest {
    private final HttpProbes probes = Asking.probes();

    @AfterEach
    void stop() {
        probes.close();
    }

    private void ask(RawServer server, int times) {
        for (int count = 0; count < times; count++) {
            assertThat(Asking.get(probes, server.endpoint()).status()).isEqualTo(200);
        }
    }

    @Test
    void oneConnectionServesManyRequests(@TempDir Path directory) throws IOException {
        try (RawServer tcp = RawServer.saying(RawServer.answer(200, "x"));
                RawServer unix = RawServer.unix(
                        directory.resolve("s.sock"),
                        call -> call.write(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"))) {
            ask(tcp, 5);
            ask(unix, 5);
            assertThat(tcp.connections()).isEqualTo(1);
            assertThat(unix.connections()).isEqualTo(1);
            assertThat(probes.requestsSent()).isEqualTo(10);
        }
    }

    @Test
    void connectionClosedBeforeItsFirstByteIsRetriedOnceOnAFreshOne() throws IOException {
        try (RawServer server = RawServer.tcp(call -> {
            if (call.number() > 1) {
                call.close();
            } else {
                call.write(RawServer.answer(200, "x"));
            }
        })) {
            ask(server, 3);
            assertThat(server.connections()).isEqualTo(3);
            assertThat(probes.requestsSent()).isEqualTo(5);
        }
    }

    @Test
    void freshConnectionThatIsClosedIsNotRetried() throws IOException {
        try (RawServer server = RawServer.tcp(RawServer.Call::close)) {
            assertThat(Asking.get(probes, server.endpoint()).reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void keptConnectionThatBreaksOffInsideAnAnswerIsNotRetried() throws IOException {
        try (RawServer server = RawServer.tcp(call -> {
            if (call.number() > 1) {
                call.write("HTTP/1.1 20");
                call.close();
            } else {
                call.write(RawServer.answer(200, "x"));
            }
        })) {
            ask(server, 1);
            assertThat(Asking.get(probes, server.endpoint()).reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void connectionThatSaysSomethingUnaskedIsNotUsedAgain() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch said = new CountDownLatch(1);
        try (RawServer server = RawServer.tcp(call -> {
            call.write(RawServer.answer(200, "x"));
            if (call.connection() == 1) {
                await(asked);
                call.write(RawServer.answer(200, "smuggled"));
                said.countDown();
            }
        })) {
            ask(server, 1);
            asked.countDown();
            await(said);
            assertThat(Asking.get(probes, server.endpoint())
                            .received()
                            .orElseThrow()
                            .body())
                    .isEqualTo("x");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void serverThatClosesIsTakenAtItsWord() throws IOException {
        try (RawServer close = RawServer.saying(RawServer.answer(200, "Connection: close\r\n", "x"));
                RawServer old = RawServer.saying("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx");
                RawServer oldKept =
                        RawServer.saying("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\nx")) {
            ask(close, 3);
            ask(old, 3);
            ask(oldKept, 3);
            assertThat(close.connections()).isEqualTo(3);
            assertThat(old.connections()).isEqualTo(3);
            assertThat(oldKept.connections()).isEqualTo(1);
        }
    }

    @Test
    void bodyThatAReaderLeavesUnreadIsNotDrainedForLong() throws IOException {
        try (RawServer endless = RawServer.tcp(call -> {
                    call.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
                    call.repeat("a 1\n".repeat(2_000), 12_500);
                });
                RawServer small = RawServer.saying(RawServer.answer(200, "a 1\n# EOF\n"))) {
            for (int count = 0; count < 2; count++) {
                assertThat(Asking.open(probes, endless.endpoint(), Asking.LONG).stream(
                                        Get.of("/metrics"), body -> body.read())
                                .value()
                                .known())
                        .contains((int) 'a');
                Asking.open(probes, small.endpoint(), Asking.LONG).stream(Get.of("/metrics"), body -> body.read());
            }
            assertThat(endless.connections()).isEqualTo(2);
            assertThat(small.connections()).isEqualTo(1);
        }
    }

    @Test
    void forgettingClosesConnections() throws IOException {
        try (RawServer server = RawServer.saying(RawServer.answer(200, "x"))) {
            ask(server, 1);
            assertThat(probes.pool().size()).isEqualTo(1);
            probes.forget(server.endpoint());
            assertThat(probes.pool().size()).isZero();
            ask(server, 1);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void manyServersKeepNoMoreThan64ConnectionsOpen() throws IOException {
        List<RawServer> servers = new ArrayList<>();
        try {
            for (int count = 0; count < 70; count++) {
                RawServer server = RawServer.saying(RawServer.answer(200, "x"));
                servers.add(server);
                Answer answer = Asking.get(probes, server.endpoint());
                assertThat(answer.status()).isEqualTo(200);
            }
            assertThat(probes.pool().size()).isEqualTo(64);
        } finally {
            for (RawServer server : servers) {
                server.close();
            }
        }
    }
}
