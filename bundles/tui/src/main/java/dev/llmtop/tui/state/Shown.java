// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import dev.llmtop.model.Snapshot.Event;
import dev.llmtop.tui.cell.Frame;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the user saw when the key was pressed.
 *
 * @param frame as it was drawn
 * @param rows of the table, in order, also those that are scrolled away
 * @param opening rows that can be folded
 * @param page rows of the table that are seen at once
 * @param overlay the text that lies over the screen
 * @param events oldest first
 */
public record Shown(
        Frame frame, List<RowId> rows, Set<RowId> opening, int page, OverlayText overlay, List<Event> events) {
    public Shown {
        rows = List.copyOf(rows);
        opening = Set.copyOf(opening);
        events = List.copyOf(events);
    }

    /**
     * The whole text of an overlay.
     *
     * @param lines also those that are scrolled away
     * @param page lines that are seen at once
     */
    public record OverlayText(List<String> lines, int page) {
        /** No overlay. */
        public static final OverlayText NONE = new OverlayText(List.of(), 1);

        public OverlayText {
            lines = List.copyOf(lines);
        }

        /** The most lines that can be scrolled away. */
        public int mostScroll() {
            return Math.max(0, lines.size() - Math.max(1, page));
        }
    }

    /** Where a row stands; empty where it is not there. */
    Optional<Integer> place(Optional<RowId> row) {
        return row.map(rows::indexOf).filter(index -> index >= 0);
    }
}
