// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import java.util.List;
import java.util.Optional;

/** The engine adapters that are there now, each behind a guard: no call hangs, none throws. */
public interface Adapters {
    /** Those that work, the highest ranking first; of two with one kind only the first. */
    List<Guarded> working();

    /** All, also those that were refused or switched off, for a person. */
    List<Status> statuses();

    /** Grows whenever {@link #working()} changes. */
    long generation();

    /** Switches an adapter on again after faults; {@code false} where there is none of this kind that is off. */
    boolean enable(String kind);

    /** What adapters did wrong, one line each. */
    List<Problem> problems();

    /** The working adapter of this kind. */
    default Optional<Guarded> find(String kind) {
        return working().stream()
                .filter(adapter -> adapter.descriptor().kind().equals(kind))
                .findFirst();
    }

    /** An adapter behind its guard. A call that throws or hangs is unavailable with its reason, and counts as a fault. */
    interface Guarded {
        /** What it declared. */
        AdapterDescriptor descriptor();

        /** As {@link dev.llmtop.spi.EngineAdapter#detect}. */
        Value<Match> detect(Candidate candidate, Probe probe);

        /** As {@link dev.llmtop.spi.EngineAdapter#describe}. */
        Value<Description> describe(Engine engine, Probe probe);

        /** As {@link dev.llmtop.spi.EngineAdapter#metrics}. */
        Value<Reading> metrics(Engine engine, Probe probe);
    }

    /**
     * The state of one adapter.
     *
     * @param kind as declared, or {@code ?} where the declaration is refused
     * @param bundle symbolic name and version
     * @param state {@code active}, {@code shadowed}, {@code refused}, {@code disabled}
     * @param detail why it does not work; empty when it does
     */
    record Status(
            String kind,
            String title,
            String bundle,
            String state,
            String detail,
            Optional<AdapterDescriptor> descriptor) {}
}
