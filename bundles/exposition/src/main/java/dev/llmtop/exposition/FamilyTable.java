// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The metrics that the comment lines of a page declare. Not safe for several threads. */
final class FamilyTable {
    private static final int MOST = 8_192;
    private static final int LONGEST_TEXT = 1_000;
    private static final String[] SUFFIXES = {
        "_bucket", "_sum", "_count", "_total", "_created", "_info", "_gsum", "_gcount"
    };

    private final byte[] prefix;
    private final SampleParser parser;
    private final Map<String, Family> byName = new HashMap<>();

    FamilyTable(byte[] prefix, SampleParser parser) {
        this.prefix = prefix;
        this.parser = parser;
    }

    /** Reads a comment line, from its hash sign on; gives the metric where the line is the TYPE of a wanted one. */
    Optional<Family> comment(byte[] bytes, int from, int to) {
        int word = skip(bytes, from + 1, to, true);
        int wordEnd = skip(bytes, word, to, false);
        int name = skip(bytes, wordEnd, to, true);
        int nameEnd = skip(bytes, name, to, false);
        boolean quoted = nameEnd - name > 2 && bytes[name] == '"' && bytes[nameEnd - 1] == '"';
        int nameFrom = quoted ? name + 1 : name;
        int nameTo = quoted ? nameEnd - 1 : nameEnd;
        if (wordEnd - word != 4 || nameTo == nameFrom || !mayBeWanted(bytes, nameFrom, nameTo)) {
            return Optional.empty();
        }
        String keyword = new String(bytes, word, 4, StandardCharsets.ISO_8859_1);
        if (!keyword.equals("TYPE") && !keyword.equals("HELP") && !keyword.equals("UNIT")) {
            return Optional.empty();
        }
        int text = skip(bytes, nameEnd, to, true);
        String known = parser.unescape(bytes, text, Math.min(to, text + LONGEST_TEXT));
        return note(keyword, new String(bytes, nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8), known);
    }

    private Optional<Family> note(String keyword, String name, String text) {
        Family before = byName.get(name);
        if (before == null && byName.size() >= MOST) {
            return Optional.empty();
        }
        Family known = before == null ? Family.untyped(name) : before;
        Family noted = switch (keyword) {
            case "TYPE" -> known.withType(FamilyType.of(text.strip()));
            case "HELP" -> known.withHelp(text);
            default -> known.withUnit(text.strip());
        };
        byName.put(name, noted);
        return keyword.equals("TYPE") ? Optional.of(noted) : Optional.empty();
    }

    /** The metric that a sample of this name belongs to. */
    Family of(String sample) {
        Family exact = byName.get(sample);
        if (exact != null) {
            return exact;
        }
        for (String suffix : SUFFIXES) {
            if (sample.endsWith(suffix)) {
                Family family = byName.get(sample.substring(0, sample.length() - suffix.length()));
                if (family != null && family.owns(sample)) {
                    return family;
                }
            }
        }
        return Family.untyped(sample);
    }

    private boolean mayBeWanted(byte[] bytes, int from, int to) {
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

    private static int skip(byte[] bytes, int from, int to, boolean blanks) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t') == blanks) {
            at++;
        }
        return at;
    }
}
