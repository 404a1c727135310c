// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads one sample line. Holds what it read until the next. Not safe for several threads. */
final class SampleParser {
    /** More labels on one series are no engine's; a bound keeps the ordering cheap. */
    private static final int MOST_LABELS = 128;

    private final TextCache texts = new TextCache();
    private final NumberReader number = new NumberReader();
    private String[] pairs = new String[16];
    private int length;
    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private String quotedName = "";
    private byte[] unescaped = new byte[256];

    /** Points at a line, at the byte behind the name. */
    void open(byte[] buffer, int from, int to) {
        bytes = buffer;
        at = from;
        end = to;
        length = 0;
        quotedName = "";
    }

    /** The value last read. */
    double value() {
        return number.value();
    }

    /** The labels last read. */
    Labels labels() {
        return Labels.ofSorted(Arrays.copyOf(pairs, length));
    }

    /** The metric's name where it stands in quotes among the labels; empty else. */
    String quotedName() {
        return quotedName;
    }

    /** Reads <code>{name="value", ...}</code> if it is there; {@code false} where it is broken. */
    boolean readLabels() {
        blanks();
        if (at >= end || bytes[at] != '{') {
            return true;
        }
        at++;
        while (true) {
            blanks();
            if (at < end && bytes[at] == '}') {
                at++;
                return true;
            }
            if (!readLabel()) {
                return false;
            }
            blanks();
            if (at < end && bytes[at] == ',') {
                at++;
            } else if (at >= end || bytes[at] != '}') {
                return false;
            }
        }
    }

    private boolean readLabel() {
        boolean quoted = at < end && bytes[at] == '"';
        String name = quoted ? quotedText() : bareName();
        blanks();
        if (quoted && !name.isEmpty() && quotedName.isEmpty() && at < end && (bytes[at] == ',' || bytes[at] == '}')) {
            quotedName = name;
            return true;
        }
        if (name.isEmpty() || at >= end || bytes[at] != '=') {
            return false;
        }
        at++;
        blanks();
        if (at >= end || bytes[at] != '"') {
            return false;
        }
        int before = at;
        String value = quotedText();
        return at > before && insert(name, value);
    }

    private String bareName() {
        int from = at;
        while (at < end && isNameByte(bytes[at], at == from)) {
            at++;
        }
        return texts.text(bytes, from, at);
    }

    /** Whether a byte may stand in a name of a label. */
    static boolean isNameByte(int c, boolean first) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || !first && c >= '0' && c <= '9';
    }

    /** Reads a text from its opening quote to behind its closing one; stays where it is when there is none. */
    private String quotedText() {
        boolean escapes = false;
        int close = at + 1;
        while (close < end && bytes[close] != '"') {
            if (bytes[close] == '\\') {
                escapes = true;
                close++;
            }
            close++;
        }
        if (close >= end) {
            return "";
        }
        String text = escapes ? unescape(bytes, at + 1, close) : texts.text(bytes, at + 1, close);
        at = close + 1;
        return text;
    }

    /** Undoes the escapes of a backslash, a quote and a line end; any other backslash stands for itself. */
    String unescape(byte[] from, int start, int stop) {
        if (unescaped.length < stop - start) {
            unescaped = new byte[stop - start];
        }
        int size = 0;
        for (int read = start; read < stop; read++) {
            byte c = from[read];
            if (c == '\\' && read + 1 < stop) {
                byte next = from[read + 1];
                if (next == 'n' || next == '\\' || next == '"') {
                    c = next == 'n' ? (byte) '\n' : next;
                    read++;
                }
            }
            unescaped[size++] = c;
        }
        return new String(unescaped, 0, size, StandardCharsets.UTF_8);
    }

    private boolean insert(String name, String value) {
        int place = length;
        while (place > 0 && pairs[place - 2].compareTo(name) > 0) {
            place -= 2;
        }
        if (place > 0 && pairs[place - 2].equals(name) || length >= 2 * MOST_LABELS) {
            return false;
        }
        if (length == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * length);
        }
        System.arraycopy(pairs, place, pairs, place + 2, length - place);
        pairs[place] = name;
        pairs[place + 1] = value;
        length += 2;
        return true;
    }

    /** Reads the value, and over a timestamp and an exemplar; {@code false} where there is none or something else follows. */
    boolean readValue() {
        blanks();
        int from = at;
        token();
        if (!number.read(bytes, from, at)) {
            return false;
        }
        double value = number.value();
        blanks();
        if (at < end && bytes[at] != '#') {
            int stamp = at;
            token();
            if (!number.read(bytes, stamp, at)) {
                return false;
            }
            blanks();
        }
        number.restore(value);
        // What follows a hash sign here is an exemplar: of a trace, not of the engine.
        return at >= end || bytes[at] == '#';
    }

    private void token() {
        while (at < end && bytes[at] != ' ' && bytes[at] != '\t') {
            at++;
        }
    }

    private void blanks() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
    }
}
