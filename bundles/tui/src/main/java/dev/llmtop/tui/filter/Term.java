// SPDX-License-Identifier: MIT
package dev.llmtop.tui.filter;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** One word of a filter. */
public sealed interface Term {
    /** Whether it is true of a row; what is not known is true of nothing. */
    boolean matches(FilterRow row);

    /** {@code word}: part of engine, model, address or container. */
    record Word(String lowerCase) implements Term {
        @Override
        public boolean matches(FilterRow row) {
            return row.words().anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(lowerCase));
        }
    }

    /**
     * {@code /re/}: found in engine, model, address or container.
     *
     * @param source of the expression, as typed
     */
    record Expression(String source, Pattern pattern) implements Term {
        @Override
        public boolean matches(FilterRow row) {
            return row.words().anyMatch(text -> BoundedText.finds(pattern, text));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Expression expression && source.equals(expression.source);
        }

        @Override
        public int hashCode() {
            return source.hashCode();
        }
    }

    /** {@code key:a,b}: one of these. */
    record Choice(Facet facet, List<String> lowerCase) implements Term {
        public Choice {
            lowerCase = List.copyOf(lowerCase);
        }

        @Override
        public boolean matches(FilterRow row) {
            return facet.values(row)
                    .map(value -> value.toLowerCase(Locale.ROOT))
                    .anyMatch(value -> lowerCase.stream().anyMatch(wanted -> facet.fits(value, wanted)));
        }
    }

    /** {@code kv>80%}: a number on one side of a bound. */
    record Bound(Quantity quantity, Comparison comparison, double bound) implements Term {
        @Override
        public boolean matches(FilterRow row) {
            return quantity.of(row).stream().anyMatch(value -> comparison.holds(value, bound, quantity.fineness()));
        }
    }

    /** {@code !x}. */
    record Not(Term term) implements Term {
        @Override
        public boolean matches(FilterRow row) {
            return !term.matches(row);
        }
    }
}
