// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.tui.state.RowId;
import java.time.Duration;
import java.util.Optional;

/**
 * One row of the table.
 *
 * @param engine that it shows, or that serves its model
 * @param model absent for the row of the engine itself
 * @param branch what the tree draws before its name; empty in a flat table
 * @param gone for how long the engine has been gone; absent where it is there
 * @param opens whether something can be unfolded below it
 * @param resident whether its memory is what its processes hold, since the machine has no GPU
 */
public record TableRow(
        EngineSnapshot engine,
        Optional<ModelSnapshot> model,
        String branch,
        Optional<Duration> gone,
        boolean opens,
        boolean resident) {
    /** On a machine with a GPU. */
    public TableRow(
            EngineSnapshot engine,
            Optional<ModelSnapshot> model,
            String branch,
            Optional<Duration> gone,
            boolean opens) {
        this(engine, model, branch, gone, opens, false);
    }

    /** What it shows. */
    public RowId id() {
        return new RowId(engine.identity().id(), model.map(ModelSnapshot::id));
    }

    TableRow withBranch(String other) {
        return new TableRow(engine, model, other, gone, opens, resident);
    }
}
