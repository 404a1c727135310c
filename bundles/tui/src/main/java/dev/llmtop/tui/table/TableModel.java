// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.state.Scene;
import dev.llmtop.tui.state.TableView;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole table and the screen around it.
 *
 * @param rows every row, in order
 * @param engines that pass the filter
 * @param allEngines also those that do not
 */
public record TableModel(List<TableRow> rows, int engines, int allEngines, ScreenLayout layout) {
    public TableModel {
        rows = List.copyOf(rows);
    }

    /** The table of a scene at a size. */
    public static TableModel of(Scene scene, Size size) {
        Fleet fleet = Fleet.of(scene);
        TableView view = scene.view().table();
        Tree tree = new Tree(fleet, view, scene.view().filter());
        List<TableRow> rows = view.sort()
                .map(column -> new RowSort(column, view.inverted()).sorted(tree.flat()))
                .orElseGet(() -> unfolded(tree, scene, size));
        return new TableModel(
                markedFirst(rows, view),
                tree.engines(),
                fleet.engines().size(),
                ScreenLayout.of(scene, size, rows.size()));
    }

    /** As many models as fit with all else. */
    private static List<TableRow> unfolded(Tree tree, Scene scene, Size size) {
        for (Tree.Depth depth : List.of(Tree.Depth.INSTALLED, Tree.Depth.SERVED)) {
            int rows = tree.count(depth);
            if (rows <= ScreenLayout.of(scene, size, rows).tableRows()) {
                return tree.rows(depth);
            }
        }
        return tree.rows(Tree.Depth.ENGINES);
    }

    /** Marked rows at the top, each with what stands below it in the tree. */
    private static List<TableRow> markedFirst(List<TableRow> rows, TableView view) {
        if (view.marked().isEmpty()) {
            return rows;
        }
        List<TableRow> marked = new ArrayList<>();
        List<TableRow> others = new ArrayList<>();
        for (int at = 0; at < rows.size(); at++) {
            TableRow row = rows.get(at);
            if (!view.marked().contains(row.id())) {
                others.add(row);
                continue;
            }
            int depth = row.branch().length();
            marked.add(row.withBranch(""));
            while (at + 1 < rows.size() && rows.get(at + 1).branch().length() > depth) {
                at++;
                marked.add(rows.get(at).withBranch(rows.get(at).branch().substring(depth)));
            }
        }
        marked.addAll(others);
        return marked;
    }
}
