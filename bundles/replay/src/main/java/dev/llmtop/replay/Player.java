// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import dev.llmtop.agent.Playback;
import dev.llmtop.agent.Playback.Position;
import dev.llmtop.agent.Playback.State;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Hands out the snapshots of a recording at their times. One thread plays; the others only say what they want. A gap in the recording
 * of more than {@link #LONGEST_GAP_NANOS} is not waited for.
 */
final class Player {
    /** The longest wait between two snapshots. */
    static final long LONGEST_GAP_NANOS = 10_000_000_000L;

    /** How far before the place of a jump snapshots are handed out, for graphs and events. */
    private static final Duration LEAD = Duration.ofMinutes(2);

    private static final int LONGEST_LEAD = 200;

    /** How often a pipe is looked at for more. */
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final Recording recording;
    private final Settings settings;
    private final Consumer<Snapshot> listener;

    private int shown = -1;
    private OptionalInt wanted = OptionalInt.empty();
    private boolean paused;
    private double speed = 1;
    private boolean stopped;
    private long shownNanos;

    /**
     * How it plays.
     *
     * @param source as a person knows it
     * @param loop whether the end leads to the start
     * @param paced false to hand out everything at once
     */
    record Settings(String source, boolean loop, boolean paced) {}

    Player(Recording recording, Settings settings, Consumer<Snapshot> listener) {
        this.recording = recording;
        this.settings = settings;
        this.listener = listener;
    }

    /** Plays until it is stopped, or, where it does not wait for anybody, to the end. */
    void run() throws IOException, InterruptedException {
        for (OptionalInt next = next(); next.isPresent(); next = next()) {
            show(next.getAsInt());
        }
    }

    /** Waits for what is to be shown next; empty for the end. */
    private synchronized OptionalInt next() throws InterruptedException {
        while (!stopped) {
            int size = recording.tape().size();
            if (wanted.isPresent() && size > 0) {
                int target = Math.max(0, Math.min(size - 1, wanted.getAsInt()));
                wanted = OptionalInt.empty();
                if (target != shown) {
                    return OptionalInt.of(target);
                }
                continue;
            }
            long wait = waitNanos(size);
            if (wait == 0) {
                return OptionalInt.of(shown + 1);
            }
            if (wait < 0 && !settings.paced() && recording.whole()) {
                return OptionalInt.empty();
            }
            if (wait < 0 && settings.loop() && size > 1 && recording.whole() && !paused) {
                restart();
                continue;
            }
            sleep(wait);
        }
        return OptionalInt.empty();
    }

    private void restart() {
        wanted = OptionalInt.of(0);
    }

    /** How long until the next one is due: 0 for now, negative where none comes by itself. */
    private long waitNanos(int size) {
        if (shown + 1 >= size || paused && shown >= 0) {
            return -1;
        }
        if (shown < 0 || !settings.paced()) {
            return 0;
        }
        long gap =
                recording.tape().at(shown + 1).minus(recording.tape().at(shown)).toNanos();
        long due = shownNanos + Math.min(LONGEST_GAP_NANOS, (long) (gap / speed));
        return Math.max(0, due - System.nanoTime());
    }

    private void sleep(long nanos) throws InterruptedException {
        if (nanos > 0) {
            // Rounded up: a nap of nothing would be one without end.
            wait(nanos / 1_000_000 + 1);
        } else if (recording.whole()) {
            wait();
        } else {
            wait(LOOK_AGAIN_MILLIS);
        }
    }

    /** Hands a snapshot out, after a jump those before it first. */
    private void show(int target) throws IOException {
        int first = target;
        synchronized (this) {
            if (target != shown + 1) {
                int lead = leadOf(target);
                // Forwards nothing is told twice; backwards who remembers begins anew.
                first = target > shown ? Math.max(lead, shown + 1) : lead;
            }
        }
        for (int at = first; at <= target; at++) {
            Value<Snapshot> snapshot = recording.snapshot(at);
            synchronized (this) {
                shown = at;
                shownNanos = System.nanoTime();
                if (stopped) {
                    return;
                }
            }
            snapshot.known().ifPresent(listener);
        }
    }

    private int leadOf(int target) {
        Tape tape = recording.tape();
        int byTime = Math.max(0, tape.indexAt(tape.at(target).minus(LEAD)));
        return Math.min(target, Math.max(byTime, target - LONGEST_LEAD));
    }

    synchronized Position position() {
        Tape tape = recording.tape();
        int size = tape.size();
        int at = Math.min(shown, size - 1);
        return new Position(
                settings.source(),
                at + 1,
                size,
                at < 0 ? Duration.ZERO : tape.at(at),
                tape.length(),
                speed,
                state(at, size),
                recording.problem());
    }

    private State state(int at, int size) {
        if (paused) {
            return State.PAUSED;
        }
        if (at + 1 < size || settings.loop() && size > 1) {
            return State.PLAYING;
        }
        return recording.whole() ? State.ENDED : State.WAITING;
    }

    synchronized void pause(boolean pause) {
        paused = pause;
        shownNanos = System.nanoTime();
        if (!pause && recording.whole() && shown >= recording.tape().size() - 1) {
            wanted = OptionalInt.of(0);
        }
        notifyAll();
    }

    synchronized void step(int snapshots) {
        paused = true;
        wanted = OptionalInt.of(wanted.orElse(shown) + snapshots);
        notifyAll();
    }

    synchronized void seek(Duration place) {
        wanted = OptionalInt.of(recording.tape().indexAt(place));
        notifyAll();
    }

    /** As {@link Playback#seek(String)}. */
    synchronized Optional<String> seek(String words) {
        try {
            Tape tape = recording.tape();
            int at = Math.min(wanted.orElse(shown), tape.size() - 1);
            seek(new Places(tape.start(), at < 0 ? Duration.ZERO : tape.at(at), tape.length()).find(words));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    synchronized void speed(double factor) {
        if (Double.isFinite(factor)) {
            speed = Math.max(Playback.LEAST_SPEED, Math.min(Playback.MOST_SPEED, factor));
            notifyAll();
        }
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** More of the recording is known. */
    synchronized void more() {
        notifyAll();
    }
}
