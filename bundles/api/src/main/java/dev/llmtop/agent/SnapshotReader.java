// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Value;
import java.time.Instant;

/**
 * Reads what {@link SnapshotFormat} writes. Text is cleaned again, fields and codes that are not known are ignored. What cannot be
 * read is unavailable with one line for a person that names the place inside the document: malformed, too large, or, where the
 * document is no {@link Snapshot#SCHEMA}, not supported.
 */
public interface SnapshotReader {
    /** The most bytes of one document. */
    int MOST_BYTES = 16 << 20;

    /** One snapshot from UTF-8 JSON, on one line or indented; nothing but white space may follow it. */
    Value<Snapshot> read(byte[] json);

    /** The time of the snapshot, without reading the rest: the schema and the time stand first. */
    Value<Instant> time(byte[] json);
}
