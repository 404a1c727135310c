// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of Prometheus text 0.0.4 or OpenMetrics 1.0, whichever it is, in one pass and without holding it. Whatever stands
 * on the page, reading ends and nothing is thrown: what is no line of either format is left out and counted.
 *
 * <ul>
 *   <li>Quoted names (Prometheus text 1.0.0), CRLF, blanks and empty lines are taken; invalid UTF-8 becomes U+FFFD.
 *   <li>A series that stands on the page twice counts once: the first. Labels have no order.
 *   <li>A last line without its end is left out: on a cut page its value may be half of one.
 *   <li>At most {@link #MOST_SERIES} wanted series are handed over.
 * </ul>
 */
public final class ExpositionReader {
    /** The most samples handed over of one page. */
    public static final int MOST_SERIES = 20_000;

    /** The longest line read, in bytes. */
    public static final int LONGEST_LINE = 64 * 1024;

    private final PageConsumer consumer;
    private final LineReader lines;
    private final SampleParser parser = new SampleParser();
    private final FamilyTable families;
    private final SeriesSet seen = new SeriesSet();
    private final byte[] prefix;
    private @Nullable String lastName;
    private Family lastFamily = Family.untyped("");
    private String open = "";
    private int kept;
    private long unwanted;
    private long broken;
    private long duplicates;
    private long dropped;

    private ExpositionReader(InputStream body, PageConsumer consumer) {
        this.consumer = consumer;
        lines = new LineReader(body, LONGEST_LINE);
        prefix = consumer.prefix().getBytes(StandardCharsets.UTF_8);
        families = new FamilyTable(prefix, parser);
    }

    /**
     * Reads a page to its end.
     *
     * @throws IOException where the stream throws it; what was handed over before stands
     */
    public static PageSummary read(InputStream body, PageConsumer consumer) throws IOException {
        return new ExpositionReader(body, consumer).readAll();
    }

    private PageSummary readAll() throws IOException {
        while (lines.next()) {
            line(lines.buffer(), lines.from(), lines.to());
        }
        return new PageSummary(
                lines.bytes(),
                lines.lines(),
                kept,
                new PageSummary.Skipped(unwanted, broken, lines.overlong(), duplicates, dropped),
                new PageSummary.End(lines.whole(), open));
    }

    private void line(byte[] bytes, int start, int to) {
        int from = start;
        while (from < to && (bytes[from] == ' ' || bytes[from] == '\t')) {
            from++;
        }
        if (from == to) {
            return;
        }
        if (bytes[from] == '#') {
            open = "";
            families.comment(bytes, from, to).ifPresent(this::declare);
        } else if (bytes[from] == '{') {
            quotedName(bytes, from, to);
        } else if (hasPrefix(bytes, from, to)) {
            plainName(bytes, from, to);
        } else {
            open = "";
            unwanted++;
        }
    }

    private void declare(Family family) {
        lastName = null;
        consumer.declared(family);
    }

    private void plainName(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != '{' && bytes[end] != ' ' && bytes[end] != '\t') {
            end++;
        }
        String known = lastName;
        String name;
        if (known != null && TextCache.same(known, bytes, from, end)) {
            name = known;
        } else if (isName(bytes, from, end)) {
            name = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
        } else {
            broken++;
            return;
        }
        if (wanted(name)) {
            parser.open(bytes, end, to);
            sample(name, parser.readLabels());
        }
    }

    private void quotedName(byte[] bytes, int from, int to) {
        parser.open(bytes, from, to);
        boolean read = parser.readLabels();
        String name = parser.quotedName();
        if (!read || name.isEmpty()) {
            broken++;
        } else if (!name.startsWith(consumer.prefix())) {
            open = "";
            unwanted++;
        } else if (wanted(name)) {
            sample(name, true);
        }
    }

    private boolean wanted(String name) {
        if (!name.equals(lastName)) {
            lastFamily = families.of(name);
            lastName = name;
        }
        boolean wanted = consumer.wants(name);
        if (!wanted) {
            open = "";
            unwanted++;
        }
        return wanted;
    }

    private void sample(String name, boolean labelsRead) {
        if (!labelsRead || !parser.readValue()) {
            broken++;
            return;
        }
        open = name;
        if (kept >= MOST_SERIES) {
            dropped++;
            consumer.dropped(name);
            return;
        }
        Labels labels = parser.labels();
        if (!seen.add(labels.hash(name.hashCode() * 0x9E37_79B9_7F4A_7C15L + name.length()))) {
            duplicates++;
            return;
        }
        kept++;
        consumer.sample(new Sample(name, labels, parser.value(), lastFamily));
    }

    private boolean hasPrefix(byte[] bytes, int from, int to) {
        if (to - from < prefix.length) {
            return false;
        }
        for (int at = 0; at < prefix.length; at++) {
            if (bytes[from + at] != prefix[at]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] != ':' && !SampleParser.isNameByte(bytes[at], at == from)) {
                return false;
            }
        }
        return to > from;
    }
}
