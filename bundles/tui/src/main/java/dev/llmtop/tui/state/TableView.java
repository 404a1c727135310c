// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import java.util.Optional;
import java.util.Set;

/**
 * How the table stands.
 *
 * @param sort the column it is sorted by; empty for the tree
 * @param inverted whether the least stands first
 * @param focus the column that the inspector speaks of
 * @param folded engines that the user folded or unfolded: what is shown below them is the other way round than it would be by
 *     itself (models are shown while all fit, engines below a router always)
 * @param allFolded whether no models are shown
 * @param marked rows kept at the top
 */
public record TableView(
        Optional<Column> sort,
        boolean inverted,
        Column focus,
        Set<String> folded,
        boolean allFolded,
        Set<RowId> marked) {
    /** As it is at the start. */
    public static final TableView START =
            new TableView(Optional.empty(), false, Column.DECODE, Set.of(), false, Set.of());

    public TableView {
        folded = Set.copyOf(folded);
        marked = Set.copyOf(marked);
    }

    /** The same in another order. */
    public TableView withSort(Optional<Column> column, boolean otherWay) {
        return new TableView(column, otherWay, focus, folded, allFolded, marked);
    }

    /** The same with the focus on another column. */
    public TableView withFocus(Column column) {
        return new TableView(sort, inverted, column, folded, allFolded, marked);
    }

    /** The same with other engines folded. */
    public TableView withFolded(Set<String> engines) {
        return new TableView(sort, inverted, focus, engines, allFolded, marked);
    }

    /** The same with all models folded, or not. */
    public TableView withAllFolded(boolean all) {
        return new TableView(sort, inverted, focus, folded, all, marked);
    }

    /** The same with other rows kept at the top. */
    public TableView withMarked(Set<RowId> rows) {
        return new TableView(sort, inverted, focus, folded, allFolded, rows);
    }
}
