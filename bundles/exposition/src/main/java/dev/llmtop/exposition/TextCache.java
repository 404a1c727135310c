// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes texts of bytes; label names and values of a page repeat, and those that do become one object. */
final class TextCache {
    private static final int SLOTS = 1024;
    private static final int LONGEST_KEPT = 64;

    private final @Nullable String[] slots = new String[SLOTS];

    /** The text of a range; invalid UTF-8 becomes U+FFFD. */
    String text(byte[] bytes, int from, int to) {
        if (to - from > LONGEST_KEPT) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        int hash = to - from;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + bytes[at];
        }
        int slot = (hash ^ hash >>> 12) & SLOTS - 1;
        String known = slots[slot];
        if (known != null && same(known, bytes, from, to)) {
            return known;
        }
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        slots[slot] = text;
        return text;
    }

    /** Whether a text is this ASCII; a text with other characters is never the same. */
    static boolean same(String text, byte[] bytes, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int at = from; at < to; at++) {
            if (bytes[at] < 0 || text.charAt(at - from) != bytes[at]) {
                return false;
            }
        }
        return true;
    }
}
