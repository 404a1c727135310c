// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.Snapshot;

/** Writes snapshots as the JSON contract has them. */
public interface SnapshotFormat {
    /** The snapshot as JSON: on one line without a line end, or indented. */
    String json(Snapshot snapshot, boolean indented);
}
