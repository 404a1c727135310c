// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Figures with their values: each is known, or unavailable with its reason, or absent, which means that it does not apply here.
 *
 * @param <F> {@link Metric}, {@link HostMetric} or {@link GpuMetric}
 */
public final class Figures<F extends Enum<F> & Figure> {
    private final Map<F, Value<?>> values;

    private Figures(Map<F, Value<?>> values) {
        this.values = values;
    }

    /** No figure at all. */
    public static <F extends Enum<F> & Figure> Figures<F> none() {
        return new Figures<>(Map.<F, Value<?>>of());
    }

    /** An empty builder for figures of {@code type}. */
    public static <F extends Enum<F> & Figure> Builder<F> of(Class<F> type) {
        return new Builder<>(new EnumMap<>(type));
    }

    /** Every figure that applies, in the order of its enum; unmodifiable. */
    public Map<F, Value<?>> asMap() {
        return values;
    }

    /** The value, or empty where the figure does not apply. */
    public Optional<Value<?>> get(F figure) {
        return Optional.ofNullable(values.get(figure));
    }

    /** The known value of a figure of form COUNT, NUMBER or RATIO. */
    public Optional<Double> number(F figure) {
        return known(figure, Number.class).map(Number::doubleValue);
    }

    /**
     * The known value of a figure.
     *
     * @param type the class of the figure's form, or a supertype
     */
    public <T> Optional<T> known(F figure, Class<T> type) {
        Value<?> value = values.get(figure);
        return value instanceof Value.Known<?> known && type.isInstance(known.value())
                ? Optional.of(type.cast(known.value()))
                : Optional.empty();
    }

    /** Why the figure is not known; empty where it is known or does not apply. */
    public Optional<Value.Unavailable<?>> missing(F figure) {
        return values.get(figure) instanceof Value.Unavailable<?> missing ? Optional.of(missing) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Figures<?> figures && values.equals(figures.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /** Collects figures; not safe for several threads. */
    public static final class Builder<F extends Enum<F> & Figure> {
        private final EnumMap<F, Value<?>> values;

        private Builder(EnumMap<F, Value<?>> values) {
            this.values = values;
        }

        /**
         * Sets a figure, replacing what was set before.
         *
         * @throws IllegalArgumentException where a known value is not of the figure's form
         */
        public Builder<F> put(F figure, Value<?> value) {
            if (value instanceof Value.Known<?> known && !figure.form().type().isInstance(known.value())) {
                throw new IllegalArgumentException(
                        figure.jsonName() + " takes " + figure.form().type().getSimpleName() + ", not "
                                + known.value().getClass().getSimpleName());
            }
            values.put(figure, value);
            return this;
        }

        /** Sets a known figure; a {@code Long} or {@code Double} as its form asks. */
        public Builder<F> put(F figure, Object known) {
            return put(figure, known instanceof Value<?> value ? value : Value.of(known));
        }

        /** Sets a number, rounded where the form is COUNT; a ratio is cut to 0..1; not finite is malformed. */
        public Builder<F> putNumber(F figure, double number) {
            if (!Double.isFinite(number)) {
                return put(figure, Value.unavailable(Reason.MALFORMED, "the engine said " + number));
            }
            return switch (figure.form()) {
                case COUNT -> put(figure, Value.of(Math.round(number)));
                case RATIO -> put(figure, Value.of(Math.min(1.0, Math.max(0.0, number))));
                default -> put(figure, Value.of(number));
            };
        }

        /** Sets a reason. */
        public Builder<F> putUnavailable(F figure, Reason reason, String detail) {
            return put(figure, Value.unavailable(reason, detail));
        }

        /** Sets what {@code others} has, replacing what was set before. */
        public Builder<F> putAll(Figures<F> others) {
            values.putAll(others.values);
            return this;
        }

        /** Whether the figure was set. */
        public boolean has(F figure) {
            return values.containsKey(figure);
        }

        /** The figures set so far, immutable. */
        public Figures<F> build() {
            return new Figures<>(Collections.unmodifiableMap(new EnumMap<>(values)));
        }
    }
}
