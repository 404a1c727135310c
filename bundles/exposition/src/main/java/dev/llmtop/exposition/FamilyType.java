// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import java.util.Locale;

/** What a {@code # TYPE} line says. Grows in minor versions: keep a {@code default} when switching over it. */
public enum FamilyType {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    GAUGE_HISTOGRAM,
    SUMMARY,
    INFO,
    STATE_SET,
    /** No {@code # TYPE} line, {@code untyped}, {@code unknown}, or a type that nobody knows. */
    UNTYPED;

    /** The type of a word on a page, in any case. */
    static FamilyType of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "counter" -> COUNTER;
            case "gauge" -> GAUGE;
            case "histogram" -> HISTOGRAM;
            case "gaugehistogram" -> GAUGE_HISTOGRAM;
            case "summary" -> SUMMARY;
            case "info" -> INFO;
            case "stateset" -> STATE_SET;
            default -> UNTYPED;
        };
    }

    /** As a person writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace("_", "");
    }
}
