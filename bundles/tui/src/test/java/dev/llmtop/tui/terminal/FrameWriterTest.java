// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Pressure;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Palette.Depth;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.Look;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class FrameWriterTest {
    private static final Size SIZE = new Size(20, 4);
    private static final Look DARK = new Look(Look.Theme.DARK, false, Set.of());
    private static final List<String> TEXTS = List.of(
            "a", "Z9", "  ", "│", "██", "한글", "漢", "\ud83d\ude00", "e\u0301", "\u28ff\u28c0", "ａ", "plain words");
    private static final List<Style> STYLES = List.of(
            Style.PLAIN,
            Style.BOLD,
            Style.DIM,
            Style.of(Pressure.WARN),
            Style.of(Pressure.CRITICAL),
            Style.PLAIN.reversed(true));

    @Property(tries = 500)
    void whateverFollowsWhateverTheTerminalShowsTheFrame(@ForAll long seed) {
        Random random = new Random(seed);
        FrameWriter writer = new FrameWriter(Depth.TRUE);
        Emulator terminal = new Emulator(SIZE.columns(), SIZE.rows());
        Canvas before = new Canvas(SIZE);
        for (int round = 0; round < 6; round++) {
            Canvas canvas = random.nextBoolean() ? before : new Canvas(SIZE);
            for (int stroke = 0; stroke < random.nextInt(8); stroke++) {
                canvas.put(
                        random.nextInt(SIZE.rows()),
                        random.nextInt(SIZE.columns() + 2) - 1,
                        TEXTS.get(random.nextInt(TEXTS.size())),
                        STYLES.get(random.nextInt(STYLES.size())));
            }
            Frame frame = canvas.frame();
            terminal.take(writer.changes(frame, DARK));
            assertThat(terminal.lines()).isEqualTo(frame.lines());
            assertThat(shown(terminal)).isEqualTo(wanted(frame));
            before = canvas;
        }
    }

    private static String shown(Emulator terminal) {
        StringBuilder all = new StringBuilder();
        for (int row = 0; row < SIZE.rows(); row++) {
            for (int column = 0; column < SIZE.columns(); column++) {
                all.append(terminal.style(row, column)).append(' ');
            }
        }
        return all.toString();
    }

    private static String wanted(Frame frame) {
        StringBuilder all = new StringBuilder();
        for (int row = 0; row < SIZE.rows(); row++) {
            for (int column = 0; column < SIZE.columns(); column++) {
                String sequence =
                        Colours.sequence(frame.style(row, column), Colours.palette(Look.Theme.DARK, Depth.TRUE));
                all.append(sequence, 2, sequence.length() - 1).append(' ');
            }
        }
        return all.toString();
    }

    @Test
    void whatDidNotChangeIsNotWritten() {
        FrameWriter writer = new FrameWriter(Depth.NONE);
        Canvas canvas = new Canvas(SIZE);
        canvas.put(1, 2, "decode 143", Style.PLAIN);
        writer.changes(canvas.frame(), DARK);
        assertThat(writer.changes(canvas.frame(), DARK)).isEmpty();
        canvas.put(1, 11, "4", Style.PLAIN);
        assertThat(writer.changes(canvas.frame(), DARK)).isEqualTo("\u001b[2;12H\u001b[0m4");
    }

    @Test
    void fewUnchangedCellsAreWrittenAgainAndManyAreJumpedOver() {
        FrameWriter writer = new FrameWriter(Depth.NONE);
        Canvas canvas = new Canvas(SIZE);
        canvas.put(0, 0, "a12b5678901234567c", Style.PLAIN);
        writer.changes(canvas.frame(), DARK);
        canvas.put(0, 0, "A", Style.PLAIN);
        canvas.put(0, 3, "B", Style.PLAIN);
        canvas.put(0, 17, "C", Style.PLAIN);
        assertThat(writer.changes(canvas.frame(), DARK)).isEqualTo("\u001b[1;1H\u001b[0mA12B\u001b[1;18HC");
    }

    @Test
    void anotherThemeOrSizeIsDrawnWhole() {
        FrameWriter writer = new FrameWriter(Depth.INDEXED);
        Canvas canvas = new Canvas(SIZE);
        canvas.put(0, 0, "hot!", Style.of(Pressure.WARN));
        assertThat(writer.changes(canvas.frame(), DARK)).isEqualTo("\u001b[1;1H\u001b[0;38;5;214mhot!");
        assertThat(writer.changes(canvas.frame(), new Look(Look.Theme.LIGHT, false, Set.of())))
                .isEqualTo("\u001b[0m\u001b[2J\u001b[1;1H\u001b[0;38;5;94mhot!");
        assertThat(writer.changes(canvas.frame(), new Look(Look.Theme.MONO, false, Set.of())))
                .doesNotContain("38;");
        assertThat(writer.changes(new Canvas(new Size(5, 1)).frame(), DARK)).isEqualTo("\u001b[0m\u001b[2J");
    }

    @Test
    void afterAnEmojiTheCursorIsSetAgainSinceTerminalsDisagreeAboutItsWidth() {
        FrameWriter writer = new FrameWriter(Depth.NONE);
        Canvas canvas = new Canvas(SIZE);
        canvas.put(0, 0, "\ud83d\ude00|", Style.PLAIN);
        assertThat(writer.changes(canvas.frame(), DARK)).isEqualTo("\u001b[1;1H\u001b[0m\ud83d\ude00\u001b[1;3H|");
    }
}
