// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model in a {@link Description}. Immutable. */
public final class ServedModel {
    private final String id;
    private final ModelState state;
    private final Map<Fact, Object> facts;
    private final Map<String, Value.Unavailable<?>> unavailable;

    private ServedModel(Builder builder) {
        id = builder.id;
        state = builder.state;
        facts = Map.copyOf(builder.facts);
        unavailable = Map.copyOf(builder.unavailable);
    }

    /** A model of this id, loaded unless said otherwise. */
    public static Builder of(String id) {
        return new Builder(id);
    }

    /** As clients name it, cleaned. */
    public String id() {
        return id;
    }

    /** Where it is. */
    public ModelState state() {
        return state;
    }

    /** What is known of it. */
    public Map<Fact, Object> facts() {
        return facts;
    }

    /** By field: what could not be found out. */
    public Map<String, Value.Unavailable<?>> unavailable() {
        return unavailable;
    }

    /** Builds a {@link ServedModel}; text is cleaned. */
    public static final class Builder {
        private final String id;
        private final Map<Fact, Object> facts = new EnumMap<>(Fact.class);
        private final Map<String, Value.Unavailable<?>> unavailable = new LinkedHashMap<>();
        private ModelState state = ModelState.LOADED;

        private Builder(String id) {
            this.id = Text.clean(id);
        }

        /** Where it is. */
        public Builder state(ModelState known) {
            state = known;
            return this;
        }

        /** A fact in text; an empty one is left out. */
        public Builder fact(Fact fact, String value) {
            if (!value.isEmpty()) {
                facts.put(fact, Text.clean(value));
            }
            return this;
        }

        /** A fact in numbers, at least 0; a negative one is left out. */
        public Builder fact(Fact fact, long value) {
            if (value >= 0) {
                facts.put(fact, value);
            }
            return this;
        }

        /** Why a fact is not known. */
        public Builder unavailable(Fact fact, Reason reason, String detail) {
            unavailable.put(fact.jsonName(), new Value.Unavailable<>(reason, Text.clean(detail)));
            return this;
        }

        /** The model. */
        public ServedModel build() {
            return new ServedModel(this);
        }
    }
}
