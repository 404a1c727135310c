// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import dev.llmtop.model.Evidence;
import dev.llmtop.model.State;
import dev.llmtop.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an adapter thinks of a candidate, with its evidence. Immutable. */
public final class Match {
    private static final Match NONE = of(Strength.NONE).build();

    private final Strength strength;
    private final State state;
    private final Optional<String> title;
    private final List<Evidence> evidence;

    private Match(Builder builder) {
        strength = builder.strength;
        state = builder.state;
        title = builder.title;
        evidence = List.copyOf(builder.evidence);
    }

    /** Not this kind. */
    public static Match none() {
        return NONE;
    }

    /** A match of this strength, in state READY unless said otherwise. */
    public static Builder of(Strength strength) {
        return new Builder(strength);
    }

    /** How sure it is. */
    public Strength strength() {
        return strength;
    }

    /** The state that the answers show. */
    public State state() {
        return state;
    }

    /** A title more exact than the adapter's own; for a product of the family. */
    public Optional<String> title() {
        return title;
    }

    /** Why. */
    public List<Evidence> evidence() {
        return evidence;
    }

    @Override
    public String toString() {
        return strength + " " + state + " " + evidence;
    }

    /** Builds a {@link Match}; text is cleaned. */
    public static final class Builder {
        private final Strength strength;
        private final List<Evidence> evidence = new ArrayList<>();
        private State state = State.READY;
        private Optional<String> title = Optional.empty();

        private Builder(Strength strength) {
            this.strength = strength;
        }

        /** The state that the answers show. */
        public Builder state(State shown) {
            state = shown;
            return this;
        }

        /** A title more exact than the adapter's own. */
        public Builder title(String exact) {
            title = Optional.of(Text.clean(exact));
            return this;
        }

        /** Evidence for; {@code signal} is {@code process}, {@code fingerprint}, {@code port} or a word of your own. */
        public Builder because(String signal, String says) {
            evidence.add(Evidence.supporting(signal, Text.clean(says)));
            return this;
        }

        /** Evidence against. */
        public Builder despite(String signal, String says) {
            evidence.add(Evidence.against(signal, Text.clean(says)));
            return this;
        }

        /** The match. */
        public Match build() {
            return new Match(this);
        }
    }
}
