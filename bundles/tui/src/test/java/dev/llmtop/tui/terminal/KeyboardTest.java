// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.tui.state.Input;
import dev.llmtop.tui.state.Input.Key;
import dev.llmtop.tui.state.Input.Mouse;
import dev.llmtop.tui.state.Input.Name;
import dev.llmtop.tui.state.Input.Paste;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bytes as terminals send them, through the whole of the decoding. Sequences: xterm's ctlseqs, rxvt, the Linux console, PuTTY. */
final class KeyboardTest {
    private static final Map<String, Input> KEYS = Map.ofEntries(
            Map.entry("a", Key.of("a")),
            Map.entry("G", Key.of("G")),
            Map.entry("é", Key.of("é")),
            Map.entry("\ud83d\ude00", Key.of("\ud83d\ude00")),
            Map.entry(" ", Key.of(" ")),
            Map.entry("\r", Key.of(Name.ENTER)),
            Map.entry("\n", Key.of(Name.ENTER)),
            Map.entry("\t", Key.of(Name.TAB)),
            Map.entry("\u007f", Key.of(Name.BACKSPACE)),
            Map.entry("\b", Key.of(Name.BACKSPACE)),
            Map.entry("\u0003", Key.control('c')),
            Map.entry("\u001a", Key.control('z')),
            Map.entry("\f", Key.control('l')),
            Map.entry("\u001b", Key.of(Name.ESCAPE)),
            Map.entry("\u001b[A", Key.of(Name.UP)),
            Map.entry("\u001bOA", Key.of(Name.UP)),
            Map.entry("\u001b[1;5C", Key.of(Name.RIGHT)),
            Map.entry("\u001b[D", Key.of(Name.LEFT)),
            Map.entry("\u001b[H", Key.of(Name.HOME)),
            Map.entry("\u001b[1~", Key.of(Name.HOME)),
            Map.entry("\u001b[7~", Key.of(Name.HOME)),
            Map.entry("\u001bOF", Key.of(Name.END)),
            Map.entry("\u001b[4~", Key.of(Name.END)),
            Map.entry("\u001b[3~", Key.of(Name.DELETE)),
            Map.entry("\u001b[5~", Key.of(Name.PAGE_UP)),
            Map.entry("\u001b[6~", Key.of(Name.PAGE_DOWN)),
            Map.entry("\u001b[Z", Key.of(Name.BACK_TAB)),
            Map.entry("\u001bOP", Key.of(Name.F1)),
            Map.entry("\u001b[11~", Key.of(Name.F1)),
            Map.entry("\u001b[[A", Key.of(Name.F1)),
            Map.entry("\u001bOR", Key.of(Name.F3)),
            Map.entry("\u001b[13~", Key.of(Name.F3)),
            Map.entry("\u001b[[C", Key.of(Name.F3)),
            Map.entry("\u001b[17~", Key.of(Name.F6)),
            Map.entry("\u001b[20~", Key.of(Name.F9)),
            Map.entry("\u001b[21~", Key.of(Name.F10)),
            Map.entry("\u001bx", new Key(Name.ALT, "x")),
            Map.entry("\u001b[<0;5;3M", new Mouse(Mouse.Action.CLICK, 2, 4)),
            Map.entry("\u001b[<64;300;120M", new Mouse(Mouse.Action.WHEEL_UP, 119, 299)),
            Map.entry("\u001b[<65;1;1M", new Mouse(Mouse.Action.WHEEL_DOWN, 0, 0)),
            Map.entry("\u001b[200~:stop 1\nq\u001b[201~", new Paste(":stop 1\nq")));

    /** Nothing of these may be taken for a command: their letters would be. */
    private static final List<String> MEANINGLESS = List.of(
            "\u001b[?1;2c",
            "\u001b[99;5u",
            "\u001b]11;rgb:0000/0000/0000\u0007",
            "\u001b]11;rgb:ffff/ffff/ffff\u001b\\",
            "\u001bP1+r\u001b\\",
            "\u001b[<0;5;3m",
            "\u001b[<35;5;3M",
            "\u001b[<2;5;3M",
            "\u001b[I",
            "\u001b[24;80R\u001b[O");

