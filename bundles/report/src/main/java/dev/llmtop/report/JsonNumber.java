// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes a number as JSON: six significant digits, at least three decimals, every digit of the whole part. */
final class JsonNumber {
    private static final double LARGEST_EXACT = 1e15;
    private static final double LARGEST_PLAIN = 1e21;
    private static final double SMALLEST_PLAIN = 1e-9;

    private JsonNumber() {}

    /** {@code value}, finite, without an exponent unless it is of 10^21 and more or below 10^-9. */
    static String of(double value) {
        double magnitude = Math.abs(value);
        if (value == Math.rint(value) && magnitude < LARGEST_EXACT) {
            return Long.toString((long) value);
        }
        if (magnitude >= LARGEST_PLAIN || magnitude < SMALLEST_PLAIN) {
            return Double.toString(value);
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        int wholeDigits = exact.precision() - exact.scale();
        int decimals = Math.max(3, 6 - wholeDigits);
        return exact.setScale(decimals, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
