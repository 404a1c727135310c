// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What asking NVML for one thing brought: every form of the call that was tried, the last one decides.
 *
 * @param attempts in the order in which they were made; none where it was not asked yet
 * @param value empty where the last attempt failed
 */
record Result<T>(List<Attempt> attempts, Optional<T> value) {
    /** Stands for a code where the library lacks the function. No NVML code is negative. */
    static final int NO_SYMBOL = -1;

    /**
     * One form of a call.
     *
     * @param symbol the function, with what it was asked for where one function tells several things
     * @param code of {@link ReturnCode}, or {@link #NO_SYMBOL}
     */
    record Attempt(String symbol, int code) {
        boolean succeeded() {
            return code == ReturnCode.SUCCESS.number();
        }

        boolean missing() {
            return code == NO_SYMBOL;
        }

        String outcome() {
            return missing() ? "this driver has no such function" : ReturnCode.describe(code);
        }
    }

    Result {
        attempts = List.copyOf(attempts);
    }

    static <T> Result<T> of(String symbol, T value) {
        return new Result<>(List.of(new Attempt(symbol, ReturnCode.SUCCESS.number())), Optional.of(value));
    }

    static <T> Result<T> failed(String symbol, int code) {
        return new Result<>(List.of(new Attempt(symbol, code)), Optional.empty());
    }

    /** Not asked yet, or not at all. */
    static <T> Result<T> none() {
        return new Result<>(List.of(), Optional.empty());
    }

    /** Whether one of the attempts returned this. */
    boolean returned(ReturnCode code) {
        return attempts.stream().anyMatch(attempt -> attempt.code() == code.number());
    }

    /** Whether each form of the call that this driver has returned this, and there was one. */
    boolean allReturned(ReturnCode code) {
        List<Attempt> made =
                attempts.stream().filter(attempt -> !attempt.missing()).toList();
        return !made.isEmpty() && made.stream().allMatch(attempt -> attempt.code() == code.number());
    }

    /** The attempt that says most about the outcome: the last one that was really made. */
    Optional<Attempt> decisive() {
        Optional<Attempt> decisive = Optional.empty();
        for (Attempt attempt : attempts) {
            if (decisive.isEmpty() || !attempt.missing() || decisive.get().missing()) {
                decisive = Optional.of(attempt);
            }
        }
        return decisive;
    }

    /** The value, made into another, or the reason. */
    <R> Value<R> value(Function<? super T, ? extends R> function) {
        return value.<Value<R>>map(known -> Value.of(function.apply(known))).orElseGet(this::unavailable);
    }

    /** Why there is no value. */
    <R> Value<R> unavailable() {
        return decisive()
                .<Value<R>>map(
                        attempt -> Value.unavailable(reason(attempt), attempt.symbol() + ": " + attempt.outcome()))
                .orElseGet(() -> Value.unavailable(Reason.NO_SAMPLE_YET, "not asked yet: a later sample tells it"));
    }

    /** A value that the driver told and that is none. */
    <R> Value<R> refuse(Reason reason, String why) {
        return Value.unavailable(
                reason, decisive().map(attempt -> attempt.symbol() + ": " + why).orElse(why));
    }

    private static Reason reason(Attempt attempt) {
        return attempt.missing() ? Reason.NOT_EXPORTED : ReturnCode.reason(attempt.code());
    }
}
