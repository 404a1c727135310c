// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the head of an answer, interim answers (1xx) passed over. Forgiving in form (bare LF, folded lines, no reason), never in size. */
final class HeadReader {
    /** The most bytes of all heads of one answer together. */
    static final int MOST_BYTES = 65_536;

    private static final int MOST_LINES = 1_000;
    private static final int MOST_INTERIM = 16;
    private static final String PROTOCOL = "HTTP/";

    private final WireInput input;
    private int left = MOST_BYTES;
    private boolean begun;

    private HeadReader(WireInput input) {
        this.input = input;
    }

    static ResponseHead read(WireInput input) throws IOException {
        HeadReader reader = new HeadReader(input);
        for (int interim = 0; interim <= MOST_INTERIM; interim++) {
            ResponseHead head = reader.readOne();
            if (head.status() == 101) {
                throw new Trouble(Reason.MALFORMED, "answered 101: it changes to a protocol that nobody asked for");
            }
            if (head.status() >= 200) {
                return head;
            }
        }
        throw new Trouble(Reason.MALFORMED, "answers 1xx again and again");
    }

    private ResponseHead readOne() throws IOException {
        expectProtocol();
        String line = line();
        int minor = line.length() > 2 && line.startsWith("1.") ? Character.digit(line.charAt(2), 10) : -1;
        int status = minor < 0 ? -1 : status(line.substring(3).strip());
        if (status < 0) {
            throw new Trouble(Reason.MALFORMED, "no status line: 'HTTP/" + shortened(line) + "'");
        }
        return new ResponseHead(status, minor, headers());
    }

    private static int status(String text) {
        if (text.length() < 3 || (text.length() > 3 && Character.isLetterOrDigit(text.charAt(3)))) {
            return -1;
        }
        int status = 0;
        for (int at = 0; at < 3; at++) {
            char digit = text.charAt(at);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            status = status * 10 + digit - '0';
        }
        return status >= 100 && status <= 599 ? status : -1;
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        List<String> last = new ArrayList<>();
        for (int lines = 0; lines < MOST_LINES; lines++) {
            String line = line();
            if (line.isEmpty()) {
                headers.replaceAll((name, values) -> List.copyOf(values));
                return headers;
            }
            int colon = line.indexOf(':');
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                if (!last.isEmpty()) {
                    last.set(last.size() - 1, last.get(last.size() - 1) + " " + line.strip());
                }
            } else if (colon > 0) {
                String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                last = headers.computeIfAbsent(name, unseen -> new ArrayList<>());
                last.add(line.substring(colon + 1).strip());
            }
        }
        throw new Trouble(Reason.TOO_LARGE, "its head has more than " + MOST_LINES + " lines");
    }

    /** Fails at the first byte that is not HTTP's: a banner must not make us wait for a line end that never comes. */
    private void expectProtocol() throws IOException {
        int next = next();
        for (int blank = 0; blank < 4 && (next == '\r' || next == '\n'); blank++) {
            next = next();
        }
        for (int at = 0; at < PROTOCOL.length(); at++) {
            if (next != PROTOCOL.charAt(at)) {
                throw noHttp(PROTOCOL.substring(0, at), next);
            }
            if (at < PROTOCOL.length() - 1) {
                next = next();
            }
        }
    }

    private Trouble noHttp(String seen, int first) throws IOException {
        StringBuilder banner = new StringBuilder(seen).append((char) first);
        while (input.available() > 0 && banner.length() < 60) {
            int next = input.read();
            if (next == '\n') {
                break;
            }
            banner.append((char) next);
        }
        if (first == 0x15 && seen.isEmpty() && banner.length() > 1 && banner.charAt(1) == 3) {
            return new Trouble(Reason.MALFORMED, Trouble.Kind.SPEAKS_TLS, "speaks TLS, not plain HTTP");
        }
        String shown = shortened(banner.toString());
        return new Trouble(
                Reason.MALFORMED,
                shown.isBlank() ? "no HTTP: answers in a binary protocol" : "no HTTP: it says '" + shown + "'");
    }

    private static String shortened(String text) {
        String printable = Text.clean(text).replaceAll("[^\\x20-\\x7e]", "").strip();
        return printable.substring(0, Math.min(60, printable.length()));
    }

    /** The rest of the line, without its end. */
    private String line() throws IOException {
        byte[] bytes = new byte[128];
        int count = 0;
        for (int next = next(); next != '\n'; next = next()) {
            if (count == bytes.length) {
                bytes = Arrays.copyOf(bytes, count * 2);
            }
            bytes[count++] = (byte) next;
        }
        if (count > 0 && bytes[count - 1] == '\r') {
            count--;
        }
        return new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
    }

    private int next() throws IOException {
        if (--left < 0) {
            throw new Trouble(Reason.TOO_LARGE, "its head is longer than 64 KiB");
        }
        int next;
        try {
            next = input.read();
        } catch (Trouble known) {
            throw known;
        } catch (IOException broken) {
            throw begun ? broken : noFirstByte(String.valueOf(broken.getMessage()), broken);
        }
        if (next < 0) {
            throw begun
                    ? new Trouble(Reason.UNREACHABLE, "the connection ended inside the answer's head")
                    : noFirstByte("the connection was closed without an answer", null);
        }
        begun = true;
        return next;
    }

    private static Trouble noFirstByte(String detail, @Nullable IOException cause) {
        Trouble trouble = new Trouble(Reason.UNREACHABLE, Trouble.Kind.NO_FIRST_BYTE, detail);
        if (cause != null) {
            trouble.initCause(cause);
        }
        return trouble;
    }
}
