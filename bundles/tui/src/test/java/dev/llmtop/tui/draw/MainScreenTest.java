// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.sample.GoldenScreen;
import dev.llmtop.tui.sample.Scenes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainScreenTest {
    private final ScreenRenderer renderer = new ScreenRenderer();

    @ParameterizedTest
    @CsvSource({"80,24", "120,40", "200,50", "40,10", "60,18", "100,30"})
    void theMockUpIsDrawnToScale(int columns, int rows) {
        GoldenScreen.check(
                "mockup-" + columns + "x" + rows, renderer.draw(Scenes.mockup().build(), new Size(columns, rows)));
    }
}
