// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import dev.llmtop.agent.Playback;
import dev.llmtop.agent.Playback.Position;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;

/** Commands of scope {@code llmtop} that are there while a recording is played. */
@Component(
        name = "dev.llmtop.replay.commands",
        service = PlaybackCommands.class,
        configurationPid = "dev.llmtop.replay",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@GogoCommand(
        scope = "llmtop",
        function = {"seek", "step", "speed", "pause", "play", "position"})
public final class PlaybackCommands {
    private final Playback playback;

    /** Commands on a recording. */
    @Activate
    public PlaybackCommands(@Reference(name = "playback") Playback playback) {
        this.playback = playback;
    }

    /** Goes to a place. */
    @Descriptor("go to a place in the recording: '50%' (in quotes), 1:30, 90s, +10s, -1m, 12:30:05 (UTC), start, end")
    public String seek(@Descriptor("the place") String place) {
        Optional<String> complaint = playback.seek(place);
        if (complaint.isPresent()) {
            throw new IllegalArgumentException(complaint.get());
        }
        return "going to " + place;
    }

    /** Goes on by so many snapshots. */
    @Descriptor("go so many snapshots on, or back where negative, and pause")
    public String step(@Descriptor("how many") int snapshots) {
        playback.step(snapshots);
        return "paused";
    }

    /** Sets the speed. */
    @Descriptor("play so many times as fast as it was recorded, 0.25 to 16")
    public String speed(@Descriptor("how many times") double factor) {
        playback.speed(factor);
        return position();
    }

    /** Stops where it is. */
    @Descriptor("stop where the recording is")
    public String pause() {
        playback.pause(true);
        return position();
    }

    /** Goes on. */
    @Descriptor("go on; at the end from the start")
    public String play() {
        playback.pause(false);
        return position();
    }

    /** Where it stands. */
    @Descriptor("show where the recording stands")
    public String position() {
        Position now = playback.position();
        return now.label() + ", snapshot " + now.snapshot() + " of " + now.snapshots() + " of " + now.source()
                + (now.note().isEmpty() ? "" : "; " + now.note());
    }
}
