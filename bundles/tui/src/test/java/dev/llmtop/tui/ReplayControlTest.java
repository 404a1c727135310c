// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Playback;
import dev.llmtop.tui.state.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayControlTest {
    private final Player player = new Player();

    @Test
    void pauseStopsTheRecordingItself() {
        assertThat(ReplayControl.run(Effect.Plain.PAUSE, player).orElseThrow()).startsWith("paused; ");
        player.state = Playback.State.PAUSED;
        ReplayControl.run(Effect.Plain.PAUSE, player);
        assertThat(player.asked).containsExactly("pause true", "pause false");
    }

    @Test
    void itStepsWhereItStandsStillAndJumpsWhereItPlays() {
        ReplayControl.run(new Effect.Seek(-1), player);
        player.state = Playback.State.PAUSED;
        ReplayControl.run(new Effect.Seek(1), player);
        assertThat(player.asked).containsExactly("seek -10s", "step 1");
    }

    @Test
    void theEndsSaySo() {
        player.snapshot = 10;
        assertThat(ReplayControl.run(new Effect.Seek(1), player).orElseThrow()).contains("the last snapshot");
        player.snapshot = 1;
        assertThat(ReplayControl.run(new Effect.Seek(-1), player).orElseThrow()).contains("the first snapshot");
        assertThat(player.asked).isEmpty();
    }

    @Test
    void speedDoublesAndHalvesWithinItsRange() {
        ReplayControl.run(new Effect.Speed(1), player);
        ReplayControl.run(new Effect.Speed(-1), player);
        player.speed = Playback.MOST_SPEED;
        assertThat(ReplayControl.run(new Effect.Speed(1), player).orElseThrow()).contains("0.25 to 16");
        assertThat(player.asked).containsExactly("speed 2.0", "speed 0.5");
    }

    @Test
    void anEventLeadsToItsMoment() {
        Instant moment = Instant.parse("2026-11-24T09:30:00Z");
        ReplayControl.run(new Effect.GoTo(moment), player);
        assertThat(player.asked).containsExactly("seek " + moment);
    }

    @Test
    void whatIsNotOfTimeIsNotItsAffair() {
        assertThat(ReplayControl.run(Effect.Plain.WRITE, player)).isEmpty();
        assertThat(ReplayControl.run(new Effect.SetInterval(Duration.ofSeconds(1)), player))
                .isPresent();
        assertThat(player.asked).isEmpty();
    }

    /** Notes what was asked of it. */
    private static final class Player implements Playback {
        private final List<String> asked = new ArrayList<>();
        private State state = State.PLAYING;
        private int snapshot = 5;
        private double speed = 1;

        @Override
        public Position position() {
            return new Position("r", snapshot, 10, Duration.ofSeconds(5), Duration.ofSeconds(10), speed, state, "");
        }

        @Override
        public void pause(boolean paused) {
            asked.add("pause " + paused);
        }

        @Override
        public void step(int snapshots) {
            asked.add("step " + snapshots);
        }

        @Override
        public void seek(Duration fromStart) {
            asked.add("seek " + fromStart);
        }

        @Override
        public Optional<String> seek(String place) {
            asked.add("seek " + place);
            return Optional.empty();
        }

        @Override
        public void speed(double factor) {
            asked.add("speed " + factor);
        }
    }
}
