// SPDX-License-Identifier: MIT
package dev.llmtop.tui.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanvasTest {
    private static final Size SMALL = new Size(6, 2);

    @Test
    void aWideCharacterThatDoesNotFitIsLeftOutWhole() {
        Canvas canvas = new Canvas(SMALL);
        canvas.put(0, 0, "abcde\u6a21", Style.PLAIN);
        assertThat(canvas.frame().lines().get(0)).isEqualTo("abcde");
    }

    @Test
    void whatIsWrittenOverHalfAWideCharacterTakesTheOtherHalfToo() {
        Canvas canvas = new Canvas(SMALL);
        canvas.put(0, 0, "\u6a21\u578b", Style.PLAIN);
        canvas.put(0, 1, "x", Style.PLAIN);
        canvas.put(0, 2, "y", Style.PLAIN);
        assertThat(canvas.frame().lines().get(0)).isEqualTo(" xy");
    }

    @Test
    void marksStayWithTheirLetterButOnlyAFew() {
        Canvas canvas = new Canvas(SMALL);
        int end = canvas.put(0, 0, "e\u0301" + "\u0302".repeat(50) + "b", Style.PLAIN);
        assertThat(end).isEqualTo(2);
        assertThat(canvas.frame().text(0, 0)).isEqualTo("e\u0301\u0302\u0302");
        assertThat(canvas.frame().text(0, 1)).isEqualTo("b");
    }

    @Property
    void nothingThatATerminalActsOnGetsIntoACell(@ForAll String text, @ForAll @IntRange(max = 7) int column) {
        Canvas canvas = new Canvas(SMALL);
        canvas.put(0, column, "a" + text, Style.PLAIN);
        canvas.put(1, 0, SMALL.columns(), text, Style.PLAIN);
        Frame frame = canvas.frame();
        for (int at = 0; at < 2 * SMALL.columns(); at++) {
            String cell = frame.text(at / SMALL.columns(), at % SMALL.columns());
            assertThat(cell.codePoints().noneMatch(CanvasTest::isAction)).isTrue();
        }
        assertThat(TextWidth.of(canvas.cut(text, 3))).isLessThanOrEqualTo(3);
    }

    private static boolean isAction(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    @ParameterizedTest
    @CsvSource({
        "a,1",
        "\u00e9,1",
        "\u6a21,2",
        "\uac00,2",
        "\u26a1,2",
        "\u2588,1",
        "\u25b8,1",
        "\u2842,1",
        "\u200d,0",
        "\u0301,0",
        "\u00ad,0"
    })
    void charactersTakeAsManyCellsAsTerminalsGiveThem(String character, int cells) {
        assertThat(TextWidth.of(character)).isEqualTo(cells);
    }

    @Test
    void emojiAreWideAndTheirPartsAreNot() {
        assertThat(TextWidth.of(0x1f680)).isEqualTo(2);
        assertThat(TextWidth.of(0x1f321)).isEqualTo(1);
        assertThat(TextWidth.of(0xfe0f)).isZero();
    }

    @Test
    void signsThatTakeMoreCellsInAsciiAreMeasuredSo() {
        Canvas ascii = new Canvas(new Size(20, 1), true);
        assertThat(ascii.width("\u22654\u2026")).isEqualTo(6);
        assertThat(ascii.cut("abcdefgh", 5)).isEqualTo("ab\u2026");
        assertThat(ascii.put(0, 0, ascii.cut("abcdefgh", 5), Style.PLAIN)).isEqualTo(5);
        ascii.putRight(0, 20, "\u22654", Style.PLAIN);
        assertThat(ascii.frame().lines().get(0)).isEqualTo("ab...            >=4");
    }

    @Test
    void whatIsSaidLaterLiesAboveForTheMouseAndClearingTakesItAway() {
        Canvas canvas = new Canvas(SMALL);
        Target under = new Target(Target.Kind.PANE, "EVENTS");
        Target over = new Target(Target.Kind.KEY, "q");
        canvas.target(0, 0, 6, under);
        canvas.target(0, 2, 2, over);
        assertThat(canvas.frame().target(0, 1)).contains(under);
        assertThat(canvas.frame().target(0, 2)).contains(over);
        assertThat(canvas.frame().target(1, 2)).isEqualTo(Optional.empty());
        canvas.clear(0, 1);
        assertThat(canvas.frame().target(0, 2)).isEmpty();
    }
}
