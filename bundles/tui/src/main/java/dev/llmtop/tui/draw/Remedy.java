// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Reason;

/** What a person could do about a missing value; llmtop does none of it. */
final class Remedy {
    private Remedy() {}

    /** One line; empty where nothing helps. */
    static String of(EngineSnapshot engine, Reason reason) {
        return switch (reason) {
            case NEEDS_KEY -> "llmtop --endpoint " + engine.placement().url() + " sends it your key (LLMTOP_API_KEY)";
            case NO_PERMISSION -> "sudo llmtop sees processes and sockets of other users";
            case DISABLED -> "a flag of the engine turns it on; llmtop changes nothing";
            case ASLEEP -> "a client's next request wakes it; llmtop sends none";
            case LOADING -> "it comes once the model is loaded";
            case UNREACHABLE -> "r looks again; details keep the last figures";
            case TIMED_OUT -> "--timeout gives it longer";
            case NO_SAMPLE_YET -> "it comes with the next ticks, or with the next request";
            case NOT_SAFE -> "the only source is a request that llmtop never sends";
            case MALFORMED -> "5 RAW in the details shows what it answered";
            case TOO_LARGE -> "its answer is longer than llmtop reads";
            case NOT_EXPORTED -> "no setting of this engine exports it";
            case NOT_SUPPORTED -> "this GPU or its driver does not tell it";
        };
    }
}
