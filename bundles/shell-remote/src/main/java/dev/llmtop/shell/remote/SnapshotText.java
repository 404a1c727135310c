// SPDX-License-Identifier: MIT
package dev.llmtop.shell.remote;

import dev.llmtop.agent.Agent;
import dev.llmtop.agent.SnapshotFormat;
import dev.llmtop.model.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The last snapshot as text, where it is worth telling. */
final class SnapshotText {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int FRESH_TICKS = 3;

    private final Agent agent;
    private final SnapshotFormat format;
    private final Clock clock;

    SnapshotText(Agent agent, SnapshotFormat format, Clock clock) {
        this.agent = agent;
        this.format = format;
        this.clock = clock;
    }

    /**
     * The last snapshot; empty before the first scan is over, where ticks have stopped, and where the form is not known.
     *
     * @param form {@code line} and {@code json} for JSON on one line and indented, {@code report WIDTH} and {@code ascii WIDTH} for a
     *     report so many columns wide
     */
    Optional<String> latest(String form) {
        Snapshot snapshot = agent.latest();
        if (snapshot.agent().scanning() || isOld(snapshot)) {
            return Optional.empty();
        }
        String[] words = form.split(" ", 2);
        return switch (words[0]) {
            case "line" -> Optional.of(format.json(snapshot, false) + "\n");
            case "json" -> Optional.of(format.json(snapshot, true) + "\n");
            case "report", "ascii" ->
                width(words).map(width -> format.report(snapshot, width, words[0].equals("ascii")));
            default -> Optional.empty();
        };
    }

    private boolean isOld(Snapshot snapshot) {
        Duration age = Duration.between(snapshot.time(), clock.instant());
        return age.toMillis() > FRESH.toMillis() + snapshot.agent().tickSeconds() * 1_000 * FRESH_TICKS;
    }

    private static Optional<Integer> width(String[] words) {
        return words.length == 2 && words[1].matches("[0-9]{1,4}")
                ? Optional.of(Integer.parseInt(words[1]))
                : Optional.empty();
    }
}
