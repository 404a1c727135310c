// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import dev.llmtop.tui.state.Input.Key;
import dev.llmtop.tui.state.Input.Name;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys that order the table and find in it. */
final class TableKeys {
    private TableKeys() {}

    static Optional<Step> apply(ViewState view, Key key, Shown shown) {
        if (key.name() == Name.F3) {
            return Optional.of(filter(view));
        }
        if (key.name() == Name.F6) {
            return Optional.of(sortByFocus(view));
        }
        if (key.name() != Name.CHARACTER) {
            return Optional.empty();
        }
        return switch (key.text()) {
            case "/" -> Optional.of(filter(view));
            case "n" -> Optional.of(match(view, 1, shown));
            case "N" -> Optional.of(match(view, -1, shown));
            case "s" -> Optional.of(sortNext(view, 1));
            case "S" -> Optional.of(sortNext(view, -1));
            case "o" -> Optional.of(sortByFocus(view));
            case "i" -> Optional.of(invert(view));
            case "t" -> Optional.of(treeOrFlat(view));
            case "*" -> Optional.of(foldAll(view));
            case "M" -> Optional.of(mark(view));
            default -> Optional.empty();
        };
    }

    private static Step filter(ViewState view) {
        return Step.of(view.withPrompt(
                Optional.of(Prompt.begin(Prompt.Kind.FILTER, view.filter().text()))));
    }

    /** From match to match, round the table. */
    private static Step match(ViewState view, int by, Shown shown) {
        if (view.filter().text().isEmpty()) {
            return Step.note(view, "no filter to match; / sets one");
        }
        List<RowId> rows = shown.rows();
        if (rows.isEmpty()) {
            return Step.note(view, "no match");
        }
        int from = shown.place(view.selection()).orElse(by > 0 ? -1 : 0);
        int to = Math.floorMod(from + by, rows.size());
        ViewState moved = view.withSelection(Optional.of(rows.get(to)));
        return by > 0
                ? to <= from ? Step.note(moved, "from the top again") : Step.of(moved)
                : to >= from ? Step.note(moved, "from the bottom again") : Step.of(moved);
    }

    private static Step sortNext(ViewState view, int by) {
        List<Column> columns = sortable();
        Optional<Column> now = view.table().sort();
        int from = columns.indexOf(now.orElse(view.table().focus()));
        int to = now.isEmpty() ? Math.max(0, from) : Math.floorMod(from + by, columns.size());
        return sortBy(view, columns.get(to));
    }

    /** By the column under the focus; a second time the other way round. */
    static Step sortByFocus(ViewState view) {
        Column focus = view.table().focus();
        if (!sortable().contains(focus)) {
            return Step.note(view, focus.title() + " has no order");
        }
        return view.table().sort().equals(Optional.of(focus)) ? invert(view) : sortBy(view, focus);
    }

    static Step sortBy(ViewState view, Column column) {
        return Step.note(
                        view.withTable(table -> table.withSort(Optional.of(column), false)),
                        "sorted by " + column.title())
                .with(Effect.Plain.KEEP_SETTINGS);
    }

    private static List<Column> sortable() {
        return Column.displayOrder().stream()
                .filter(column -> column != Column.TREND && column != Column.KV_BAR)
                .toList();
    }

    private static Step invert(ViewState view) {
        TableView table = view.table();
        if (table.sort().isEmpty()) {
            return Step.note(view, "a tree has one order; s sorts");
        }
        return Step.note(
                        view.withTable(one -> one.withSort(one.sort(), !one.inverted())),
                        table.inverted() ? "greatest first" : "least first")
                .with(Effect.Plain.KEEP_SETTINGS);
    }

    private static Step treeOrFlat(ViewState view) {
        if (view.table().sort().isPresent()) {
            return Step.note(view.withTable(table -> table.withSort(Optional.empty(), false)), "tree")
                    .with(Effect.Plain.KEEP_SETTINGS);
        }
        Column focus = view.table().focus();
        return sortBy(view, sortable().contains(focus) ? focus : Column.DECODE);
    }

    private static Step foldAll(ViewState view) {
        if (view.table().sort().isPresent()) {
            return Step.note(view, "only a tree folds; t makes one");
        }
        boolean folds = !view.table().allFolded();
        return Step.note(
                view.withTable(table -> table.withFolded(Set.of()).withAllFolded(folds)),
                folds ? "all folded" : "unfolded where there is room");
    }

    private static Step mark(ViewState view) {
        if (view.selection().isEmpty()) {
            return Step.note(view, "no row to mark");
        }
        Set<RowId> marked = new HashSet<>(view.table().marked());
        boolean unmarks = marked.remove(view.selection().get());
        if (!unmarks) {
            marked.add(view.selection().get());
        }
        return Step.note(
                view.withTable(table -> table.withMarked(marked)),
                unmarks ? "back to its place" : "kept at the top; M again lets it go");
    }
}
