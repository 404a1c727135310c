// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model that an engine serves or could serve.
 *
 * @param id as clients name it, cleaned
 * @param state where it is
 * @param primary whether it is the engine's main model
 * @param facts by field: what is known of it; see {@link Fact}
 * @param metrics its own figures, where the engine tells its models apart
 * @param unavailable by field: what could not be found out
 */
public record ModelSnapshot(
        String id,
        ModelState state,
        boolean primary,
        Map<Fact, Object> facts,
        Figures<Metric> metrics,
        Map<String, Value.Unavailable<?>> unavailable) {
    public ModelSnapshot {
        facts = Map.copyOf(facts);
        facts.forEach((fact, value) -> {
            if (!fact.type().isInstance(value)) {
                throw new IllegalArgumentException(
                        fact.jsonName() + " takes " + fact.type().getSimpleName());
            }
        });
        unavailable = Collections.unmodifiableMap(new TreeMap<>(unavailable));
    }

    /** A known fact as text. */
    public Optional<String> text(Fact fact) {
        return Optional.ofNullable(facts.get(fact)).map(Object::toString);
    }

    /** A known fact as a whole number. */
    public Optional<Long> number(Fact fact) {
        return facts.get(fact) instanceof Long number ? Optional.of(number) : Optional.empty();
    }

    /** What can be known of a model. Grows in minor versions. */
    public enum Fact {
        /** Path or repository that it was loaded from. */
        ROOT("root", String.class),
        /** The id of the base model of a LoRA adapter. */
        PARENT("parent", String.class),
        /** Longest sequence, in tokens. */
        CONTEXT_TOKENS("contextTokens", Long.class),
        QUANTIZATION("quantization", String.class),
        /** Such as {@code 32.8B}. */
        PARAMETERS("parameters", String.class),
        SIZE_BYTES("sizeBytes", Long.class),
        GPU_BYTES("gpuBytes", Long.class),
        /** RFC 3339, or {@code never}. */
        EXPIRES("expires", String.class),
        /** The process that serves it. */
        PID("pid", Long.class);

        private final String jsonName;
        private final Class<?> type;

        Fact(String jsonName, Class<?> type) {
            this.jsonName = jsonName;
            this.type = type;
        }

        /** The name in JSON. */
        public String jsonName() {
            return jsonName;
        }

        /** {@link String} or {@link Long}. */
        public Class<?> type() {
            return type;
        }
    }
}
