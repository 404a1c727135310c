// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever bytes come, reading them ends with an answer or a reason, and never with another exception. */
class ResponsePropertyTest {
    private final HeldBodies bodies = new HeldBodies(8 << 20);
    private final JsonReader json = new JsonReader();

    @Property(tries = 2_000)
    void randomBytesEnd(@ForAll byte[] bytes) {
        read(bytes);
    }

    @Property(tries = 2_000)
    void randomBytesAfterAHeadEnd(@ForAll("heads") String head, @ForAll byte[] bytes) {
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(start, start.length + bytes.length);
        System.arraycopy(bytes, 0, all, start.length, bytes.length);
        read(all);
    }

    @Property(tries = 2_000)
    void piecesOfHttpInAnyOrderEnd(@ForAll("pieces") List<String> pieces) {
        read(String.join("", pieces).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Property(tries = 500)
    void chunksInAnySizesGiveTheSameBody(@ForAll("texts") List<String> chunks) {
        StringBuilder sent = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (String chunk : chunks) {
            sent.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        Result result = read(sent.append("0\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        assertThat(result.body()).isEqualTo(String.join("", chunks));
        assertThat(result.cut()).isFalse();
    }

    @Property(tries = 500)
    void aHeadComesBackAsItWas(
            @ForAll @IntRange(min = 200, max = 599) int status, @ForAll("headers") Map<String, String> headers)
            throws IOException {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));

        ResponseHead head = HeadReader.read(
                new WireInput(new Recorded(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1))));

        assertThat(head.status()).isEqualTo(status);
        headers.forEach((name, value) ->
                assertThat(head.first(name.toLowerCase(Locale.ROOT))).contains(value));
    }

    @Property(tries = 500)
    void aBodyThatBreaksOffAnywhereIsCutAndKeepsWhatCame(
            @ForAll @Size(min = 1, max = 3_000) byte[] body, @ForAll int at) {
        int came = Math.floorMod(at, body.length + 1);
        byte[] head =
                ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + came);
        System.arraycopy(body, 0, all, head.length, came);

        Result result = read(all);

        assertThat(result.cut()).isEqualTo(came < body.length);
        assertThat(result.body()).isEqualTo(new String(body, 0, came, StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<Map<String, String>> headers() {
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(20)
                .map(name -> "X-" + name);
        Arbitrary<String> values =
                Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(200);
        return Arbitraries.maps(names, values).ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> heads() {
        return Arbitraries.of(
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\u001f\u008b\b\0\0\0\0\0\0\3",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{",
                "HTTP/1.1 200 OK\r\n");
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(
                        "HTTP/1.1 ",
                        "HTTP/1.0 ",
                        "200",
                        "100",
                        "204",
                        " OK",
                        "\r\n",
                        "\n",
                        "\r",
                        " ",
                        ":",
                        "Content-Length: ",
                        "Transfer-Encoding: chunked",
                        "Content-Encoding: gzip",
                        "Connection: close",
                        "0",
                        "5",
                        "ffff",
                        ";",
                        "-",
                        "abc",
                        "\0",
                        "\u001f\u008b",
                        "[",
                        "{\"a\":")
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .ascii()
                .ofMinLength(1)
                .ofMaxLength(20_000)
                .list()
                .ofMaxSize(5);
    }

    private record Result(String body, boolean cut) {}

    private Result read(byte[] bytes) {
        WireInput input = new WireInput(new Recorded(bytes));
        try {
            ResponseHead head = HeadReader.read(input);
            CappedBody body = new CappedBody(
                    DecodedBody.of(head, new FramedBody(input, Frame.of(head, input))), HeldBodies.MOST_BYTES);
            try (HeldBodies.Held held = bodies.read(body)) {
                json.read(held.text(), head.first("content-type").orElse(""));
                return new Result(held.text(), body.cut());
            }
        } catch (Trouble reason) {
            assertThat(reason.detail()).isNotBlank();
            return new Result("", true);
        } catch (IOException other) {
            throw new AssertionError("not a reason", other);
        } finally {
            assertThat(bodies.free()).isEqualTo(8 << 20);
        }
    }

    /** Gives its bytes in pieces of uneven size. */
    private static final class Recorded implements Wire {
        private final ByteArrayInputStream bytes;
        private int size = 1;

        private Recorded(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read(ByteBuffer into) {
            size = size % 37 + 1;
            byte[] piece = new byte[Math.min(size, into.remaining())];
            int count = bytes.read(piece, 0, piece.length);
            if (count > 0) {
                into.put(piece, 0, count);
            }
            return count;
        }

        @Override
        public void write(ByteBuffer from) {
            throw new UnsupportedOperationException("only read from");
        }

        @Override
        public boolean quiet() {
            return false;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
