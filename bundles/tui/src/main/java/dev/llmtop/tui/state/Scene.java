// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Snapshot.Event;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;

/**
 * All that a frame is drawn from.
 *
 * @param snapshot that is shown
 * @param ghosts engines that left the snapshot less than 5 minutes ago
 * @param events of the last hours, oldest first
 * @param trends of the shown moment
 * @param status of the screen itself
 */
public record Scene(
        Snapshot snapshot, List<Ghost> ghosts, List<Event> events, Trends trends, ViewState view, Status status) {
    public Scene {
        ghosts = List.copyOf(ghosts);
        events = List.copyOf(events);
    }

    /**
     * An engine that is gone.
     *
     * @param engine as it was last seen
     * @param gone for how long
     */
    public record Ghost(EngineSnapshot engine, Duration gone) {}

    /**
     * The screen itself.
     *
     * @param source {@code LIVE} or {@code REPLAY}
     * @param clock of the shown moment, in the user's time zone
     * @param sinceStart how long the screen has been there
     */
    public record Status(String source, LocalTime clock, Duration sinceStart) {}
}
