// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The labels of a series, ordered by name: two series with the same labels in another order are one. Immutable. Raw text. */
public final class Labels {
    /** No label. */
    public static final Labels NONE = new Labels(new String[0]);

    /** Name, value, name, value ... */
    private final String[] pairs;

    private @Nullable String key;

    private Labels(String[] pairs) {
        this.pairs = pairs;
    }

    /** Takes pairs that are ordered by name and that nobody else holds. */
    static Labels ofSorted(String[] pairs) {
        return pairs.length == 0 ? NONE : new Labels(pairs);
    }

    /** Number of labels. */
    public int size() {
        return pairs.length / 2;
    }

    /** The name at a position, in order. */
    public String name(int at) {
        return pairs[2 * at];
    }

    /** The value at a position. */
    public String value(int at) {
        return pairs[2 * at + 1];
    }

    /** The value of a label; empty where it is not there. */
    public Optional<String> value(String name) {
        for (int at = 0; at < pairs.length; at += 2) {
            if (pairs[at].equals(name)) {
                return Optional.of(pairs[at + 1]);
            }
        }
        return Optional.empty();
    }

    /** Without the labels of these names. */
    public Labels without(Set<String> names) {
        String[] kept = new String[pairs.length];
        int length = 0;
        for (int at = 0; at < pairs.length; at += 2) {
            if (!names.contains(pairs[at])) {
                kept[length++] = pairs[at];
                kept[length++] = pairs[at + 1];
            }
        }
        return length == pairs.length ? this : ofSorted(Arrays.copyOf(kept, length));
    }

    /** The canonical form: {@code {a="1",b="2"}}, escaped as on a page; empty without labels. */
    public String key() {
        String known = key;
        if (known == null) {
            known = render();
            key = known;
        }
        return known;
    }

    private String render() {
        if (pairs.length == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder(16 * pairs.length).append('{');
        for (int at = 0; at < pairs.length; at += 2) {
            if (at > 0) {
                text.append(',');
            }
            text.append(pairs[at]).append("=\"");
            escape(pairs[at + 1], text);
            text.append('"');
        }
        return text.append('}').toString();
    }

    private static void escape(String value, StringBuilder into) {
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            switch (c) {
                case '\\' -> into.append("\\\\");
                case '"' -> into.append("\\\"");
                case '\n' -> into.append("\\n");
                default -> into.append(c);
            }
        }
    }

    /** A hash of 64 bits, for sets of series too large to hold. */
    long hash(long seed) {
        long hash = seed;
        for (String text : pairs) {
            hash = (hash ^ text.hashCode()) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 29;
            hash += text.length();
        }
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels labels && Arrays.equals(pairs, labels.pairs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pairs);
    }

    @Override
    public String toString() {
        return key();
    }
}
