// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import dev.llmtop.agent.Cells;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;

/** How things are named in the details. */
final class Names {
    private static final String LOOPBACK = "127.0.0.1:";

    private Names() {}

    /** Title and address: {@code vLLM:8000}, {@code vLLM 10.0.0.2:8000}. */
    static String of(EngineSnapshot engine) {
        String id = engine.identity().id();
        String title = engine.identity().title();
        return id.startsWith(LOOPBACK) ? title + id.substring(LOOPBACK.length() - 1) : title + " " + id;
    }

    /** The sign of a state. */
    static String sign(State state) {
        return switch (state) {
            case READY -> "●";
            case LOADING -> "◐";
            case SLEEPING -> "z";
            case BLOCKED -> "#";
            case UNREACHABLE -> "!";
            case IDENTIFYING -> "◌";
        };
    }

    /** The code that stands in the place of a value. */
    static String cell(Reason reason) {
        return reason == Reason.NO_SAMPLE_YET ? "…" : reason.cell();
    }

    static Span cell(Value.Unavailable<?> gap) {
        return Span.dim(cell(gap.reason()));
    }

    /** Code, reason and detail of what is missing. */
    static Span[] why(Value.Unavailable<?> gap) {
        return new Span[] {cell(gap), Span.dim(" " + gap.reason().code() + ": "), Span.of(gap.detail())};
    }

    /** How long: {@code 1d 0h}, {@code 3h12m}, {@code 41s}. */
    static String duration(double seconds) {
        return Cells.duration(seconds, 7).replace("d", "d ");
    }

    /** A ratio with a decimal: {@code 31.2%}. */
    static String percent(double ratio) {
        long tenths = Math.round(ratio * 1_000);
        return tenths / 10 + "." + Math.abs(tenths % 10) + "%";
    }
}
