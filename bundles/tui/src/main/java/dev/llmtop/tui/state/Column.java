// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

/** A column of the table, kept longest first when the width shrinks. */
public enum Column {
    STATE("", 1),
    ENGINE("ENGINE", 11),
    MODEL("MODEL", 16),
    DECODE("DECODE", 6),
    RUN("RUN", 3),
    WAIT("WAIT", 4),
    KV("KV", 4),
    PORT("PORT", 6),
    MEM("MEM", 5),
    TTFT("TTFT", 5),
    PREFILL("PREFILL", 7),
    INTER_TOKEN("ITL", 5),
    TTFT_P99("p99", 5),
    HIT("HIT", 4),
    GPU("GPU", 3),
    CONTEXT("CTX", 5),
    UP("UP", 5),
    KV_BAR("", 8),
    END_TO_END("E2E", 5),
    PREEMPTIONS("PRE/s", 5),
    QUANTIZATION("QUANT", 8),
    TOKENS_PER_JOULE("TOK/J", 5),
    PID("PID", 7),
    USER("USER", 6),
    CONTAINER("CONTAINER", 10),
    VERSION("VERSION", 10),
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
}
