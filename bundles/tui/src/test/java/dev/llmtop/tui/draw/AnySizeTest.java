// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.cell.TextWidth;
import dev.llmtop.tui.sample.Machines;
import dev.llmtop.tui.sample.RandomMachine;
import dev.llmtop.tui.sample.Samples;
import dev.llmtop.tui.sample.Scenes;
import dev.llmtop.tui.sample.Waves;
import dev.llmtop.tui.state.Column;
import dev.llmtop.tui.state.CommandPane;
import dev.llmtop.tui.state.Overlay;
import dev.llmtop.tui.state.Prompt;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

class AnySizeTest {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]");

    @Provide
    Arbitrary<Snapshot> machines() {
        Arbitrary<Snapshot> known = Arbitraries.of(
                Samples.mockup(),
                Machines.eightGpus(),
                Machines.gpus(20),
                Machines.gpus(3),
                Machines.thirtyEngines(),
                Machines.scanning(),
                Machines.empty(),
                Machines.idle(),
                Machines.hostile());
        return Arbitraries.oneOf(known, Arbitraries.longs().map(RandomMachine::of));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void everyFrameIsWholeAtEverySize(
            @ForAll("machines") Snapshot machine,
            @ForAll @IntRange(min = 1, max = 220) int columns,
            @ForAll @IntRange(min = 1, max = 60) int rows,
            @ForAll Overlay.Kind overlay,
            @ForAll Column focus,
            @ForAll @IntRange(min = 0, max = 29) int selected,
            @ForAll boolean ascii) {
        Scenes scene = Scenes.of(machine)
                .events(Samples.events())
                .trends(Waves.of("127.0.0.1:8000"))
                .select("127.0.0.1:" + (8000 + selected % 12))
                .focus(focus)
                .overlay(new Overlay(overlay, 1, selected, "e"))
                .command(new CommandPane(
                        "x".repeat(selected * 9), List.of("\u6a21".repeat(200)), true, List.of("a", "b")));
        if (selected % 3 == 0) {
            scene.prompt(
                    new Prompt(Prompt.Kind.FILTER, "\u6a21\u578b ".repeat(selected), selected, "x".repeat(selected)));
        }
        if (selected % 5 == 0) {
            scene.sort(focus, ascii);
        }
        if (ascii) {
            scene.ascii();
        }
        Frame frame = new ScreenRenderer().draw(scene.build(), new Size(columns, rows));
        assertThat(frame.size()).isEqualTo(new Size(columns, rows));
        for (int row = 0; row < rows; row++) {
            assertRowIsWhole(frame, row, ascii);
        }
    }

    /** No cell holds what a terminal would not print in so many cells, and no wide character is split. */
    private static void assertRowIsWhole(Frame frame, int row, boolean ascii) {
        int columns = frame.size().columns();
        for (int column = 0; column < columns; column++) {
            String text = frame.text(row, column);
            boolean continued = text.isEmpty();
            int width = TextWidth.of(text);
            assertThat(UNPRINTABLE.matcher(text).find()).isFalse();
            if (continued) {
                assertThat(column).isPositive();
                assertThat(TextWidth.of(frame.text(row, column - 1))).isEqualTo(2);
            } else {
                assertThat(width).isBetween(1, 2);
                boolean followed =
                        column + 1 < columns && frame.text(row, column + 1).isEmpty();
                assertThat(followed).isEqualTo(width == 2);
            }
            assertThat(ascii && text.chars().anyMatch(character -> character > 0x7e))
                    .isFalse();
        }
    }
}
