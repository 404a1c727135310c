// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.tui.state.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Sorts rows by a column: numbers from the greatest down, words from a to z. What is missing or blank stands last either way.
 *
 * @param inverted the other way round
 */
record RowSort(Column column, boolean inverted) {
    /** A row with what it is sorted by. */
    private record Keyed(TableRow row, OptionalDouble number, Optional<String> word) {
        boolean last() {
            return number.isEmpty() && word.isEmpty();
        }
    }

    List<TableRow> sorted(List<TableRow> rows) {
        List<Keyed> keyed = new ArrayList<>();
        for (TableRow row : rows) {
            RowCells cells = new RowCells(row);
            keyed.add(
                    column.words()
                            ? new Keyed(row, OptionalDouble.empty(), word(cells))
                            : new Keyed(row, cells.sortNumber(column), Optional.empty()));
        }
        Comparator<Keyed> order = column.words()
                ? Comparator.comparing(one -> one.word().orElse(""))
                : Comparator.comparing(one -> -one.number().orElse(0));
        Comparator<Keyed> way = inverted ? order.reversed() : order;
        keyed.sort(Comparator.comparing(Keyed::last).thenComparing(way));
        return keyed.stream().map(Keyed::row).toList();
    }

    private Optional<String> word(RowCells cells) {
        return cells.sortWord(column).map(text -> text.toLowerCase(Locale.ROOT)).filter(text -> !text.isEmpty());
    }
}
