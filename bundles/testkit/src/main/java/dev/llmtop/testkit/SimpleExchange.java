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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** One GET over a connection of its own, read to its end. For the testkit's own servers, which close when asked to. */
final class SimpleExchange {
    private static final int READ_MILLIS = 10_000;

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

    static SimpleExchange get(Endpoint endpoint, String path) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), READ_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: " + endpoint.authority() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] first = socket.getInputStream().readNBytes(1);
            Stamp stamp = Stamp.now();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(first);
            socket.getInputStream().transferTo(all);
            return parse(all.toByteArray(), stamp);
        }
    }

    private static SimpleExchange parse(byte[] all, Stamp stamp) throws IOException {
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.") || end < 0) {
            throw new IOException("no HTTP answer");
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int at = 1; at < lines.length; at++) {
            int colon = lines[at].indexOf(':');
            headers.computeIfAbsent(lines[at].substring(0, colon).toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
                    .add(lines[at].substring(colon + 1).strip());
        }
        byte[] body = Arrays.copyOfRange(all, end + 4, all.length);
        String length = headers.getOrDefault("content-length", List.of("")).get(0);
        boolean cut = !length.isEmpty() && body.length < Integer.parseInt(length);
        if (headers.containsKey("transfer-encoding")) {
            body = unchunk(body);
        }
        if (headers.containsKey("content-encoding")) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        return new SimpleExchange(Integer.parseInt(lines[0].substring(9, 12)), headers, body, cut, stamp);
    }

    private static byte[] unchunk(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int lineEnd = text.indexOf("\r\n", at);
            int size = Integer.parseInt(text.substring(at, lineEnd), 16);
            if (size == 0) {
                return plain.toByteArray();
            }
            plain.write(body, lineEnd + 2, size);
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
