// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/**
 * A value that is known, or unavailable with its reason. There is no third case here: what does not apply at all is left out by
 * whoever holds values (an absent key of {@link Figures}).
 *
 * @param <T> the type of the value when it is known; immutable
 */
public sealed interface Value<T> {
    /** A known value. */
    record Known<T>(T value) implements Value<T> {
        public Known {
            requireNonNull(value, "value");
            if (value instanceof Double number && !Double.isFinite(number)) {
                throw new IllegalArgumentException("a known number is finite, not " + number);
            }
        }
    }

    /**
     * An unknown value.
     *
     * @param reason the category
     * @param detail one line for a person: what was tried, and what would help; never empty, never a stack trace
     */
    record Unavailable<T>(Reason reason, String detail) implements Value<T> {
        public Unavailable {
            requireNonNull(reason, "reason");
            requireNonNull(detail, "detail");
        }

        /** The same reason, for a value of another type. */
        public <R> Unavailable<R> as() {
            return new Unavailable<>(reason, detail);
        }
    }

    /** A known value; a {@code Double} must be finite, else {@link IllegalArgumentException}. */
    static <T> Value<T> of(T value) {
        return new Known<>(value);
    }

    /** An unknown value with its reason and one line for a person. */
    static <T> Value<T> unavailable(Reason reason, String detail) {
        return new Unavailable<>(reason, detail);
    }

    /** The value when it is known. */
    default Optional<T> known() {
        return this instanceof Known<T> known ? Optional.of(known.value()) : Optional.empty();
    }

    /** The reason when it is not known. */
    default Optional<Unavailable<T>> missing() {
        return this instanceof Unavailable<T> unavailable ? Optional.of(unavailable) : Optional.empty();
    }

    /** Applies {@code function} to a known value, keeps the reason of an unknown one. */
    default <R> Value<R> map(Function<? super T, ? extends R> function) {
        if (this instanceof Known<T> known) {
            return new Known<>(function.apply(known.value()));
        }
        return ((Unavailable<T>) this).as();
    }
}
