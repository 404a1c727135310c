// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.state.Column;

/** What a column is called in a sentence. */
final class ColumnNames {
    private ColumnNames() {}

    static String of(Column column) {
        return switch (column) {
            case STATE -> "state";
            case ENGINE -> "engine";
            case MODEL -> "model";
            case DECODE -> "decode";
            case RUN -> "running";
            case WAIT -> "waiting";
            case KV, KV_BAR -> "KV cache";
            case PORT -> "port";
            case MEM -> "GPU memory";
            case TTFT -> "time to first token";
            case PREFILL -> "prefill";
            case INTER_TOKEN -> "inter-token latency";
            case TTFT_P99 -> "TTFT p99";
            case HIT -> "prefix cache hits";
            case GPU -> "GPU";
            case CONTEXT -> "context";
            case UP -> "up";
            case END_TO_END -> "end to end";
            case PREEMPTIONS -> "preemptions";
            case QUANTIZATION -> "quantization";
            case TOKENS_PER_JOULE -> "energy";
            case PID -> "pid";
            case USER -> "user";
            case CONTAINER -> "container";
            case VERSION -> "version";
            case TREND -> "decode, 2 minutes";
        };
    }
}
