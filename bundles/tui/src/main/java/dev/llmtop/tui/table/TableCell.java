// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What stands in one cell.
 *
 * @param text blank where the figure does not apply
 * @param missing why there is no figure; empty where there is one, or where it does not apply
 * @param pressure that the figure is under; its mark is part of the text
 */
public record TableCell(String text, Optional<Reason> missing, Pressure pressure) {
    /** Does not apply. */
    public static final TableCell BLANK = new TableCell("", Optional.empty(), Pressure.NONE);

    /** The mark of pressure. */
    public static final String MARK = "!";

    static TableCell of(String text) {
        return new TableCell(text, Optional.empty(), Pressure.NONE);
    }

    static TableCell missing(Reason reason) {
        return new TableCell(sign(reason), Optional.of(reason), Pressure.NONE);
    }

    /** A reason in one to three cells. */
    public static String sign(Reason reason) {
        return reason == Reason.NO_SAMPLE_YET ? "…" : reason.cell();
    }

    /** A figure or its reason; blank where neither is there. */
    static <T> TableCell of(Optional<? extends Value<? extends T>> value, Function<T, TableCell> writer) {
        if (value.isEmpty()) {
            return BLANK;
        }
        Value<? extends T> figure = value.get();
        if (figure instanceof Value.Known<? extends T> known) {
            return writer.apply(known.value());
        }
        return missing(figure.missing().orElseThrow().reason());
    }

    /** A figure of so many cells: under pressure the mark takes the place of one. */
    static TableCell pressed(Pressure pressure, int cells, IntFunction<String> writer) {
        return pressure == Pressure.NONE
                ? of(writer.apply(cells))
                : new TableCell(writer.apply(cells - 1) + MARK, Optional.empty(), pressure);
    }
}
