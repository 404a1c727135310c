// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import dev.llmtop.agent.Playback.Position;
import dev.llmtop.agent.Playback.State;
import dev.llmtop.agent.SnapshotReader;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** One replay, from the opening of the recording to its end. Opening, indexing and playing are on threads of their own. */
final class Session {
    private static final int DONE = 0;
    private static final int WRONG = 2;
    private static final String STANDARD_INPUT = "-";

    private final Order order;
    private final SnapshotReader reader;
    private final Audience audience;
    private final End end;

    private volatile Optional<Recording> recording = Optional.empty();
    private volatile Optional<Player> player = Optional.empty();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean over = new AtomicBoolean();

    /** What to do with the recording. */
    enum Mode {
        PLAY,
        ONE,
        ALL;

        static Mode of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** What was asked for; see {@link Replay.Config}. */
    record Order(String file, String title, Mode mode, String at, boolean loop) {
        boolean standardInput() {
            return file.equals(STANDARD_INPUT);
        }

        String name() {
            return Text.clean(!title.isEmpty() ? title : standardInput() ? "standard input" : file);
        }
    }

    /**
     * How the program ends.
     *
     * @param complaint takes lines for standard error
     */
    record End(IntConsumer exit, Consumer<String> complaint) {}

    Session(Order order, SnapshotReader reader, Audience audience, End end) {
        this.order = order;
        this.reader = reader;
        this.audience = audience;
        this.end = end;
    }

    void start() {
        thread("llmtop-replay-read", this::read);
    }

    private void thread(String name, Runnable run) {
        Thread thread = new Thread(() -> guarded(run), name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A bug is one line; what breaks because the framework takes our neighbours away is none. */
    private void guarded(Runnable run) {
        try {
            run.run();
        } catch (RuntimeException | LinkageError broken) {
            try {
                if (!stopped.await(1, TimeUnit.SECONDS)) {
                    fail("a fault of llmtop: " + broken);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void stop() {
        stopped.countDown();
        player.ifPresent(Player::stop);
        if (order.mode() == Mode.PLAY && over.compareAndSet(false, true)) {
            // The screen is gone, or going: what it had no room for is said now.
            recording.ifPresent(this::complain);
        }
        try {
            if (recording.isPresent()) {
                recording.get().close();
            }
        } catch (IOException e) {
            // A copy without a name goes with the process.
        }
    }

    Optional<Player> player() {
        return player;
    }

    Position position() {
        return player.map(Player::position)
                .orElseGet(() -> new Position(order.name(), 0, 0, Duration.ZERO, Duration.ZERO, 1, State.WAITING, ""));
    }

    private void read() {
        try {
            Recording opened = order.standardInput()
                    ? Recording.of(new FileInputStream(FileDescriptor.in), reader)
                    : Recording.of(Path.of(order.file()), reader);
            recording = Optional.of(opened);
            if (order.mode() == Mode.PLAY && order.at().isEmpty() || order.mode() == Mode.ALL) {
                play(opened);
            }
            opened.index();
            player.ifPresent(Player::more);
            if (opened.tape().size() == 0) {
                fail(
                        opened.problem().isEmpty()
                                ? "it is empty: no snapshot is in it"
                                : opened.problem().replace(" is left out", ""));
            } else if (order.mode() == Mode.ONE) {
                one(opened);
            } else if (player.isEmpty()) {
                playFrom(opened);
            }
        } catch (IOException e) {
            fail(trouble(e));
        }
    }

    private void play(Recording opened) {
        Player begun = new Player(
                opened, new Player.Settings(order.name(), order.loop(), order.mode() == Mode.PLAY), audience::publish);
        player = Optional.of(begun);
        thread("llmtop-replay-play", () -> play(opened, begun));
    }

    private void play(Recording opened, Player begun) {
        try {
            begun.run();
            if (order.mode() == Mode.ALL && opened.tape().size() > 0) {
                complain(opened);
                end.exit().accept(DONE);
            }
        } catch (IOException e) {
            fail(trouble(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins at the wanted place: the whole recording must be known for that. */
    private void playFrom(Recording opened) {
        Optional<Duration> place = place(opened);
        if (place.isPresent()) {
            play(opened);
            player.ifPresent(begun -> begun.seek(place.get()));
        }
    }

    private Optional<Duration> place(Recording opened) {
        try {
            Tape tape = opened.tape();
            String at = order.at().isEmpty() ? "end" : order.at();
            return Optional.of(new Places(tape.start(), Duration.ZERO, tape.length()).find(at));
        } catch (IllegalArgumentException e) {
            over.set(true);
            end.complaint().accept("llmtop: --at: " + e.getMessage());
            end.exit().accept(WRONG);
            return Optional.empty();
        }
    }

    /** The wanted snapshot; the nearest one before it where it cannot be read. */
    private void one(Recording opened) throws IOException {
        Optional<Duration> place = place(opened);
        if (place.isEmpty()) {
            return;
        }
        for (int index = opened.tape().indexAt(place.get()); index >= 0; index--) {
            Value<Snapshot> snapshot = opened.snapshot(index);
            if (snapshot.known().isPresent()) {
                complain(opened);
                snapshot.known().ifPresent(audience::publish);
                return;
            }
        }
        fail(opened.problem());
    }

    private void complain(Recording opened) {
        if (!opened.problem().isEmpty()) {
            end.complaint().accept("llmtop: " + order.name() + ": " + opened.problem());
        }
    }

    private void fail(String why) {
        if (stopped.getCount() > 0 && over.compareAndSet(false, true)) {
            end.complaint().accept("llmtop: cannot replay " + order.name() + ": " + Text.clean(why));
            end.exit().accept(WRONG);
        }
    }

    private static String trouble(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        String message = problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }
}
