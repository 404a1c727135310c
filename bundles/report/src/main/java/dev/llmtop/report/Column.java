// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import java.util.List;

/** The columns of the table, in the order in which they stand where it is wide. */
enum Column {
    ENGINE("ENGINE", 9, false),
    MODEL("MODEL", 15, false),
    PORT("PORT", 5, true),
    STATE("STATE", 7, false),
    DECODE("DECODE", 6, true),
    PREFILL("PREFILL", 7, true),
    RUN("RUN", 3, true),
    WAIT("WAIT", 4, true),
    KV("KV", 4, true),
    TTFT("TTFT", 5, true),
    P99("p99", 5, true),
    ITL("ITL", 5, true),
    HIT("HIT", 4, true),
    END_TO_END("E2E", 5, true),
    PREEMPTIONS("PRE/s", 5, true),
    GPU("GPU", 3, true),
    CONTEXT("CTX", 5, true),
    QUANTIZATION("QUANT", 6, false),
    MEMORY("MEM", 5, true),
    UP("UP", 5, true),
    TOKENS_PER_JOULE("TOK/J", 5, true),
    PID("PID", 7, true),
    USER("USER", 4, false),
    CONTAINER("CONTAINER", 9, false),
    VERSION("VERSION", 7, false);

    /** What 80 cells hold: kept longest first. */
    static final List<Column> BASE = List.of(STATE, ENGINE, MODEL, DECODE, RUN, WAIT, KV, PORT, MEMORY, TTFT, PREFILL);

    /** What more cells hold, the first first; one that would be empty is left out. */
    static final List<Column> FURTHER = List.of(
            ITL,
            P99,
            HIT,
            GPU,
            CONTEXT,
            UP,
            PID,
            CONTAINER,
            END_TO_END,
            PREEMPTIONS,
            QUANTIZATION,
            TOKENS_PER_JOULE,
            USER,
            VERSION);

    private final String title;
    private final int least;
    private final boolean right;

    Column(String title, int least, boolean right) {
        this.title = title;
        this.least = least;
        this.right = right;
    }

    String title() {
        return title;
    }

    /** How wide it is at least, so that it stands at one place whatever the values. */
    int least() {
        return least;
    }

    /** Whether its values stand at its right edge. */
    boolean right() {
        return right;
    }
}
