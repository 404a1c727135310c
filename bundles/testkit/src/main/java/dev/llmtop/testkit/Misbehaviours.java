// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import dev.llmtop.spi.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** What each {@link Hostility} does on a connection. */
final class Misbehaviours {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String SOME_JSON = "{\"version\":\"0.11.0\"}";

    private Misbehaviours() {}

    /** What happens after a request. */
    @FunctionalInterface
    private interface Reaction {
        void to(Connection connection) throws IOException, InterruptedException;
    }

    static LoopbackServer.Handler redirecting(Endpoint stranger) {
        return afterEach(connection -> connection.send(
                "HTTP/1.1 302 Found\r\nLocation: " + stranger.url() + "/version\r\nContent-Length: 0\r\n\r\n"));
    }

    static LoopbackServer.Handler of(Hostility hostility) {
        return switch (hostility) {
            case DRIPS -> afterFirst(Misbehaviours::drip);
            case NEVER_ANSWERS -> Connection::readToTheEnd;
            case ENDLESS_BODY -> afterFirst(Misbehaviours::endlessBody);
            case ENDLESS_HEADERS -> afterFirst(Misbehaviours::endlessHeaders);
            case GZIP_BOMB -> {
                byte[] bomb = bomb();
                yield afterEach(connection -> {
                    connection.send(OK + "Content-Encoding: gzip\r\nContent-Type: text/plain\r\nContent-Length: "
                            + bomb.length + "\r\n\r\n");
                    connection.send(bomb);
                });
            }
            case EVENT_STREAM ->
                afterFirst(connection -> {
                    connection.send(OK + "Content-Type: text/event-stream\r\n\r\ndata: {}\n\n");
                    connection.readToTheEnd();
                });
            case GARBAGE -> afterFirst(Misbehaviours::garbage);
            case SSH -> banner("SSH-2.0-OpenSSH_9.6\r\n");
            case SMTP -> banner("220 mail.example.org ESMTP ready\r\n");
            case REDIS ->
                afterFirst(connection -> connection.send("-ERR wrong number of arguments for 'get' command\r\n"));
            case REDIRECT -> throw new IllegalArgumentException("a redirect needs a stranger");
            case LENGTH_TOO_LONG -> afterFirst(connection -> connection.send(json("1000", SOME_JSON)));
            case LENGTH_TOO_SHORT -> afterEach(connection -> connection.send(json("5", SOME_JSON)));
            case LENGTH_NEGATIVE -> afterFirst(connection -> connection.send(json("-7", SOME_JSON)));
            case LENGTH_HUGE -> afterFirst(connection -> connection.send(json("99999999999999999999", SOME_JSON)));
            case BROKEN_CHUNKS ->
                afterFirst(
                        connection -> connection.send(
                                OK
                                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"ver\r\nzz\r\n\r\n"));
            case MANY_SERIES -> afterFirst(Misbehaviours::manySeries);
            case DEEP_JSON -> steady("application/json", "[".repeat(20_000) + "]".repeat(20_000));
            case HTML_EVERYWHERE ->
                steady("text/html", "<!doctype html><html><body><div id=\"app\"></div></body></html>");
            case EMPTY_OK -> steady("application/json", "");
            case STATUS_OK -> steady("application/json", "{\"status\":\"ok\"}");
            case UNAUTHORIZED ->
                afterEach(
                        connection -> connection.send(
                                "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: 24\r\n\r\n{\"error\":\"Unauthorized\"}"));
            case CLOSES_AT_ONCE -> connection -> {};
        };
    }

    private static LoopbackServer.Handler afterFirst(Reaction reaction) {
        return connection -> {
            if (connection.nextRequest().isPresent()) {
                reaction.to(connection);
            }
        };
    }

    private static LoopbackServer.Handler afterEach(Reaction reaction) {
        return connection -> {
            for (Optional<ReceivedRequest> request = connection.nextRequest();
                    request.isPresent();
                    request = connection.nextRequest()) {
                reaction.to(connection);
            }
        };
    }

    private static LoopbackServer.Handler banner(String banner) {
        return connection -> {
            connection.send(banner);
            connection.readToTheEnd();
        };
    }

    private static LoopbackServer.Handler steady(String contentType, String body) {
        return afterEach(connection -> connection.send(
                OK + "Content-Type: " + contentType + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body));
    }

    private static String json(String length, String body) {
        return OK + "Content-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n" + body;
    }

    private static void drip(Connection connection) throws IOException, InterruptedException {
        String head = OK + "Content-Type: application/json\r\nX-Drip: ";
        CountDownLatch never = new CountDownLatch(1);
        for (int at = 0; ; at++) {
            connection.send(at < head.length() ? head.substring(at, at + 1) : "x");
            if (never.await(1, TimeUnit.SECONDS)) {
                return;
            }
        }
    }

    private static void endlessBody(Connection connection) throws IOException {
        connection.send(OK + "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
        String chunk = "2000\r\n" + "x".repeat(0x2000) + "\r\n";
        while (true) {
            connection.send(chunk);
        }
    }

    private static void endlessHeaders(Connection connection) throws IOException {
        connection.send(OK);
        for (long at = 0; ; at++) {
            connection.send("X-Header-" + at + ": " + "y".repeat(200) + "\r\n");
        }
    }

    private static void garbage(Connection connection) throws IOException {
        byte[] noise = new byte[4096];
        new Random(7).nextBytes(noise);
        connection.send(noise);
    }

    private static void manySeries(Connection connection) throws IOException {
        connection.send(OK + "Content-Type: text/plain; version=0.0.4\r\nConnection: close\r\n\r\n"
                + "# TYPE vllm:generation_tokens_total counter\n");
        StringBuilder page = new StringBuilder();
        for (int at = 0; at < 400_000; at++) {
            page.append("vllm:generation_tokens_total{engine=\"")
                    .append(at)
                    .append("\"} ")
                    .append(at)
                    .append('\n');
            if (page.length() > 60_000) {
                connection.send(page.toString());
                page.setLength(0);
            }
        }
        connection.send(page.toString());
    }

    private static byte[] bomb() {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            byte[] zeros = "0".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int at = 0; at < 256; at++) {
                gzip.write(zeros);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }
}
