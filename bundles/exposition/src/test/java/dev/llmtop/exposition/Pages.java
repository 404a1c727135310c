// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.Value;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Pages for tests: texts, and one that is made while it is read. */
final class Pages implements PageConsumer {
    final List<Sample> samples = new ArrayList<>();
    final List<Family> declared = new ArrayList<>();
    private final String prefix;

    private Pages(String prefix) {
        this.prefix = prefix;
    }

    /** What was read of a page, and how it went. */
    record Result(List<Sample> samples, List<Family> declared, PageSummary summary) {
        Sample only() {
            if (samples.size() != 1) {
                throw new AssertionError("one sample expected, not " + samples);
            }
            return samples.get(0);
        }
    }

    static Result read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), "");
    }

    static Result read(byte[] bytes, String prefix) {
        return read(new ByteArrayInputStream(bytes), prefix);
    }

    static Result read(InputStream body, String prefix) {
        Pages pages = new Pages(prefix);
        try {
            PageSummary summary = ExpositionReader.read(body, pages);
            return new Result(pages.samples, pages.declared, summary);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static Reading reading(SeriesTable table, String text) {
        return reading(table, text, false);
    }

    static Reading reading(SeriesTable table, String text, boolean cut) {
        try {
            SeriesPage page = table.reader().read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            return table.reading("/metrics", new Streamed<>(200, Value.of(page), cut, Stamp.now()))
                    .build();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public String prefix() {
        return prefix;
    }

    @Override
    public void sample(Sample sample) {
        samples.add(sample);
    }

    @Override
    public void declared(Family family) {
        declared.add(family);
    }

    /** A page of many lines that never lies in memory. */
    static final class Endless extends InputStream {
        private final long lines;
        private final java.util.function.LongFunction<String> line;
        private byte[] now = new byte[0];
        private int at;
        private long next;

        Endless(long lines, java.util.function.LongFunction<String> line) {
            this.lines = lines;
            this.line = line;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (at == now.length) {
                if (next == lines) {
                    return -1;
                }
                now = (line.apply(next++) + "\n").getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            int size = Math.min(length, now.length - at);
            System.arraycopy(now, at, into, from, size);
            at += size;
            return size;
        }
    }
}
