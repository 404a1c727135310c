// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One accepted connection, with what came and went counted. Used by one thread. */
final class Connection {
    private static final int LONGEST_HEAD = 1 << 20;

    private final Traffic traffic;
    private final InputStream in;
    private final OutputStream out;

    Connection(Socket socket, Traffic traffic) throws IOException {
        this.traffic = traffic;
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream(), 16_384);
    }

    /** The next request; empty at the end of the connection. */
    Optional<ReceivedRequest> nextRequest() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!(head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n"))) {
            int next = in.read();
            if (next < 0 || head.length() > LONGEST_HEAD) {
                return Optional.empty();
            }
            traffic.received(1);
            head.append((char) next);
        }
        String[] lines = head.toString().split("\r\n");
        String[] first = lines[0].split(" ", 3);
        Map<String, List<String>> headers = headers(lines);
        long body = skipBody(headers);
        ReceivedRequest request =
                new ReceivedRequest(first[0], first.length > 1 ? first[1] : "", headers, head.toString(), body);
        traffic.requested(request);
        return Optional.of(request);
    }

    private static Map<String, List<String>> headers(String[] lines) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int at = 1; at < lines.length; at++) {
            int colon = lines[at].indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(
                                lines[at].substring(0, colon).toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
                        .add(lines[at].substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private long skipBody(Map<String, List<String>> headers) throws IOException {
        List<String> lengths = headers.getOrDefault("content-length", List.of());
        if (lengths.isEmpty() || !lengths.get(0).matches("\\d{1,9}")) {
            return 0;
        }
        long length = Long.parseLong(lengths.get(0));
        long read = in.readNBytes((int) length).length;
        traffic.received(read);
        return read;
    }

    /** Sends text, one byte a character, at once. */
    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes, at once. */
    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        traffic.sent(bytes.length);
    }

    /** Reads what comes until the other side ends, and answers nothing. */
    void readToTheEnd() throws IOException {
        byte[] buffer = new byte[4096];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            traffic.received(read);
        }
    }
}
