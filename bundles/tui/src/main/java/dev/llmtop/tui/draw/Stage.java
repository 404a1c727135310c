// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.state.RowId;
import dev.llmtop.tui.state.Scene;
import dev.llmtop.tui.table.ScreenLayout;
import dev.llmtop.tui.table.TableModel;
import dev.llmtop.tui.table.TableRow;
import java.util.List;
import java.util.Optional;

/** What all renderers of a frame share: the scene, and what was worked out from it once. */
record Stage(Scene scene, TableModel table, PressureList pressures) {
    static Stage of(Scene scene, Size size) {
        return new Stage(scene, TableModel.of(scene, size), PressureList.of(scene));
    }

    Snapshot snapshot() {
        return scene.snapshot();
    }

    ScreenLayout layout() {
        return table.layout();
    }

    /** The place of the selected row; negative where none is selected or it is not shown. */
    int selectedIndex() {
        RowId selected = scene.view().selection().orElse(null);
        for (int at = 0; at < table.rows().size(); at++) {
            if (table.rows().get(at).id().equals(selected)) {
                return at;
            }
        }
        return -1;
    }

    /** The selected row; the first where none is. */
    Optional<TableRow> selected() {
        int at = Math.max(0, selectedIndex());
        return at < table.rows().size() ? Optional.of(table.rows().get(at)) : Optional.empty();
    }

    /** Ids of the engines in the order of the table. */
    List<String> engineOrder() {
        return table.rows().stream()
                .map(row -> row.engine().identity().id())
                .distinct()
                .toList();
    }

    /** Whether the first scan is not over. */
    boolean scanning() {
        return snapshot().agent().scanning();
    }
}
