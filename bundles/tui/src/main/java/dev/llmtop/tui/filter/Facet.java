// SPDX-License-Identifier: MIT
package dev.llmtop.tui.filter;

import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What can be asked for by its name, as in {@code kind:vllm,ollama}. */
public enum Facet {
    KIND(false),
    MODEL(true),
    PORT(false),
    GPU(false),
    STATE(false),
    USER(false),
    CONTAINER(true),
    QUANT(true),
    PID(false);

    private final boolean part;

    Facet(boolean part) {
        this.part = part;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Stream<String> values(FilterRow row) {
        return switch (this) {
            case KIND ->
                Stream.of(
                        row.engine().identity().kind(), row.engine().identity().title());
            case MODEL -> row.models().map(ModelSnapshot::id);
            case PORT -> row.engine().placement().port().stream().mapToObj(Integer::toString);
            case GPU -> row.gpus();
            case STATE -> row.states();
            case USER -> row.users();
            case CONTAINER -> row.containers();
            case QUANT -> row.models().flatMap(one -> one.text(Fact.QUANTIZATION).stream());
            case PID -> row.pids();
        };
    }

    /** Whether a value is what was asked for; both in lower case. */
    boolean fits(String value, String wanted) {
        return part ? value.contains(wanted) : value.equals(wanted);
    }

    /** @throws FilterComplaint where nothing can ever have this value */
    void check(String wanted) {
        switch (this) {
            case PORT, GPU, PID -> {
                if (!wanted.matches("\\d{1,9}")) {
                    throw new FilterComplaint("expected a number after " + word() + ":");
                }
            }
            case STATE -> {
                List<String> states = states();
                if (!states.contains(wanted)) {
                    throw new FilterComplaint("expected one of " + String.join(" ", states));
                }
            }
            case KIND, MODEL, USER, CONTAINER, QUANT -> {
                // Any text may be one.
            }
        }
    }

    private static List<String> states() {
        List<String> states = new ArrayList<>();
        for (State state : State.values()) {
            states.add(state.code());
        }
        for (ModelState state : ModelState.values()) {
            if (!states.contains(state.code())) {
                states.add(state.code());
            }
        }
        return states;
    }
}
