// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All that the user chose. A key press makes a new one.
 *
 * @param selection the selected row; empty where there is none
 * @param filter that is in force
 * @param prompt the line being typed; empty while keys are commands
 * @param note a line for the user, such as the name of a file that was written; empty for none
 * @param pane that has the focus
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
        String note,
        Pane pane) {
    /** With the focus on the table. */
    public ViewState(
            Optional<RowId> selection,
            TableView table,
            Overlay overlay,
            Filter filter,
            TimeView time,
            Look look,
            Optional<Prompt> prompt,
            CommandPane command,
            String note) {
        this(selection, table, overlay, filter, time, look, prompt, command, note, Pane.TABLE);
    }

    /** The same with another selection. */
    public ViewState withSelection(Optional<RowId> other) {
        return new ViewState(other, table, overlay, filter, time, look, prompt, command, note, pane);
    }

    /** The same with another table. */
    public ViewState withTable(UnaryOperator<TableView> change) {
        return new ViewState(selection, change.apply(table), overlay, filter, time, look, prompt, command, note, pane);
    }

    /** The same with another overlay. */
    public ViewState withOverlay(Overlay other) {
        return new ViewState(selection, table, other, filter, time, look, prompt, command, note, pane);
    }

    /** The same with another filter. */
    public ViewState withFilter(Filter other) {
        return new ViewState(selection, table, overlay, other, time, look, prompt, command, note, pane);
    }

    /** The same at another time. */
    public ViewState withTime(TimeView other) {
        return new ViewState(selection, table, overlay, filter, other, look, prompt, command, note, pane);
    }

    /** The same with another look. */
    public ViewState withLook(Look other) {
        return new ViewState(selection, table, overlay, filter, time, other, prompt, command, note, pane);
    }

    /** The same with another prompt. */
    public ViewState withPrompt(Optional<Prompt> other) {
        return new ViewState(selection, table, overlay, filter, time, look, other, command, note, pane);
    }

    /** The same with another output of commands. */
    public ViewState withCommand(CommandPane other) {
        return new ViewState(selection, table, overlay, filter, time, look, prompt, other, note, pane);
    }

    /** The same with another note. */
    public ViewState withNote(String other) {
        return new ViewState(selection, table, overlay, filter, time, look, prompt, command, other, pane);
    }

    /** The same with the focus elsewhere. */
    public ViewState withPane(Pane other) {
        return new ViewState(selection, table, overlay, filter, time, look, prompt, command, note, other);
    }
}
