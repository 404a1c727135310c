// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import java.util.Optional;

/**
 * What a row shows: selection follows it, not the place on the screen.
 *
 * @param engine id of the engine
 * @param model id of the model; empty for the row of the engine itself
 */
public record RowId(String engine, Optional<String> model) {
    /** Between engine and model in the text form: no address and no cleaned id has it. */
    private static final char BETWEEN = '\u0001';

    /** The row of an engine. */
    public static RowId of(String engine) {
        return new RowId(engine, Optional.empty());
    }

    /** The row of one model of an engine. */
    public static RowId of(String engine, String model) {
        return new RowId(engine, Optional.of(model));
    }

    /** Its text form, which {@link #parse} reads. */
    public String text() {
        return model.map(id -> engine + BETWEEN + id).orElse(engine);
    }

    /** The row of a text form. */
    public static RowId parse(String text) {
        int between = text.indexOf(BETWEEN);
        return between < 0 ? of(text) : of(text.substring(0, between), text.substring(between + 1));
    }
}
