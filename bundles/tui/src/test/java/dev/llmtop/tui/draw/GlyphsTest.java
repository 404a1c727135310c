// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.sample.GoldenScreen;
import dev.llmtop.tui.sample.Machines;
import dev.llmtop.tui.sample.Scenes;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlyphsTest {
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9]{2,}");

    private static Frame draw(Scenes scene, int columns, int rows) {
        return new ScreenRenderer().draw(scene.build(), new Size(columns, rows));
    }

    @ParameterizedTest
    @CsvSource({"80,24", "120,40"})
    void asciiHasItsOwnSigns(int columns, int rows) {
        GoldenScreen.check(
                "mockup-ascii-" + columns + "x" + rows, draw(Scenes.mockup().ascii(), columns, rows));
    }

    @ParameterizedTest
    @CsvSource({"80,24", "120,40", "200,50"})
    void asciiSaysTheSameWords(int columns, int rows) {
        List<String> usual = words(draw(Scenes.mockup(), columns, rows));
        List<String> ascii = words(draw(Scenes.mockup().ascii(), columns, rows));
        assertThat(ascii).isEqualTo(usual);
    }

    /** Words, without the bars of the memory map, which get shorter. */
    private static List<String> words(Frame frame) {
        return frame.lines().stream()
                .filter(line -> !line.startsWith("MEM"))
                .flatMap(line -> WORD.matcher(line).results().map(match -> match.group()))
                .toList();
    }

    @Test
    void hostileTextLeavesColumnsStraight() {
        Frame frame = draw(Scenes.of(Machines.hostile()), 80, 24);
        GoldenScreen.check("hostile-80x24", frame);
        for (int row = 5; row < 12; row++) {
            assertThat(frame.text(row, 36)).isEqualTo("0");
            assertThat(frame.text(row, 37)).isEqualTo(Integer.toString(row - 5));
            assertThat(frame.text(row, 44)).isEqualTo("0");
            assertThat(frame.text(row, 78)).isEqualTo("G");
        }
    }
}
