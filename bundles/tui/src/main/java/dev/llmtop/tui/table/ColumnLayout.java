// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.tui.state.Column;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns stand where. It depends on the width and the focused column alone, so that nothing moves while values change.
 *
 * @param places from left to right; the state and the marks take the first three cells
 */
public record ColumnLayout(List<Place> places) {
    /** Cells for selection, state and mark. */
    public static final int MARGIN = 3;

    private static final int LEAST_MODEL = 12;
    private static final int MOST_MODEL = 40;

    /** The last cell is the scroll bar's. */
    private static final int SCROLL_BAR = 1;

    /** What 80 cells hold, kept longest first. */
    private static final List<Column> BASE = List.of(
            Column.DECODE, Column.RUN, Column.WAIT, Column.KV, Column.PORT, Column.MEM, Column.TTFT, Column.PREFILL);

    /** What more cells hold, the first first. */
    private static final List<Column> FURTHER = List.of(
            Column.INTER_TOKEN,
            Column.TTFT_P99,
            Column.HIT,
            Column.GPU,
            Column.CONTEXT,
            Column.UP,
            Column.KV_BAR,
            Column.END_TO_END,
            Column.PREEMPTIONS,
            Column.QUANTIZATION,
            Column.TOKENS_PER_JOULE,
            Column.PID,
            Column.USER,
            Column.CONTAINER,
            Column.VERSION,
            Column.TREND);

    /** A column at its place. */
    public record Place(Column column, int at, int width) {
        /** The cell behind it. */
        public int end() {
            return at + width;
        }
    }

    public ColumnLayout {
        places = List.copyOf(places);
    }

    /** The columns of a table that is so wide. */
    public static ColumnLayout of(int columns, Column focus) {
        int room = columns - SCROLL_BAR - MARGIN - Column.ENGINE.width();
        Set<Column> chosen = choose(room);
        boolean scrolled =
                focus != Column.STATE && focus != Column.ENGINE && focus != Column.MODEL && !chosen.contains(focus);
        if (scrolled) {
            chosen = around(focus, room - 1 - LEAST_MODEL);
        }
        int model = modelWidth(chosen, room);
        int spare = room - 1 - model - cells(chosen);
        int trend = Column.TREND.width() + (chosen.contains(Column.TREND) ? Math.max(0, spare) : 0);
        return placed(chosen, model, trend);
    }

    private static Set<Column> choose(int room) {
        Set<Column> chosen = EnumSet.noneOf(Column.class);
        if (!take(BASE, room - 1 - LEAST_MODEL, chosen)) {
            return chosen;
        }
        take(FURTHER, room - 1 - Column.MODEL.width() - cells(chosen), chosen);
        return chosen;
    }

    /** Takes columns in their order until one does not fit; whether all did. */
    private static boolean take(List<Column> columns, int room, Set<Column> chosen) {
        int left = room;
        for (Column column : columns) {
            left -= column.width() + 1;
            if (left < 0) {
                return false;
            }
            chosen.add(column);
        }
        return true;
    }

    /** The focused column at the right, before it those that stand to the left of it while they fit. */
    private static Set<Column> around(Column focus, int room) {
        List<Column> all = Column.displayOrder();
        Set<Column> chosen = EnumSet.noneOf(Column.class);
        List<Column> leftwards = new ArrayList<>();
        for (int at = all.indexOf(focus); at >= 2; at--) {
            leftwards.add(all.get(at));
        }
        take(leftwards, room, chosen);
        return chosen;
    }

    private static int modelWidth(Set<Column> chosen, int room) {
        return Math.max(1, Math.min(MOST_MODEL, room - 1 - cells(chosen)));
    }

    private static int cells(Set<Column> chosen) {
        return chosen.stream().mapToInt(column -> column.width() + 1).sum();
    }

    private static ColumnLayout placed(Set<Column> chosen, int model, int trend) {
        List<Place> places = new ArrayList<>();
        int at = MARGIN;
        places.add(new Place(Column.ENGINE, at, Column.ENGINE.width()));
        at += Column.ENGINE.width() + 1;
        places.add(new Place(Column.MODEL, at, model));
        at += model + 1;
        for (Column column : Column.displayOrder()) {
            if (column == Column.KV && chosen.contains(Column.KV_BAR)) {
                places.add(new Place(Column.KV_BAR, at, Column.KV_BAR.width()));
                at += Column.KV_BAR.width() + 1;
            }
            if (chosen.contains(column)) {
                int width = column == Column.TREND ? trend : column.width();
                places.add(new Place(column, at, width));
                at += width + 1;
            }
        }
        return new ColumnLayout(places);
    }
}
