// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Source;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.model.Value.Unavailable;
import dev.llmtop.spi.Reading;
import java.util.Map;
import java.util.Optional;

/** Tells a reading that is an answer from one that only says that no answer came. */
final class Silence {
    private Silence() {}

    /**
     * Why there was no answer; empty where there was one. An adapter that got nothing says so of each metric: such a reading must not
     * replace the last figures. One that knows something which the command line does not say, or that has an answer's reasons
     * ({@code disabled}, {@code asleep}, {@code needs-key} ...), is an answer.
     */
    static Optional<Unavailable<?>> of(Value<Reading> value) {
        if (value instanceof Unavailable<Reading> unavailable) {
            return Optional.of(unavailable);
        }
        return value.known().flatMap(Silence::of);
    }

    private static Optional<Unavailable<?>> of(Reading reading) {
        if (!reading.counts().isEmpty()
                || !reading.progress().isEmpty()
                || !reading.fractions().isEmpty()
                || !reading.histograms().isEmpty()
                || !reading.models().isEmpty()
                || reading.state().filter(shown -> shown != State.UNREACHABLE).isPresent()) {
            return Optional.empty();
        }
        Optional<Unavailable<?>> silence = Optional.empty();
        for (Map.Entry<Metric, Value<?>> figure : reading.figures().asMap().entrySet()) {
            if (!(figure.getValue() instanceof Unavailable<?> unavailable)) {
                if (isOfAnAnswer(reading, figure.getKey())) {
                    return Optional.empty();
                }
            } else if (silence.isEmpty() && meansNoAnswer(unavailable.reason())) {
                silence = Optional.of(unavailable);
            }
        }
        return silence;
    }

    /** What the command line says is known of a dead server too. */
    private static boolean isOfAnAnswer(Reading reading, Metric metric) {
        Source source = reading.sources().get(metric);
        return source == null || !source.path().equals("process");
    }

    private static boolean meansNoAnswer(Reason reason) {
        return reason == Reason.UNREACHABLE || reason == Reason.TIMED_OUT;
    }
}
