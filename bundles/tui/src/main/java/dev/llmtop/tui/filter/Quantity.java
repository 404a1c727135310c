// SPDX-License-Identifier: MIT
package dev.llmtop.tui.filter;

import dev.llmtop.model.Metric;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What can be compared with a number. */
public enum Quantity {
    KV(0.01, "a number, such as 80%"),
    MEM(1, "a size, such as 4G"),
    DECODE(1, "a number, such as 100"),
    PREFILL(1, "a number, such as 1K"),
    RUN(1, "a number, such as 4"),
    WAIT(1, "a number, such as 0"),
    TTFT(0.0001, "a time, such as 500ms"),
    ITL(0.0001, "a time, such as 20ms"),
    UP(1, "a time, such as 2h");

    private static final Map<String, Double> DECIMAL = Map.of("", 1.0, "k", 1e3, "m", 1e6, "g", 1e9);
    private static final Map<String, Double> BINARY =
            Map.of("b", 1.0, "k", 0x1p10, "m", 0x1p20, "g", 0x1p30, "t", 0x1p40);
    private static final Map<String, Double> LATENCY = Map.of("us", 1e-6, "ms", 1e-3, "s", 1.0, "m", 60.0);
    private static final Map<String, Double> DURATION = Map.of("s", 1.0, "m", 60.0, "h", 3_600.0, "d", 86_400.0);

    private final double fineness;
    private final String expected;

    Quantity(double fineness, String expected) {
        this.fineness = fineness;
        this.expected = expected;
    }

    double fineness() {
        return fineness;
    }

    /** What must stand behind the sign, with an example. */
    String expected() {
        return expected;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    OptionalDouble of(FilterRow row) {
        return switch (this) {
            case KV -> row.number(Metric.KV_CACHE_USED_RATIO);
            case MEM -> row.memory();
            case DECODE -> row.number(Metric.GENERATION_TOKENS_PER_SECOND);
            case PREFILL -> row.number(Metric.PROMPT_TOKENS_PER_SECOND);
            case RUN -> row.number(Metric.RUNNING);
            case WAIT -> row.number(Metric.WAITING);
            case TTFT -> row.median(Metric.TIME_TO_FIRST_TOKEN);
            case ITL -> row.median(Metric.INTER_TOKEN_LATENCY);
            case UP -> row.uptime();
        };
    }

    /** A number with its unit in base units; empty where the unit is none of this quantity. */
    OptionalDouble read(double number, String unit) {
        String lower = unit.toLowerCase(Locale.ROOT);
        if (this == KV) {
            // Nobody means a cache filled a hundredfold: what is above 1 are percent.
            boolean percent = lower.equals("%") || lower.isEmpty() && number > 1;
            return lower.equals("%") || lower.isEmpty()
                    ? OptionalDouble.of(percent ? number / 100 : number)
                    : OptionalDouble.empty();
        }
        Map<String, Double> units = switch (this) {
            case MEM -> BINARY;
            case TTFT, ITL -> LATENCY;
            case UP -> DURATION;
            case KV, DECODE, PREFILL, RUN, WAIT -> DECIMAL;
        };
        Double factor = units.get(lower);
        // Zero is zero in every unit.
        return factor == null && number != 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(factor == null ? 0 : number * factor);
    }
}
