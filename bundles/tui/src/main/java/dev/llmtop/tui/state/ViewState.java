// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import java.util.Optional;

/**
 * All that the user chose. A key press makes a new one.
 *
 * @param selection the selected row; empty where there is none
 * @param filter that is in force
 * @param prompt the line being typed; empty while keys are commands
 * @param note a line for the user, such as the name of a file that was written; empty for none
 */
public record ViewState(
        Optional<RowId> selection,
        TableView table,
        Overlay overlay,
        Filter filter,
        TimeView time,
        Look look,
        Optional<Prompt> prompt,
        CommandPane command,
        String note) {}
