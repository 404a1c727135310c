// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.model.Value.Unavailable;
import dev.llmtop.spi.Reading;
import java.util.Optional;

/** Tells a reading that is an answer from one that only says that no answer came. */
final class Silence {
    private Silence() {}

    /**
     * Why there was no answer; empty where there was one. An adapter that got nothing says so of each metric: such a reading must not
     * replace the last figures. One that knows at least something, or that has an answer's reasons ({@code disabled}, {@code asleep},
     * {@code needs-key} ...), is an answer.
     */
    static Optional<Unavailable<?>> of(Value<Reading> value) {
        if (value instanceof Unavailable<Reading> unavailable) {
            return Optional.of(unavailable);
        }
        return value.known().flatMap(Silence::of);
    }

    private static Optional<Unavailable<?>> of(Reading reading) {
        if (!reading.counts().isEmpty()
                || !reading.fractions().isEmpty()
                || !reading.histograms().isEmpty()
                || !reading.models().isEmpty()
                || reading.state().filter(shown -> shown != State.UNREACHABLE).isPresent()) {
            return Optional.empty();
        }
        Optional<Unavailable<?>> silence = Optional.empty();
        for (Value<?> value : reading.figures().asMap().values()) {
            if (!(value instanceof Unavailable<?> unavailable)) {
                return Optional.empty();
            }
            if (silence.isEmpty() && meansNoAnswer(unavailable.reason())) {
                silence = Optional.of(unavailable);
            }
        }
        return silence;
    }

    private static boolean meansNoAnswer(Reason reason) {
        return reason == Reason.UNREACHABLE || reason == Reason.TIMED_OUT;
    }
}
