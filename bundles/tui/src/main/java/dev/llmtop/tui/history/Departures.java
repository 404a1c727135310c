// SPDX-License-Identifier: MIT
package dev.llmtop.tui.history;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.state.Scene.Ghost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Engines that left: a ghost is shown for 5 minutes, or until its engine is back. */
final class Departures {
    static final Duration HAUNTING = Duration.ofMinutes(5);

    /** As far back as snapshots reach, ghosts of that time are known. */
    private static final Duration MEMORY = Recording.REACH.plus(HAUNTING);

    private static final int MOST = 200;

    private final List<Left> left = new ArrayList<>();
    private Optional<Snapshot> last = Optional.empty();

    private record Left(EngineSnapshot engine, Instant at) {}

    void add(Snapshot snapshot) {
        last.ifPresent(before -> before.engines().stream()
                .filter(engine -> snapshot.engine(engine.identity().id()).isEmpty())
                .forEach(engine -> left.add(new Left(engine, snapshot.time()))));
        last = Optional.of(snapshot);
        left.removeIf(one -> one.at().isBefore(snapshot.time().minus(MEMORY)));
        if (left.size() > MOST) {
            left.subList(0, left.size() - MOST).clear();
        }
    }

    void clear() {
        left.clear();
        last = Optional.empty();
    }

    /** The ghosts around a snapshot, the newest last. */
    List<Ghost> around(Snapshot snapshot) {
        List<Ghost> ghosts = new ArrayList<>();
        for (Left one : left) {
            Duration gone = Duration.between(one.at(), snapshot.time());
            String id = one.engine().identity().id();
            if (!gone.isNegative()
                    && gone.compareTo(HAUNTING) < 0
                    && snapshot.engine(id).isEmpty()) {
                ghosts.removeIf(ghost -> ghost.engine().identity().id().equals(id));
                ghosts.add(new Ghost(one.engine(), gone));
            }
        }
        return ghosts;
    }
}
