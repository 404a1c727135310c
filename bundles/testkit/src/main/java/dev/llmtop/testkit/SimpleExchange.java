// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Stamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * One GET over a connection of its own, read to its end, to the deadline or to the cap. For the testkit's own servers, which close when
 * asked to.
 */
final class SimpleExchange {
    /** What is held of an answer, decoded. */
    private static final int MOST_BYTES = 16 << 20;

    private static final int MOST_OF_A_HEAD = 64 << 10;

    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final boolean cut;
    private final Stamp stamp;

    private SimpleExchange(int status, Map<String, List<String>> headers, byte[] body, boolean cut, Stamp stamp) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.cut = cut;
        this.stamp = stamp;
    }

    /** @throws IOException where no answer came in time, or one that is no HTTP */
    static SimpleExchange get(Endpoint endpoint, String path, Duration deadline) throws IOException {
        long ends = System.nanoTime() + deadline.toNanos();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), millisUntil(ends));
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: " + endpoint.authority() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            boolean whole = readOne(socket, all, ends);
            Stamp stamp = Stamp.now();
            whole = whole || read(socket, all, ends);
            return parse(all.toByteArray(), whole, stamp);
        } catch (NumberFormatException | IndexOutOfBoundsException noHttp) {
            throw new IOException("no HTTP answer", noHttp);
        }
    }

    /** Whether the other side has closed already. */
    private static boolean readOne(Socket socket, ByteArrayOutputStream all, long ends) throws IOException {
        socket.setSoTimeout(millisUntil(ends));
        int first = socket.getInputStream().read();
        if (first >= 0) {
            all.write(first);
        }
        return first < 0;
    }

    /** Whether the other side closed before the time or the room was over. */
    private static boolean read(Socket socket, ByteArrayOutputStream all, long ends) throws IOException {
        byte[] some = new byte[1 << 16];
        try {
            while (all.size() < MOST_BYTES) {
                socket.setSoTimeout(millisUntil(ends));
                int length = socket.getInputStream().read(some);
                if (length < 0) {
                    return true;
                }
                all.write(some, 0, length);
            }
        } catch (SocketTimeoutException late) {
            // What came in time is what there is.
        }
        return false;
    }

    private static int millisUntil(long ends) throws SocketTimeoutException {
        long left = (ends - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) left;
    }

    private static SimpleExchange parse(byte[] all, boolean whole, Stamp stamp) throws IOException {
        String start = new String(all, 0, Math.min(all.length, MOST_OF_A_HEAD), StandardCharsets.ISO_8859_1);
        int end = start.indexOf("\r\n\r\n");
        if (!start.startsWith("HTTP/1.") || end < 0) {
            throw new IOException("no HTTP answer");
        }
        String[] lines = start.substring(0, end).split("\r\n");
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int at = 1; at < lines.length; at++) {
            int colon = lines[at].indexOf(':');
            headers.computeIfAbsent(lines[at].substring(0, colon).toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
                    .add(lines[at].substring(colon + 1).strip());
        }
        byte[] body = Arrays.copyOfRange(all, end + 4, all.length);
        String length = headers.getOrDefault("content-length", List.of("")).get(0);
        boolean cut = !whole || !length.isEmpty() && body.length < Long.parseLong(length);
        if (headers.containsKey("transfer-encoding")) {
            body = unchunk(body, cut);
        }
        if (headers.containsKey("content-encoding")) {
            GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(body));
            body = plain.readNBytes(MOST_BYTES);
            cut = cut || body.length == MOST_BYTES;
        }
        return new SimpleExchange(Integer.parseInt(lines[0].substring(9, 12)), headers, body, cut, stamp);
    }

    private static byte[] unchunk(byte[] body, boolean cut) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int lineEnd = text.indexOf("\r\n", at);
            if (lineEnd < 0 && cut) {
                return plain.toByteArray();
            }
            int size = Integer.parseInt(text.substring(at, lineEnd), 16);
            if (size == 0) {
                return plain.toByteArray();
            }
            int there = Math.min(size, body.length - lineEnd - 2);
            plain.write(body, lineEnd + 2, there);
            if (there < size) {
                return plain.toByteArray();
            }
            at = lineEnd + 2 + size + 2;
        }
    }

    int status() {
        return status;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    JsonNode json() {
        try {
            JsonNode tree = new ObjectMapper().readTree(body);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (IOException noJson) {
            return MissingNode.getInstance();
        }
    }

    boolean cut() {
        return cut;
    }

    Stamp stamp() {
        return stamp;
    }
}
