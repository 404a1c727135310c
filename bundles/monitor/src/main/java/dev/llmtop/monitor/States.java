// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Reading;
import java.util.Optional;

/** What an engine is doing, of all that was heard of it: the newest word that says something wins. */
final class States {
    /** An engine may be slow now and then; after this many deadlines in a row it does not answer. */
    private static final int MOST_TIME_OUTS = 3;

    private States() {}

    static State of(Found found, View view) {
        if (found.kind().isEmpty()) {
            return found.state();
        }
        boolean answered = view.last().isPresent();
        if (!found.candidate().listening()) {
            return answered ? State.UNREACHABLE : found.state();
        }
        Optional<State> failed = view.failure().flatMap(failure -> ofFailure(failure, found, answered));
        return failed.orElseGet(() -> ofAnswers(found, view));
    }

    private static Optional<State> ofFailure(View.Failure failure, Found found, boolean answered) {
        return switch (failure.why().reason()) {
            case UNREACHABLE -> Optional.of(silent(found, answered));
            case TIMED_OUT ->
                failure.times() >= MOST_TIME_OUTS ? Optional.of(silent(found, answered)) : Optional.empty();
            case NEEDS_KEY -> Optional.of(State.BLOCKED);
            case LOADING -> Optional.of(State.LOADING);
            case ASLEEP -> Optional.of(State.SLEEPING);
            default -> Optional.empty();
        };
    }

    /** A server that binds its port before its model is loaded does not answer, and is not gone for that. */
    private static State silent(Found found, boolean answered) {
        return !answered && found.state() == State.LOADING ? State.LOADING : State.UNREACHABLE;
    }

    private static State ofAnswers(Found found, View view) {
        Optional<State> said =
                view.last().flatMap(Reading::state).or(() -> view.description().flatMap(Description::state));
        return said.orElseGet(() -> hasFigures(view) && isProvisional(found.state()) ? State.READY : found.state());
    }

    private static boolean isProvisional(State state) {
        return state == State.LOADING || state == State.IDENTIFYING || state == State.UNREACHABLE;
    }

    private static boolean hasFigures(View view) {
        return view.last()
                .filter(reading -> !reading.counts().isEmpty()
                        || reading.figures().asMap().values().stream()
                                .anyMatch(value -> value instanceof Value.Known<?>))
                .isPresent();
    }

    /** The reason that a state gives to figures that nobody asked for. */
    static Value.Unavailable<?> reason(Found found, State state) {
        return switch (state) {
            case LOADING -> new Value.Unavailable<>(Reason.LOADING, "it does not serve yet");
            case SLEEPING -> new Value.Unavailable<>(Reason.ASLEEP, "it sleeps");
            case BLOCKED -> new Value.Unavailable<>(Reason.NEEDS_KEY, "it answers 401 or 403 without a key");
            case UNREACHABLE -> new Value.Unavailable<>(Reason.UNREACHABLE, "it does not answer");
            case IDENTIFYING -> new Value.Unavailable<>(Reason.NO_SAMPLE_YET, "it is being identified");
            case READY ->
                new Value.Unavailable<>(
                        Reason.NO_SAMPLE_YET,
                        found.candidate().listening() ? "its first answer is awaited" : "it does not listen yet");
        };
    }
}
