// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import java.nio.charset.StandardCharsets;

/** Reads decimal numbers from bytes without a text for each. Not safe for several threads. */
final class NumberReader {
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final long EXACT = 1L << 53;
    /** A double never needs more; longer texts are no numbers of an engine. */
    private static final int LONGEST = 400;

    private double value;

    /** The number last read. */
    double value() {
        return value;
    }

    /** Makes a number the last one read again. */
    void restore(double known) {
        value = known;
    }

    /** Reads a label such as {@code le}. */
    boolean read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return read(bytes, 0, bytes.length);
    }

    /**
     * Reads the bytes of a range as one number: decimal, or NaN and Inf in any case and sign. What overflows ({@code 1e400}), and
     * forms that only Java knows ({@code 1d}, {@code 0x1p3}), are no number.
     */
    boolean read(byte[] bytes, int from, int to) {
        if (from >= to || to - from > LONGEST) {
            return false;
        }
        boolean negative = bytes[from] == '-';
        int at = negative || bytes[from] == '+' ? from + 1 : from;
        long mantissa = 0;
        int digits = 0;
        int scale = 0;
        boolean point = false;
        for (; at < to; at++) {
            int c = bytes[at];
            if (c >= '0' && c <= '9') {
                digits++;
                if (digits <= 18) {
                    mantissa = 10 * mantissa + (c - '0');
                    scale -= point ? 1 : 0;
                }
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return word(bytes, from, to);
        }
        if (at < to || digits > 18 || mantissa > EXACT || -scale >= POWERS.length) {
            return slow(bytes, from, to);
        }
        double magnitude = mantissa / POWERS[-scale];
        value = negative ? -magnitude : magnitude;
        return true;
    }

    private boolean slow(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            int c = bytes[at];
            boolean plain = c >= '0' && c <= '9' || c == '.' || c == '+' || c == '-' || c == 'e' || c == 'E';
            if (!plain) {
                return false;
            }
        }
        try {
            value = Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException notANumber) {
            return false;
        }
        return !Double.isInfinite(value);
    }

    private boolean word(byte[] bytes, int from, int to) {
        boolean negative = bytes[from] == '-';
        int start = negative || bytes[from] == '+' ? from + 1 : from;
        if (is(bytes, start, to, "inf") || is(bytes, start, to, "infinity")) {
            value = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return true;
        }
        value = Double.NaN;
        return is(bytes, start, to, "nan");
    }

    private static boolean is(byte[] bytes, int from, int to, String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int at = 0; at < word.length(); at++) {
            if ((bytes[from + at] | 0x20) != word.charAt(at)) {
                return false;
            }
        }
        return true;
    }
}
