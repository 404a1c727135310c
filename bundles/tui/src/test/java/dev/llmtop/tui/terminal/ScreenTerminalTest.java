// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.Look;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ScreenTerminalTest {
    private static final Look LOOK = new Look(Look.Theme.DARK, false, Set.of());

    private final List<String> writes = new ArrayList<>();
    private final List<String> line = new ArrayList<>();
    private final List<Boolean> told = new ArrayList<>();
    private final AtomicReference<ScreenTerminal> continuing = new AtomicReference<>();

    private final class Recorder extends OutputStream {
        @Override
        public void write(int one) {
            writes.add(String.valueOf((char) one));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8).replace("\u001b", "^"));
        }
    }

    private final class RecordedLine implements Line {
        @Override
        public void makeRaw() {
            line.add("raw");
        }

        @Override
        public void restore() {
            line.add("restored");
        }

        @Override
        public Optional<Size> size() {
            return Optional.of(new Size(100, 0));
        }

        @Override
        public void stopGroup() {
            line.add("stopped");
            told.add(continuing.get().continued());
        }
    }

    private ScreenTerminal terminal(OutputStream out) {
        return new ScreenTerminal(
                new AttentiveInput(new ByteArrayInputStream(new byte[0])),
                new ScreenOutput(out),
                new ScreenTerminal.Start(TerminalTraits.of(Map.of()), Optional.of(new Size(10, 2)), true),
                RecordedLine::new);
    }

    private static Frame frame(String text) {
        Canvas canvas = new Canvas(new Size(10, 2));
        canvas.put(0, 0, text, Style.PLAIN);
        return canvas.frame();
    }

    @Test
    void theFirstFrameIsOneWriteAndComesBeforeTheKeyboard() throws Exception {
        ScreenTerminal terminal = terminal(new Recorder());
        terminal.show();
        assertThat(writes).isEmpty();
        terminal.draw(frame("llmtop"), LOOK);
        assertThat(writes).containsExactly("^[?1049h^[?7l^[?25l^[?2004h^[1;1H^[0mllmtop");
        assertThat(line).isEmpty();
        terminal.takeKeyboard();
        assertThat(line).containsExactly("raw");
        assertThat(writes.get(1)).contains("^[?1000h", "^[?1006h");
    }

    @Test
    void theTerminalComesBackAsItWasAndOnlyOnce() throws Exception {
        ScreenTerminal terminal = terminal(new Recorder());
        terminal.show();
        terminal.takeKeyboard();
        terminal.draw(frame("x"), LOOK);
        writes.clear();
        terminal.close();
        terminal.close();
        assertThat(String.join("", writes))
                .contains("^[?2004l", "^[?7h", "^[0m", "^[?25h", "^[?1049l", "^[?1000l", "^[?1006l");
        assertThat(line).containsExactly("raw", "restored");
        writes.clear();
        terminal.draw(frame("late"), LOOK);
        terminal.show();
        terminal.takeKeyboard();
        assertThat(writes).isEmpty();
        assertThat(line).containsExactly("raw", "restored");
    }

    @Test
    void suspendedItGivesAllBackFirstAndTakesAllAgainAfterwards() throws Exception {
        ScreenTerminal terminal = terminal(new Recorder());
        terminal.show();
        terminal.takeKeyboard();
        terminal.draw(frame("x"), LOOK);
        continuing.set(terminal);
        terminal.suspend();
        assertThat(line).containsExactly("raw", "restored", "stopped", "raw");
        writes.clear();
        terminal.draw(frame("x"), LOOK);
        assertThat(String.join("", writes)).contains("x");
        assertThat(told).containsExactly(true);
    }

    @Test
    void continuedAfterAForeignStopItTakesAllAgain() throws Exception {
        ScreenTerminal terminal = terminal(new Recorder());
        terminal.show();
        terminal.takeKeyboard();
        terminal.draw(frame("x"), LOOK);
        writes.clear();
        assertThat(terminal.continued()).isFalse();
        terminal.resume();
        terminal.draw(frame("x"), LOOK);
        assertThat(String.join("", writes)).contains("^[?1049l", "^[?1049h", "^[2J", "x");
        assertThat(line).containsExactly("raw", "raw");
    }

    @Test
    void aSizeOfNoRowsIsOneRow() throws Exception {
        ScreenTerminal terminal = terminal(new Recorder());
        assertThat(terminal.size()).isEqualTo(new Size(10, 2));
        terminal.takeKeyboard();
        assertThat(terminal.size()).isEqualTo(new Size(100, 1));
    }

    @Test
    void aTerminalThatTakesNothingDoesNotHoldUpTheEnd() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch writing = new CountDownLatch(1);
        ScreenTerminal terminal = terminal(new OutputStream() {
            @Override
            public void write(int one) {
                writing.countDown();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        terminal.show();
        Thread drawing = new Thread(() -> {
            try {
                terminal.draw(frame("x"), LOOK);
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        });
        drawing.setDaemon(true);
        drawing.start();
        writing.await();
        long before = System.nanoTime();
        terminal.close();
        assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
        never.countDown();
        drawing.join();
    }
}
