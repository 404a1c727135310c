// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.SnapshotReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SplitterTest {
    private final List<String> found = new ArrayList<>();

    private final Splitter.Sink sink = new Splitter.Sink() {
        @Override
        public boolean record(byte[] bytes, long offset, int line) {
            found.add(line + "@" + offset + " " + new String(bytes, StandardCharsets.UTF_8));
            return found.size() < 1_000;
        }

        @Override
        public boolean tooLong(int line) {
            found.add(line + " too long");
            return true;
        }
    };

    @Test
    void aLineIsADocument() throws IOException {
        assertThat(split("{\"a\":1}\n{\"b\":{}}\r\n\n  {\"c\":[{}]}"))
                .containsExactly("1@0 {\"a\":1}", "2@8 {\"b\":{}}", "4@21 {\"c\":[{}]}");
    }

    @Test
    void anIndentedDocumentIsOne() throws IOException {
        String indented = "{\n  \"a\" : [ {\n    \"b\" : 1\n  } ]\n}";
        assertThat(split(indented + "\n" + indented + "\n")).containsExactly("1@0 " + indented, "6@34 " + indented);
    }

    @Test
    void aTornLineCostsNothingButItself() throws IOException {
        assertThat(split("{\"a\":\"x{[\n{\"b\":1}\n{\"c\":[1,\n{\"d\":1}\n"))
                .containsExactly("1@0 {\"a\":\"x{[", "2@10 {\"b\":1}", "3@18 {\"c\":[1,", "4@27 {\"d\":1}");
    }

    @Test
    void whatIsNoDocumentIsHandedOutByLine() throws IOException {
        assertThat(split("hello } there\n{\"a\":\"}\\\"{\"} trailing\n]\n"))
                .containsExactly("1@0 hello }", "1@8 there", "2@14 {\"a\":\"}\\\"{\"}", "2@27 trailing", "3@36 ]");
    }

    @Test
    void aDocumentThatIsTooLongIsNotHeld() throws IOException {
        byte[] half = "x".repeat(SnapshotReader.MOST_BYTES / 2).getBytes(StandardCharsets.UTF_8);
        InputStream in = new SequenceInputStream(
                new SequenceInputStream(bytes("{\"a\":\""), new ByteArrayInputStream(half)),
                new SequenceInputStream(new ByteArrayInputStream(half), bytes("\"}\n{\"b\":1}\n")));
        new Splitter(sink).read(in);
        assertThat(found).containsExactly("1 too long", "2@" + (SnapshotReader.MOST_BYTES + 9) + " {\"b\":1}");
    }

    @Property
    void documentsComeOutAsTheyWentInHoweverTheyArrive(
            @ForAll("documents") List<String> documents, @ForAll boolean dripped) throws IOException {
        found.clear();
        InputStream whole = bytes(String.join("\n", documents));
        new Splitter(sink).read(dripped ? dripping(whole) : whole);
        assertThat(found.stream().map(text -> text.substring(text.indexOf(' ') + 1)))
                .containsExactlyElementsOf(documents);
    }

    @Provide
    Arbitrary<List<String>> documents() {
        Arbitrary<String> text = Arbitraries.of("{", "}", "[", "]", "\\\"", "\\\\", "a", " ", ",", "é")
                .list()
                .ofMaxSize(12)
                .map(parts -> "{\"k\":\"" + String.join("", parts) + "\",\"l\":[[{}],{}]}");
        return text.list().ofMaxSize(8);
    }

    private static InputStream dripping(InputStream in) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return in.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return in.read(bytes, offset, Math.min(1, length));
            }
        };
    }

    private List<String> split(String text) throws IOException {
        new Splitter(sink).read(bytes(text));
        return found;
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