    @TestFactory
    Stream<DynamicTest> everySequenceIsItsKey() {
        return KEYS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getValue().toString(),
                        () -> assertThat(read(entry.getKey())).startsWith(entry.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> whatMeansNothingIsNoCommand() {
        return MEANINGLESS.stream()
                .map(bytes -> DynamicTest.dynamicTest(
                        bytes.replace("\u001b", "ESC"),
                        () -> assertThat(read(bytes).stream().filter(input -> !input.equals(Key.of(Name.OTHER))))
                                .isEmpty()));
    }

    @Test
    void aSequenceInPiecesIsOneKey() throws Exception {
        try (PipedOutputStream line = new PipedOutputStream();
                PipedInputStream keyboard = new PipedInputStream(line)) {
            Keyboard keys = keyboard(new AttentiveInput(keyboard, Duration.ofSeconds(20)));
            line.write('\u001b');
            line.flush();
            Thread late = new Thread(() -> {
                try {
                    java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
                    line.write("[Bj".getBytes(StandardCharsets.UTF_8));
                    line.flush();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            late.start();
            assertThat(keys.read()).contains(Key.of(Name.DOWN));
            assertThat(keys.read()).contains(Key.of("j"));
            late.join();
        }
    }

    @Test
    void aLoneEscIsNotWaitedForLong() throws Exception {
        try (PipedOutputStream line = new PipedOutputStream();
                PipedInputStream keyboard = new PipedInputStream(line)) {
            line.write('\u001b');
            line.flush();
            assertThat(keyboard(new AttentiveInput(keyboard)).read()).contains(Key.of(Name.ESCAPE));
        }
    }

    @Test
    void aFloodIsPastedTextAndNotCommands() throws IOException {
        String noise = "q:stop 1\n".repeat(1_200) + "\u0003\u001b[201~q";
        List<Input> inputs = read(noise);
        assertThat(inputs).hasSize(1);
        assertThat(inputs.get(0)).isInstanceOf(Paste.class);
        assertThat(((Paste) inputs.get(0)).text())
                .startsWith("q:stop 1\nq:stop")
                .endsWith("[201~q");
    }

    @Test
    void aMarkedPasteOfManyChunksIsOne() throws IOException {
        String text = "llama:8b ".repeat(5_000);
        assertThat(read("\u001b[200~" + text + "\u001b[201~j")).containsExactly(new Paste(text), Key.of("j"));
    }

    @Test
    void aHeldArrowAndAWheelAreNoPaste() throws IOException {
        assertThat(read("\u001b[B".repeat(400))).hasSize(400).containsOnly(Key.of(Name.DOWN));
        assertThat(read("\u001b[<65;10;10M".repeat(300))).hasSize(300);
    }

    @Test
    void aTypedLineOfAScriptIsKeys() throws IOException {
        assertThat(read(":llmtop:engines -w\n"))
                .startsWith(Key.of(":"), Key.of("l"))
                .endsWith(Key.of(Name.ENTER));
    }

    @Test
    void randomBytesEndAndNeverFail() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            byte[] noise = new byte[new Random(seed).nextInt(600)];
            new Random(seed).nextBytes(noise);
            Keyboard keys = keyboard(new AttentiveInput(new ByteArrayInputStream(noise)));
            int count = 0;
            while (keys.read().isPresent()) {
                count++;
            }
            assertThat(count).isLessThanOrEqualTo(noise.length);
        }
    }

    private static List<Input> read(String bytes) throws IOException {
        Keyboard keys = keyboard(new AttentiveInput(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.UTF_8))));
        List<Input> inputs = new ArrayList<>();
        for (Optional<Input> input = keys.read(); input.isPresent(); input = keys.read()) {
            inputs.add(input.get());
        }
        return inputs;
    }

    private static Keyboard keyboard(InputStream in) {
        ScreenTerminal terminal = new ScreenTerminal(
                in,
                new ByteArrayOutputStream(),
                new ScreenTerminal.Start(TerminalTraits.of(Map.of()), Optional.empty(), true));
        return new Keyboard(terminal::readInput);
    }
}
