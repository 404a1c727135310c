// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.sample.Machines;
import dev.llmtop.tui.sample.Samples;
import dev.llmtop.tui.state.CommandPane;
import dev.llmtop.tui.state.Effect;
import dev.llmtop.tui.state.Filter;
import dev.llmtop.tui.state.Look;
import dev.llmtop.tui.state.Overlay;
import dev.llmtop.tui.state.Scene;
import dev.llmtop.tui.state.TableView;
import dev.llmtop.tui.state.TimeView;
import dev.llmtop.tui.state.ViewState;
import dev.llmtop.tui.terminal.FakeLine;
import dev.llmtop.tui.terminal.ScreenTerminal;
import dev.llmtop.tui.terminal.TerminalTraits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ScreenLoopTest {
    private static final Size SIZE = new Size(80, 12);
    private static final ViewState VIEW = new ViewState(
            Optional.empty(),
            TableView.START,
            Overlay.NONE,
            Filter.ALL,
            new TimeView(false, Duration.ZERO, Duration.ofMinutes(2), Duration.ofSeconds(1)),
            new Look(Look.Theme.MONO, false, Set.of()),
            Optional.empty(),
            CommandPane.EMPTY,
            "");

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final List<Integer> exits = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<Effect> effects = new CopyOnWriteArrayList<>();
    private final PipedOutputStream keys = new PipedOutputStream();
    private Optional<ScreenLoop> loop = Optional.empty();

    private ScreenLoop start(BiFunction<Scene, Size, Frame> renderer, OutputStream out) throws IOException {
        ScreenTerminal terminal = FakeLine.terminal(
                new PipedInputStream(keys, 65_536),
                out,
                new ScreenTerminal.Start(TerminalTraits.of(Map.of()), Optional.of(SIZE), true));
        ScreenModel model = new ScreenModel(renderer, Optional::empty, Machines.scanning(), VIEW);
        ScreenLoop started = new ScreenLoop(terminal, model, new ScreenLoop.Ending(exits::add, complaints::add));
        loop = Optional.of(started);
        started.start(effects::add);
        return started;
    }

    @AfterEach
    void stop() {
        loop.ifPresent(ScreenLoop::stop);
    }

    private void press(String bytes) throws IOException {
        keys.write(bytes.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private String drawn() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private static Frame says(String text) {
        Canvas canvas = new Canvas(SIZE);
        canvas.put(3, 0, text, Style.PLAIN);
        return canvas.frame();
    }

    @Test
    void theFirstFrameNeedsNobody() throws Exception {
        start((scene, size) -> says(scene.snapshot().agent().scanning() ? "SCANNING" : "TICKED"), screen);
        await().until(() -> drawn().contains("SCANNING"));
    }

    @Test
    void aSnapshotAndAKeyAreDrawn() throws Exception {
        ScreenLoop started = start(
                (scene, size) -> says(scene.view().overlay().kind() + " "
                        + scene.snapshot().engines().size()),
                screen);
        started.snapshot(Samples.mockup());
        await().until(() -> drawn().contains("5"));
        press("?");
        await().until(() -> drawn().contains("HELP"));
    }

    @Test
    void aRendererThatFailsIsSaidAndTheScreenGoesOn() throws Exception {
        start(
                (scene, size) -> {
                    if (scene.view().overlay().kind() == Overlay.Kind.HELP) {
                        throw new IllegalStateException("broken sheet");
                    }
                    return says("FINE");
                },
                screen);
        await().until(() -> drawn().contains("FINE"));
        press("?");
        await().until(() -> drawn().contains("could not be drawn: IllegalStateException: broken sheet"));
        screen.reset();
        press("\u001b");
        await().until(() -> drawn().contains("FINE"));
        assertThat(exits).isEmpty();
    }

    @Test
    void keysAreAnsweredWhileSnapshotsComeAsFastAsTheyCan() throws Exception {
        ScreenLoop started =
                start((scene, size) -> says(scene.view().overlay().kind().name()), screen);
        CountDownLatch enough = new CountDownLatch(1);
        Snapshot snapshot = Samples.mockup();
        Thread flood = new Thread(() -> {
            while (enough.getCount() > 0) {
                started.snapshot(snapshot);
                Thread.onSpinWait();
            }
        });
        flood.start();
        try {
            press("m");
            await().until(() -> drawn().contains("MEMORY"));
        } finally {
            enough.countDown();
            flood.join();
        }
    }

    @Test
    void effectsAreHandedOn() throws Exception {
        start((scene, size) -> says(""), screen);
        press("w[q");
        await().until(() -> effects.size() == 3);
        assertThat(effects).containsExactly(Effect.Plain.WRITE, new Effect.Seek(-1), new Effect.Quit(0));
    }

    @Test
    void theEndOfTheKeysEndsTheProgramAndGivesTheTerminalBack() throws Exception {
        start((scene, size) -> says("UP"), screen);
        await().until(() -> drawn().contains("UP"));
        keys.close();
        await().until(() -> !exits.isEmpty());
        assertThat(exits).containsExactly(129);
        assertThat(drawn()).contains("\u001b[?1049l");
    }

    @Test
    void aTerminalThatIsGoneEndsTheProgram() throws Exception {
        start((scene, size) -> says("UP"), new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Input/output error");
            }
        });
        await().until(() -> !exits.isEmpty());
        assertThat(exits).containsExactly(129);
        assertThat(complaints).isEmpty();
    }

    @Test
    void aFailureOfTheLoopGivesTheTerminalBackAndIsOneLine() throws Exception {
        ScreenLoop started = start((scene, size) -> says("UP"), screen);
        await().until(() -> drawn().contains("UP"));
        started.post(() -> {
            throw new IllegalStateException("a bug\nof two lines");
        });
        await().until(() -> !exits.isEmpty());
        assertThat(exits).containsExactly(1);
        assertThat(complaints).containsExactly("the screen failed: IllegalStateException: a bug of two lines");
        assertThat(drawn()).contains("\u001b[?1049l");
    }

    @Test
    void aFloodOfNoiseIsSurvivedAndRunsNothing() throws Exception {
        start((scene, size) -> says(scene.view().note()), screen);
        press("q\u0003:stop 0\n".repeat(1_200));
        await().until(() -> drawn().contains("pasted"));
        assertThat(effects).isEmpty();
        assertThat(exits).isEmpty();
    }
}
