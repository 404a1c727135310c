// SPDX-License-Identifier: MIT
package dev.llmtop.tui.history;

import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Snapshot.Event;
import dev.llmtop.tui.state.Scene.Ghost;
import dev.llmtop.tui.state.Trends;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that is remembered of snapshots. For one thread. */
public final class History {
    private static final int MOST_EVENTS = 2_000;

    /** A clock that was set back so far has begun anew, or a recording was wound back. */
    private static final Duration BACKWARDS = Duration.ofSeconds(2);

    private final Recording recording = new Recording(Recording.MOST_BYTES);
    private final SeriesBook series = new SeriesBook();
    private final Departures departures = new Departures();
    private final List<Event> events = new ArrayList<>();
    private Optional<Snapshot> last = Optional.empty();

    /** Takes the next snapshot. One that is earlier than the one before says that time began anew there. */
    public void add(Snapshot snapshot) {
        if (last.isPresent() && snapshot.time().isBefore(last.get().time().minus(BACKWARDS))) {
            rewind(snapshot.time());
        }
        last = Optional.of(snapshot);
        recording.add(snapshot);
        series.add(snapshot);
        departures.add(snapshot);
        events.addAll(snapshot.findings().events());
        if (events.size() > MOST_EVENTS) {
            events.subList(0, events.size() - MOST_EVENTS).clear();
        }
    }

    private void rewind(Instant to) {
        recording.cut(to);
        series.clear();
        departures.clear();
        events.removeIf(event -> !event.time().isBefore(to));
    }

    /** The last snapshot; empty before the first. */
    public Optional<Snapshot> last() {
        return last;
    }

    /** So many snapshots after the one of a time, or before it where negative; held within what is remembered. */
    public Optional<Snapshot> step(Instant time, int steps) {
        return recording.step(time, steps);
    }

    /** The last snapshot that is not after a moment, or the oldest that is remembered. */
    public Optional<Snapshot> at(Instant moment) {
        return recording.at(moment);
    }

    /** Series that end at a moment. */
    public Trends trends(Instant moment) {
        return series.until(moment);
    }

    /** Engines that left less than 5 minutes before a snapshot. */
    public List<Ghost> ghosts(Snapshot snapshot) {
        return departures.around(snapshot);
    }

    /** Events up to a moment, oldest first. */
    public List<Event> events(Instant until) {
        return events.stream().filter(event -> !event.time().isAfter(until)).toList();
    }
}
