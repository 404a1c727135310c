// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.state.Effect;
import dev.llmtop.tui.state.Input;
import dev.llmtop.tui.terminal.ScreenTerminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The one thread that draws. Whatever happens elsewhere is only put into its queue, so that nobody waits for a frame. */
final class ScreenLoop {
    /** What the user sees tells the time of day and ages: it is drawn anew at least so often. */
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private static final long SCANNING_PAUSE_MILLIS = 200;

    private static final int HANGUP = 129;

    /** More than a replay hands out at once. */
    private static final int MOST_WAITING = 256;

    private final ScreenTerminal terminal;
    private final ScreenModel model;
    private final Ending ending;
    private final LinkedBlockingQueue<Runnable> happened = new LinkedBlockingQueue<>();
    private final ArrayBlockingQueue<Snapshot> arrived = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean fetching = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "llmtop-screen");
    private final Thread keys = new Thread(this::readKeys, "llmtop-keys");
    private Doings doings = effect -> {};
    private Optional<Frame> seen = Optional.empty();
    private volatile boolean stopped;

    /**
     * How the screen ends by itself.
     *
     * @param exit ends the program with a code
     * @param complaint takes the line that says why, once the terminal is given back
     */
    record Ending(Consumer<Integer> exit, Consumer<String> complaint) {}

    ScreenLoop(ScreenTerminal terminal, ScreenModel model, Ending ending) {
        this.terminal = terminal;
        this.model = model;
        this.ending = ending;
        thread.setDaemon(true);
        keys.setDaemon(true);
    }

    /** Begins to draw; {@code effects} are done by the drawing thread. */
    void start(Doings effects) {
        doings = effects;
        thread.start();
    }

    /** Gives the terminal back; nothing is drawn any more. */
    void stop() {
        stopped = true;
        terminal.close();
        thread.interrupt();
    }

    /** Takes a snapshot. Each is remembered, also of many that come while a frame is drawn; of too many the oldest go. */
    void snapshot(Snapshot snapshot) {
        while (!arrived.offer(snapshot)) {
            arrived.poll();
        }
        // One errand for all that wait: keys must not stand in line behind a flood.
        if (fetching.compareAndSet(false, true)) {
            post(this::takeArrived);
        }
    }

    private void takeArrived() {
        fetching.set(false);
        List<Snapshot> taken = new ArrayList<>();
        arrived.drainTo(taken, MOST_WAITING);
        taken.forEach(model::add);
    }

    /** Has something done by the drawing thread, which then draws. */
    void post(Runnable action) {
        happened.add(action);
    }

    private void run() {
        try {
            begin();
            Pace pace = new Pace(System.nanoTime());
            while (!stopped) {
                if (await()) {
                    gather(pace);
                }
                draw();
                pace.drawn(System.nanoTime());
            }
        } catch (InterruptedException e) {
            // The end, by somebody else's wish.
        } catch (IOException e) {
            // There is no terminal any more: nobody is left to be told.
            end(HANGUP, Optional.empty());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            end(1, Optional.of("the screen failed: " + Failure.line(e)));
        }
    }

    /** The first frame comes before the C library is loaded, which takes as long as everything before it. */
    private void begin() throws IOException {
        terminal.show();
        draw();
        terminal.takeKeyboard();
        terminal.redraw();
        keys.start();
        draw();
    }

    /** Waits for something to happen, and lets it; false where nothing did for a while. */
    private boolean await() throws InterruptedException {
        long pause = model.scanning() ? SCANNING_PAUSE_MILLIS : LONGEST_PAUSE_MILLIS;
        Runnable action = happened.poll(pause, TimeUnit.MILLISECONDS);
        if (action != null) {
            action.run();
        }
        return action != null;
    }

    /** Takes all that happens until the next frame may be drawn, then what waits already and no more. */
    private void gather(Pace pace) throws InterruptedException {
        for (long left = pace.left(System.nanoTime()); left > 0; left = pace.left(System.nanoTime())) {
            Runnable action = happened.poll(left, TimeUnit.NANOSECONDS);
            if (action != null) {
                action.run();
            }
        }
        List<Runnable> waiting = new ArrayList<>();
        happened.drainTo(waiting);
        waiting.forEach(Runnable::run);
    }

    private void draw() throws IOException {
        Frame frame = model.frame(terminal.size());
        terminal.draw(frame, model.view().look());
        seen = Optional.of(frame);
    }

    private void readKeys() {
        try {
            for (Optional<Input> input = terminal.read(); input.isPresent() && !stopped; input = terminal.read()) {
                Input one = input.get();
                post(() -> apply(one));
            }
        } catch (IOException e) {
            // As at the end of the input: the terminal is gone.
        }
        if (!stopped) {
            end(HANGUP, Optional.empty());
        }
    }

    private void apply(Input input) {
        for (Effect effect : model.apply(input, seen.orElseThrow())) {
            try {
                doings.run(effect);
            } catch (IOException e) {
                model.view(model.view().withNote(Failure.line(e)));
            }
        }
    }

    private void end(int code, Optional<String> line) {
        stopped = true;
        terminal.close();
        line.ifPresent(ending.complaint());
        ending.exit().accept(code);
    }
}
