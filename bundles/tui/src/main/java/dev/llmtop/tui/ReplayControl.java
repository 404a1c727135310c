// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import dev.llmtop.agent.Playback;
import dev.llmtop.agent.Playback.Position;
import dev.llmtop.agent.Playback.State;
import dev.llmtop.tui.state.Effect;
import java.util.Optional;

/**
 * What the keys of time do while a recording is played: the recording itself stops, steps and jumps, where a live screen would look
 * into what it remembers.
 */
final class ReplayControl {
    private static final String JUMP = "10s";

    private ReplayControl() {}

    /** A line for the user where the effect is one of time; empty where it means the same as on a live screen. */
    static Optional<String> run(Effect effect, Playback playback) {
        if (effect == Effect.Plain.PAUSE || effect == Effect.Plain.LIVE) {
            return Optional.of(pause(playback));
        }
        if (effect instanceof Effect.Seek seek) {
            return Optional.of(seek(seek.steps(), playback));
        }
        if (effect instanceof Effect.GoTo there) {
            return Optional.of(playback.seek(there.moment().toString()).orElse(""));
        }
        if (effect instanceof Effect.Speed speed) {
            return Optional.of(speed(speed.direction(), playback));
        }
        return effect instanceof Effect.SetInterval
                ? Optional.of("a recording has its own pace; < and > change its speed")
                : Optional.empty();
    }

    private static String pause(Playback playback) {
        boolean plays = playback.position().state() == State.PLAYING;
        playback.pause(plays);
        return plays ? "paused; [ ] step, < > speed, :seek goes anywhere, p goes on" : "";
    }

    /** One snapshot where it stands still, some seconds where it plays. */
    private static String seek(int steps, Playback playback) {
        Position now = playback.position();
        boolean atEnd = now.snapshot() >= now.snapshots();
        if (steps > 0 && atEnd) {
            return "this is the last snapshot; p plays it again";
        }
        if (steps < 0 && now.snapshot() <= 1) {
            return "this is the first snapshot";
        }
        if (now.state() == State.PLAYING) {
            return playback.seek((steps < 0 ? "-" : "+") + JUMP).orElse("");
        }
        playback.step(steps);
        return "";
    }

    private static String speed(int direction, Playback playback) {
        double factor = playback.position().speed() * (direction < 0 ? 0.5 : 2);
        if (factor < Playback.LEAST_SPEED || factor > Playback.MOST_SPEED) {
            return "a recording plays 0.25 to 16 times as fast as it was recorded";
        }
        playback.speed(factor);
        return "";
    }
}
