// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.spi.SnapshotListener;
import java.time.Duration;
import java.util.Optional;

/**
 * A recording that is being played: a service that is there only during a replay, next to the {@link Agent} of the recording. Every
 * snapshot reaches {@link SnapshotListener}s as a live one would. No method blocks; each is safe for any thread.
 *
 * <p>After a jump the listeners get the last minutes before the new place first, one right after the other, then the snapshot at the
 * place. A snapshot that is not later than the one before it says that the recording was wound back (or began anew, when it loops):
 * who remembers snapshots forgets those at its time and later.
 */
public interface Playback {
    /** The slowest and the fastest speed. */
    double LEAST_SPEED = 0.25;

    double MOST_SPEED = 16;

    /** Where it stands now. */
    Position position();

    /** Stops or goes on; at the end of the recording to go on begins at its start. */
    void pause(boolean paused);

    /** Goes so many snapshots on, or back where negative, and pauses. */
    void step(int snapshots);

    /** Goes to the last snapshot that is not after a moment, counted from the start; held within the recording. */
    void seek(Duration fromStart);

    /**
     * Goes to a place in a person's words: {@code 50%}, {@code 1:30}, {@code 90s}, {@code +10s}, {@code -1m}, {@code 12:30:05}
     * (UTC) or a whole RFC 3339 instant, {@code start}, {@code end}.
     *
     * @return what is wrong with the words; empty where they were followed
     */
    Optional<String> seek(String place);

    /** Sets the speed: 1 as recorded; held between {@link #LEAST_SPEED} and {@link #MOST_SPEED}. */
    void speed(double factor);

    /**
     * Where a recording stands.
     *
     * @param source name of the file, cleaned; {@code -} for standard input, {@code demo} for the recording that ships
     * @param snapshot number of the shown one, from 1; 0 before the first
     * @param snapshots known so far
     * @param at of the shown one, from the start
     * @param length known so far, from the first snapshot to the last
     * @param speed 1 as recorded
     * @param state what it is doing
     * @param note one line for a person, such as a line that could not be read; empty for none
     */
    record Position(
            String source,
            int snapshot,
            int snapshots,
            Duration at,
            Duration length,
            double speed,
            State state,
            String note) {
        /** For the place where a live screen says LIVE: {@code REPLAY x4 1:12/3:01}, {@code REPLAY end 3:01}. */
        public String label() {
            String clock = clock(at) + "/" + clock(length);
            return switch (state) {
                case PLAYING -> "REPLAY " + (speed == 1 ? "" : "x" + factor(speed) + " ") + clock;
                case PAUSED -> "REPLAY paused " + clock;
                case WAITING -> "REPLAY waits " + clock(at);
                case ENDED -> "REPLAY end " + clock(length);
            };
        }

        private static String factor(double speed) {
            return speed == Math.rint(speed) ? Long.toString((long) speed) : Double.toString(speed);
        }

        /** {@code 1:12}, {@code 1:02:03}. */
        private static String clock(Duration time) {
            String seconds = two(time.toSecondsPart());
            long hours = time.toHours();
            return hours > 0
                    ? hours + ":" + two(time.toMinutesPart()) + ":" + seconds
                    : time.toMinutesPart() + ":" + seconds;
        }

        private static String two(int number) {
            return number < 10 ? "0" + number : Integer.toString(number);
        }
    }

    /** What a recording is doing. */
    enum State {
        PLAYING,
        PAUSED,
        /** Played to the end of what there is so far; more may come (standard input). */
        WAITING,
        /** At its end, and the last snapshot stays. */
        ENDED
    }
}
