// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import dev.llmtop.model.Snapshot;
import org.osgi.annotation.versioning.ConsumerType;

/** Gets every snapshot; registered as a service. Called by one thread, in order; a slow one misses snapshots, never delays them. */
@ConsumerType
@FunctionalInterface
public interface SnapshotListener {
    /** A tick ended. */
    void snapshot(Snapshot snapshot);
}
