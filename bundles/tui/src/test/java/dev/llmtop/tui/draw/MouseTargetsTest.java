// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.cell.Target;
import dev.llmtop.tui.sample.Scenes;
import dev.llmtop.tui.state.Column;
import dev.llmtop.tui.state.Overlay;
import dev.llmtop.tui.state.Pane;
import dev.llmtop.tui.state.RowId;
import org.junit.jupiter.api.Test;

class MouseTargetsTest {
    private final Frame frame = new ScreenRenderer().draw(Scenes.mockup().build(), new Size(120, 40));

    private Target at(int row, String text) {
        return frame.target(row, frame.lines().get(row).indexOf(text)).orElseThrow();
    }

    private int row(String text) {
        for (int row = 0; row < 40; row++) {
            if (frame.lines().get(row).contains(text)) {
                return row;
            }
        }
        throw new AssertionError(text + " is not on the screen");
    }

    @Test
    void rowsAreTheirIds() {
        int row = row("bge-m3");
        assertThat(RowId.parse(frame.target(row, 60).orElseThrow().value()))
                .isEqualTo(RowId.of("127.0.0.1:8080", "bge-m3"));
    }

    @Test
    void headsAreTheirColumns() {
        assertThat(at(4, "TTFT")).isEqualTo(new Target(Target.Kind.COLUMN, Column.TTFT.name()));
        assertThat(at(4, "KV")).satisfies(target -> assertThat(target.value()).startsWith("KV"));
        assertThat(at(4, "MODEL").value()).isEqualTo("MODEL");
    }

    @Test
    void keysOfTheFooterAreButtons() {
        assertThat(at(39, "Enter")).isEqualTo(new Target(Target.Kind.KEY, "Enter"));
        assertThat(at(39, "quit")).isEqualTo(new Target(Target.Kind.KEY, "q"));
    }

    @Test
    void titlesAreTheirPanes() {
        assertThat(at(row("─events"), "events")).isEqualTo(new Target(Target.Kind.PANE, Pane.EVENTS.name()));
        assertThat(at(row("─inspect"), "inspect").value()).isEqualTo(Pane.INSPECTOR.name());
        assertThat(at(row("decode tok/s, "), "decode").value()).isEqualTo(Pane.GRAPHS.name());
    }

    @Test
    void anOverlayTakesThePlaceOfWhatItHides() {
        Frame help = new ScreenRenderer()
                .draw(Scenes.mockup().overlay(Overlay.of(Overlay.Kind.HELP)).build(), new Size(80, 24));
        assertThat(help.target(17, 5)).isEmpty();
        assertThat(help.target(6, 5)).isPresent();
    }
}
