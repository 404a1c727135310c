// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Instants as RFC 3339 in UTC. By hand: the first use of a formatter costs a one-shot run 20 ms. */
final class Utc {
    private Utc() {}

    /** With milliseconds: {@code 2026-11-24T09:30:00.123Z}. */
    static String millis(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return pad(seconds(utc).append('.'), utc.getNano() / 1_000_000, 3)
                .append('Z')
                .toString();
    }

    /** With seconds: {@code 2026-11-24T09:30:00Z}. */
    static String seconds(Instant instant) {
        return seconds(LocalDateTime.ofInstant(instant, ZoneOffset.UTC))
                .append('Z')
                .toString();
    }

    private static StringBuilder seconds(LocalDateTime utc) {
        StringBuilder text = new StringBuilder(24).append(utc.toLocalDate()).append('T');
        pad(text, utc.getHour(), 2).append(':');
        pad(text, utc.getMinute(), 2).append(':');
        return pad(text, utc.getSecond(), 2);
    }

    private static StringBuilder pad(StringBuilder text, int number, int digits) {
        String written = Integer.toString(number);
        return text.append("0".repeat(digits - written.length())).append(written);
    }
}
