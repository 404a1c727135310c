// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.ModelSnapshot;
import java.util.Optional;

/**
 * Which rows are shown.
 *
 * @param text as typed; empty for all
 */
public record Filter(String text) {
    /** Every row. */
    public static final Filter ALL = new Filter("");

    /** Whether a row is shown. */
    public boolean matches(EngineSnapshot engine, Optional<ModelSnapshot> model) {
        return true;
    }
}
