// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.sample.GoldenScreen;
import dev.llmtop.tui.sample.Scenes;
import dev.llmtop.tui.state.Part;
import org.junit.jupiter.api.Test;
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

    @Test
    void hiddenPartsLeaveTheirRoomToOthersOnAWideScreen() {
        Size wide = new Size(200, 50);
        GoldenScreen.check(
                "mockup-hidden-200x50",
                renderer.draw(
                        Scenes.mockup()
                                .hide(Part.GRAPHS, Part.EVENTS, Part.FLOW)
                                .build(),
                        wide));
        assertThat(renderer.draw(Scenes.mockup().hide(Part.MEMORY).build(), wide)
                        .lines())
                .noneMatch(line -> line.contains("memory, unified"))
                .anyMatch(line -> line.contains("┬─topology"));
    }
}
