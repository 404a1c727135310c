// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.tui.state.RowId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SelectionTest {
    private static final RowId A = RowId.of("a");
    private static final RowId B = RowId.of("b");
    private static final RowId M = RowId.of("b", "m");
    private static final RowId C = RowId.of("c");

    @Test
    void followsItsRowWhereverItStands() {
        Selection selection = Selection.NONE.over(List.of(A, B, C), Optional.of(B));
        assertThat(selection.over(List.of(C, A, B), Optional.of(B)).row()).contains(B);
    }

    @Test
    void isOnTheFirstRowAtTheStart() {
        assertThat(Selection.NONE.over(List.of(A, B), Optional.empty()).row()).contains(A);
        assertThat(Selection.NONE.over(List.of(), Optional.empty()).row()).isEmpty();
    }

    @Test
    void whatComesAtThePlaceOfOneThatLeftTakesOver() {
        Selection selection = Selection.NONE.over(List.of(A, B, C), Optional.of(B));
        Selection later = selection.over(List.of(A, C), Optional.of(B));
        assertThat(later.row()).contains(C);
        assertThat(later.tookOver(Optional.of(B))).isTrue();
        Selection last = Selection.NONE.over(List.of(A, B), Optional.of(B)).over(List.of(A), Optional.of(B));
        assertThat(last.row()).contains(A);
    }

    @Test
    void aModelThatIsFoldedAwayLeavesItToItsEngine() {
        Selection selection = Selection.NONE.over(List.of(A, B, M), Optional.of(M));
        Selection folded = selection.over(List.of(A, B), Optional.of(M));
        assertThat(folded.row()).contains(B);
        assertThat(folded.tookOver(Optional.of(M))).isFalse();
    }

    @Test
    void anEmptyTableForgetsNobody() {
        Selection selection = Selection.NONE.over(List.of(A, B), Optional.of(B));
        assertThat(selection
                        .over(List.of(), Optional.of(B))
                        .over(List.of(A, B), Optional.of(B))
                        .row())
                .contains(B);
    }
}
