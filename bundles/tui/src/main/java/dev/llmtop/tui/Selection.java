// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import dev.llmtop.tui.state.RowId;
import java.util.List;
import java.util.Optional;

/**
 * The selected row over time: it follows its engine; where that leaves, what stands at its place is selected.
 *
 * @param row that is selected; empty where there is none
 * @param rows as they stood when it was last seen
 */
record Selection(Optional<RowId> row, List<RowId> rows) {
    static final Selection NONE = new Selection(Optional.empty(), List.of());

    Selection {
        rows = List.copyOf(rows);
    }

    /** The selection over other rows. */
    Selection over(List<RowId> now, Optional<RowId> chosen) {
        if (now.isEmpty()) {
            // It may come back: an empty table forgets nobody.
            return new Selection(chosen, rows);
        }
        if (chosen.isEmpty()) {
            return new Selection(Optional.of(now.get(0)), now);
        }
        if (now.contains(chosen.get())) {
            return new Selection(chosen, now);
        }
        RowId engine = RowId.of(chosen.get().engine());
        if (now.contains(engine)) {
            // Its model is folded away or gone.
            return new Selection(Optional.of(engine), now);
        }
        int place = Math.max(0, rows.indexOf(chosen.get()));
        return new Selection(Optional.of(now.get(Math.min(place, now.size() - 1))), now);
    }

    /** Whether the row that was chosen is gone from the screen and another has its place. */
    boolean tookOver(Optional<RowId> chosen) {
        return chosen.isPresent()
                && row.isPresent()
                && !row.get().engine().equals(chosen.get().engine());
    }
}
