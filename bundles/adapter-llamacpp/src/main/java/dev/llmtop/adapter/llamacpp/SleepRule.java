// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Launch;
import java.util.Optional;

/**
 * What may be asked of a server whose model sleeps when it is idle. {@code /slots} wakes it in every build and always resets its idle
 * timer; {@code /metrics} did both until ggml-org/llama.cpp PR 27376, which lies between b10502 and b10524.
 *
 * @param asleep whether it sleeps now
 * @param maySleep whether it does when idle: its command line says so, or it was seen asleep
 * @param unreadable whether its command line is not known, so that it may
 * @param build its number, where it is one
 */
record SleepRule(boolean asleep, boolean maySleep, boolean unreadable, Optional<Long> build) {
    static final String OPTION = "--sleep-idle-seconds";

    private static final long SAFE_METRICS = 10_524;

    /** Whether the command line lets the model sleep; a value that is no number may. */
    static boolean sleeps(Launch launch) {
        return launch.has(OPTION) && launch.number(OPTION).orElse(1) > 0;
    }

    /** Why {@code /slots} may not be asked; empty where it may. */
    Optional<Value.Unavailable<?>> slots() {
        return cautious() ? Optional.of(refusal("/slots")) : Optional.empty();
    }

    /** Why {@code /metrics} may not be asked; empty where it may. */
    Optional<Value.Unavailable<?>> metrics() {
        boolean lets = build.filter(number -> number >= SAFE_METRICS).isPresent();
        return cautious() && !lets
                ? Optional.of(refusal("/metrics (of builds before b10524"
                        + (build.isPresent() ? "" : ", this one tells no number") + ")"))
                : Optional.empty();
    }

    private boolean cautious() {
        return asleep || maySleep || unreadable;
    }

    private Value.Unavailable<?> refusal(String path) {
        if (asleep) {
            return new Value.Unavailable<>(Reason.ASLEEP, "its model sleeps; " + path + " would wake it");
        }
        return maySleep
                ? new Value.Unavailable<>(
                        Reason.NOT_SAFE,
                        "its model sleeps when idle (" + OPTION + "); " + path + " would keep it awake")
                : new Value.Unavailable<>(
                        Reason.NOT_SAFE,
                        "its command line cannot be read: with " + OPTION + " " + path + " would keep its model awake");
    }
}
