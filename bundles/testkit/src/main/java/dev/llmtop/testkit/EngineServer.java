// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import dev.llmtop.spi.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/**
 * A real HTTP/1.1 server on a loopback port, kept alive, a thread for each connection. It answers what it was told to and records
 * every request. Unknown paths are 404.
 */
public final class EngineServer implements AutoCloseable {
    private final LoopbackServer server;
    private final String host;
    private final Map<String, Answers> answers = new ConcurrentHashMap<>();
    private volatile Function<ReceivedRequest, CannedAnswer> otherwise = unused -> notFound();

    private EngineServer(String host, int port) {
        this.host = host;
        server = LoopbackServer.start(host, port, this::serve);
    }

    /** A server on a free port of 127.0.0.1. */
    public static EngineServer start() {
        return new EngineServer("127.0.0.1", 0);
    }

    /**
     * A server on this address.
     *
     * @param host a loopback address, such as {@code ::1}
     * @param port 0 for a free one
     */
    public static EngineServer start(String host, int port) {
        return new EngineServer(host, port);
    }

    /** A server that answers as recorded, see {@link CaseFolder}. */
    public static EngineServer replay(Path caseFolder) {
        EngineServer started = start();
        CaseFolder.read(caseFolder).feed(started);
        return started;
    }

    /**
     * Answers a path so. A path that is told several answers gives them one after the other, and the last for ever.
     *
     * @param path with its query; without one it also stands for every query
     */
    public EngineServer answer(String path, CannedAnswer answer) {
        answers.computeIfAbsent(path, unused -> new Answers()).add(unused -> answer);
        return this;
    }

    /** As {@link #answer(String, CannedAnswer)}; an empty content type sends none. */
    public EngineServer answer(String path, int status, String contentType, String body) {
        return answer(path, CannedAnswer.of(status, contentType, body));
    }

    /** Answers a path by what is computed for each request, from now on. */
    public EngineServer compute(String path, Function<ReceivedRequest, CannedAnswer> answer) {
        Answers only = new Answers();
        only.add(answer);
        answers.put(path, only);
        return this;
    }

    /** Forgets the answers of a path and gives this one from now on. */
    public EngineServer replace(String path, CannedAnswer answer) {
        return compute(path, unused -> answer);
    }

    /** What every other path answers. */
    public EngineServer otherwise(CannedAnswer answer) {
        otherwise = unused -> answer;
        return this;
    }

    /** What every other path answers, by what is computed for each request. */
    public EngineServer computeOtherwise(Function<ReceivedRequest, CannedAnswer> answer) {
        otherwise = answer;
        return this;
    }

    /** Its port. */
    public int port() {
        return server.port();
    }

    /** Where it listens. */
    public Endpoint endpoint() {
        return Endpoint.tcp(host, port());
    }

    /** Its canonical address, the id of its engine. */
    public String id() {
        return endpoint().id();
    }

    /** Every request so far, in the order in which they came. */
    public List<ReceivedRequest> requests() {
        return server.traffic().requests();
    }

    /** Paths of all requests so far, with their queries. */
    public List<String> paths() {
        return requests().stream().map(ReceivedRequest::path).toList();
    }

    /** Connections accepted so far. */
    public int connections() {
        return server.traffic().connections();
    }

    /**
     * Fails where any request was no GET, had a body, or asked a path that is not declared.
     *
     * @param declared templates as {@link dev.llmtop.spi.EngineType#paths} has them
     */
    public void assertOnly(Collection<String> declared) {
        PathTemplates templates = new PathTemplates(declared);
        for (ReceivedRequest request : requests()) {
            if (!request.method().equals("GET")) {
                throw new AssertionError(
                        "only GET is allowed, but " + id() + " got " + request.method() + " " + request.path());
            }
            if (request.bodyBytes() > 0) {
                throw new AssertionError("a GET has no body, but " + request.path() + " of " + id() + " got one");
            }
            if (!templates.allow(request.path())) {
                throw new AssertionError(
                        "undeclared path " + request.path() + " asked of " + id() + "; declared are " + declared);
            }
        }
    }

    /** As {@link #assertOnly(Collection)}. */
    public void assertOnly(String... declared) {
        assertOnly(List.of(declared));
    }

    @Override
    public void close() {
        server.close();
    }

    private void serve(Connection connection) throws IOException, InterruptedException {
        boolean alive = true;
        while (alive) {
            Optional<ReceivedRequest> request = connection.nextRequest();
            if (request.isEmpty()) {
                return;
            }
            send(connection, answerTo(request.get()), request.get());
            alive = !request.get().header("connection").orElse("").equalsIgnoreCase("close");
        }
    }

    private CannedAnswer answerTo(ReceivedRequest request) {
        Answers exact = answers.get(request.path());
        Answers known = exact == null ? answers.get(request.plainPath()) : exact;
        return known == null ? otherwise.apply(request) : known.next().apply(request);
    }

    private static void send(Connection connection, CannedAnswer answer, ReceivedRequest request)
            throws IOException, InterruptedException {
        if (answer.latch().isPresent()) {
            answer.latch().get().await();
        }
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " x\r\n");
        answer.headers()
                .forEach(header -> head.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append("\r\n"));
        byte[] body = request.method().equals("HEAD") ? new byte[0] : answer.body();
        switch (answer.form()) {
            case SIZED, BROKEN_OFF ->
                head.append("Content-Length: ").append(body.length).append("\r\n");
            case CHUNKED -> {
                head.append("Transfer-Encoding: chunked\r\n");
                body = chunks(body);
            }
            case GZIPPED -> {
                body = gzip(body);
                head.append("Content-Encoding: gzip\r\nContent-Length: ")
                        .append(body.length)
                        .append("\r\n");
            }
        }
        connection.send(head.append("\r\n").toString());
        if (answer.form() == CannedAnswer.Form.BROKEN_OFF) {
            connection.send(Arrays.copyOf(body, answer.sent()));
            throw new IOException("broken off, as told");
        }
        connection.send(body);
    }

    private static byte[] chunks(byte[] body) {
        ByteArrayOutputStream chunked = new ByteArrayOutputStream();
        int size = Math.max(1, body.length / 3);
        for (int at = 0; at < body.length; at += size) {
            int length = Math.min(size, body.length - at);
            chunked.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunked.write(body, at, length);
            chunked.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        chunked.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunked.toByteArray();
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        }
        return compressed.toByteArray();
    }

    private static CannedAnswer notFound() {
        return CannedAnswer.of(404, "application/json", "{\"detail\":\"Not Found\"}");
    }

    /** Answers of one path, one after the other. */
    private static final class Answers {
        private final List<Function<ReceivedRequest, CannedAnswer>> sequence = new CopyOnWriteArrayList<>();
        private final AtomicInteger given = new AtomicInteger();

        void add(Function<ReceivedRequest, CannedAnswer> answer) {
            sequence.add(answer);
        }

        Function<ReceivedRequest, CannedAnswer> next() {
            return sequence.get(Math.min(given.getAndIncrement(), sequence.size() - 1));
        }
    }
}
