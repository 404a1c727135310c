// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A place in a piece of bytes that moves on field by field. Reads whatever it is given, never past the end. */
final class Bytes {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;

    Bytes(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.at = start;
    }

    static Bytes of(byte[] bytes, int length) {
        return new Bytes(bytes, 0, length);
    }

    /** Goes back to where it began. */
    Bytes restart() {
        at = start;
        return this;
    }

    /** The next line without its end, as a place of its own; null at the end. */
    @Nullable
    Bytes line() {
        if (at >= end) {
            return null;
        }
        int start = at;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        Bytes line = new Bytes(bytes, start, at);
        at++;
        return line;
    }

    /** Whether this text stands here; if so, goes behind it. */
    boolean skip(String ascii) {
        if (end - at < ascii.length()) {
            return false;
        }
        for (int index = 0; index < ascii.length(); index++) {
            if (bytes[at + index] != ascii.charAt(index)) {
                return false;
            }
        }
        at += ascii.length();
        return true;
    }

    /** Goes behind the next {@code count} fields, which blanks part. */
    Bytes skipFields(int count) {
        for (int field = 0; field < count; field++) {
            skipBlanks();
            while (at < end && !isBlank(bytes[at])) {
                at++;
            }
        }
        return this;
    }

    /** The next field as a whole decimal number that fits; {@code missing} where it is none. */
    long number(long missing) {
        skipBlanks();
        boolean negative = at < end && bytes[at] == '-';
        if (negative) {
            at++;
        }
        int start = at;
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + (bytes[at] - '0');
            at++;
        }
        // 18 digits always fit; the kernel's unsigned "no limit" does not, and none of our fields has it.
        return at == start || at - start > 18 ? missing : negative ? -value : value;
    }

    /** Decimal digits from here, at most nine; -1 where something else stands here. */
    long decimalHere() {
        int start = at;
        long value = 0;
        while (at < end && at - start < 9 && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + (bytes[at] - '0');
            at++;
        }
        return at == start ? -1 : value;
    }

    /** Hexadecimal digits from here up to something else or {@code most} of them; -1 where there is none. */
    long hex(int most) {
        int start = at;
        long value = 0;
        while (at < end && at - start < most) {
            int digit = Character.digit(bytes[at], 16);
            if (digit < 0) {
                break;
            }
            value = value << 4 | digit;
            at++;
        }
        return at == start ? -1 : value;
    }

    /** The next field; empty at the end. */
    String field() {
        skipBlanks();
        int start = at;
        while (at < end && !isBlank(bytes[at])) {
            at++;
        }
        return new String(bytes, start, at - start, StandardCharsets.UTF_8);
    }

    /** All from here to the end. */
    String rest() {
        return new String(bytes, at, Math.max(0, end - at), StandardCharsets.UTF_8);
    }

    Bytes skipBlanks() {
        while (at < end && isBlank(bytes[at])) {
            at++;
        }
        return this;
    }

    private static boolean isBlank(byte one) {
        return one == ' ' || one == '\t';
    }
}
