// SPDX-License-Identifier: MIT
package dev.llmtop.shell.remote;

import dev.llmtop.agent.Agent;
import dev.llmtop.agent.SnapshotFormat;
import dev.llmtop.model.Snapshot;
import java.util.Optional;

/** The last snapshot as text. */
final class SnapshotText {
    /** One line. */
    static final String LINE = "line";

    private final Agent agent;
    private final SnapshotFormat format;

    SnapshotText(Agent agent, SnapshotFormat format) {
        this.agent = agent;
        this.format = format;
    }

    /**
     * The last snapshot; empty before the first scan is over.
     *
     * @param form {@code line} for one line of JSON, anything else for indented JSON
     */
    Optional<String> latest(String form) {
        Snapshot snapshot = agent.latest();
        return snapshot.agent().scanning() ? Optional.empty() : Optional.of(format.json(snapshot, !form.equals(LINE)));
    }
}
