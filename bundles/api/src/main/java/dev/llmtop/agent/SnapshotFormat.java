// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.Snapshot;

/** Writes snapshots: as the JSON contract has them, and as a report for a person. */
public interface SnapshotFormat {
    /** The snapshot as JSON: on one line without a line end, or indented. */
    String json(Snapshot snapshot, boolean indented);

    /**
     * The snapshot as {@code --once} prints it, with a line end behind each line; JSON where there is no such report.
     *
     * @param columns the width, 0 where it is not known
     * @param ascii whether only ASCII may stand there
     */
    default String report(Snapshot snapshot, int columns, boolean ascii) {
        return json(snapshot, true) + "\n";
    }
}
