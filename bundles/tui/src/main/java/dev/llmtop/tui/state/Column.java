// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import java.util.List;

/** A column of the table, kept longest first when the width shrinks. */
public enum Column {
    STATE("", 1),
    ENGINE("ENGINE", 11),
    MODEL("MODEL", 17),
    DECODE("DECODE", 6),
    RUN("RUN", 3),
    WAIT("WAIT", 4),
    KV("KV", 4),
    PORT("PORT", 5),
    MEM("MEM", 5),
    TTFT("TTFT", 5),
    PREFILL("PREFILL", 7),
    INTER_TOKEN("ITL", 5),
    TTFT_P99("p99", 5),
    HIT("HIT", 4),
    GPU("GPU", 3),
    CONTEXT("CTX", 5),
    UP("UP", 5),
    KV_BAR("", 6),
    END_TO_END("E2E", 5),
    PREEMPTIONS("PRE/s", 5),
    QUANTIZATION("QUANT", 7),
    TOKENS_PER_JOULE("TOK/J", 5),
    PID("PID", 7),
    USER("USER", 6),
    CONTAINER("CONTAINER", 10),
    VERSION("VERSION", 8),
    TREND("DECODE 2m", 18);

    private final String title;
    private final int width;

    Column(String title, int width) {
        this.title = title;
        this.width = width;
    }

    /** Its head. */
    public String title() {
        return title;
    }

    /** Its usual width in cells. */
    public int width() {
        return width;
    }

    /** All but the state and what belongs to another column, in the order in which they stand from left to right. */
    public static List<Column> displayOrder() {
        return List.of(
                ENGINE,
                MODEL,
                PORT,
                DECODE,
                PREFILL,
                RUN,
                WAIT,
                KV,
                TTFT,
                TTFT_P99,
                INTER_TOKEN,
                HIT,
                GPU,
                CONTEXT,
                MEM,
                UP,
                END_TO_END,
                PREEMPTIONS,
                QUANTIZATION,
                TOKENS_PER_JOULE,
                PID,
                USER,
                CONTAINER,
                VERSION,
                TREND);
    }

    /** Whether its cells are words, which begin at its left edge and sort from a to z. */
    public boolean words() {
        return switch (this) {
            case STATE, ENGINE, MODEL, QUANTIZATION, USER, CONTAINER, VERSION, KV_BAR, TREND -> true;
            case DECODE,
                    RUN,
                    WAIT,
                    KV,
                    PORT,
                    MEM,
                    TTFT,
                    PREFILL,
                    INTER_TOKEN,
                    TTFT_P99,
                    HIT,
                    GPU,
                    CONTEXT,
                    UP,
                    END_TO_END,
                    PREEMPTIONS,
                    TOKENS_PER_JOULE,
                    PID -> false;
        };
    }
}
