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
    /** The row of an engine. */
    public static RowId of(String engine) {
        return new RowId(engine, Optional.empty());
    }
}
