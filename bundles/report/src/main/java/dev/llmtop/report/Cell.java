// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What stands in one cell.
 *
 * @param text blank where the value does not apply
 * @param reason why there is no value; empty where there is one, or where it does not apply
 * @param marked whether it carries the mark of pressure
 */
record Cell(String text, Optional<Reason> reason, boolean marked) {
    /** Does not apply. */
    static final Cell BLANK = new Cell("", Optional.empty(), false);

    /** The mark of pressure. */
    static final String MARK = "!";

    static Cell of(String text) {
        return new Cell(text, Optional.empty(), false);
    }

    static Cell missing(Reason reason) {
        return new Cell(reason.cell(), Optional.of(reason), false);
    }

    /** A value or its reason. */
    static <T> Cell of(Value<T> value, Function<T, String> writer) {
        return value.known()
                .map(known -> of(writer.apply(known)))
                .orElseGet(() -> missing(value.missing().orElseThrow().reason()));
    }

    /** A value of five cells: under pressure the mark takes the place of one. */
    static Cell pressed(Pressure pressure, IntFunction<String> writer) {
        return pressure == Pressure.NONE
                ? of(writer.apply(5))
                : new Cell(writer.apply(4) + MARK, Optional.empty(), true);
    }
}
