// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.model.Value.Unavailable;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one engine, by its id: it outlives adapters that come and go, and short absences. A process that took the
 * place of another begins a new life, and whatever a scrape of the old one still brings is dropped.
 */
final class EngineMemory {
    private static final Duration DESCRIBED_FOR = Duration.ofSeconds(30);
    private static final Duration RETRIED_AFTER = Duration.ofSeconds(5);

    private final History history;
    private @Nullable ProcessEntry process;
    private long life;
    private boolean busy;
    private @Nullable Long begun;
    private @Nullable Described described;
    private @Nullable Description description;
    private @Nullable Unavailable<?> undescribed;
    private @Nullable String fingerprint;
    private View.@Nullable Failure failure;

    EngineMemory(Duration window) {
        history = new History(window);
    }

    /**
     * What an engine is described under; anything else is a reason to describe it anew.
     *
     * @param kind of the adapter
     * @param generation of the set of adapters
     * @param state that discovery sees
     * @param nanos when; no part of the comparison
     */
    record Described(String kind, long generation, State state, long nanos) {
        boolean isSame(Described other) {
            return kind.equals(other.kind) && generation == other.generation && state == other.state;
        }
    }

    /** The process that it was last seen in. */
    synchronized Optional<ProcessEntry> process() {
        return Optional.ofNullable(process);
    }

    synchronized void livesIn(ProcessEntry entry) {
        process = entry;
    }

    /** Another process took its place: counters start anew. */
    synchronized void beginAnew(ProcessEntry entry) {
        process = entry;
        life++;
        history.clear();
        described = null;
        description = null;
        undescribed = null;
        fingerprint = null;
        failure = null;
        begun = null;
    }

    /**
     * Begins a scrape; empty while another is under way, or began just now. The number is its ticket.
     *
     * @param nanos now
     * @param spacing the least time between the beginnings of two scrapes
     */
    synchronized OptionalLong begin(long nanos, long spacing) {
        if (busy || begun != null && nanos - begun < spacing) {
            return OptionalLong.empty();
        }
        busy = true;
        begun = nanos;
        return OptionalLong.of(life);
    }

    synchronized void end() {
        busy = false;
    }

    /** What the adapter of this kind said before. */
    synchronized Optional<Description> description(String kind) {
        return described != null && described.kind().equals(kind) ? Optional.ofNullable(description) : Optional.empty();
    }

    /** Whether it is time to describe it: at first sight, when something changed, and now and then. */
    synchronized boolean isDescriptionDue(Described now) {
        if (described == null || !described.isSame(now)) {
            return true;
        }
        boolean settled = description != null
                && undescribed == null
                && description.state().orElse(State.READY) != State.LOADING;
        Duration kept = settled ? DESCRIBED_FOR : RETRIED_AFTER;
        return now.nanos() - described.nanos() >= kept.toNanos();
    }

    synchronized void described(long ticket, Described under, Value<Description> value) {
        if (ticket != life) {
            return;
        }
        boolean sameKind = described != null && described.kind().equals(under.kind());
        described = under;
        if (value instanceof Value.Known<Description> known) {
            description = known.value();
            undescribed = null;
        } else if (value instanceof Unavailable<Description> unavailable) {
            // What the same adapter said before stands; another adapter's words do not.
            description = sameKind ? description : null;
            undescribed = unavailable;
        }
    }

    /** Takes a scrape's outcome; {@code at} is when it ended, for a failure. */
    synchronized void read(long ticket, Value<Reading> value, Stamp at) {
        if (ticket != life) {
            return;
        }
        Optional<Unavailable<?>> silence = Silence.of(value);
        if (silence.isPresent()) {
            failure = failure == null
                    ? new View.Failure(silence.get(), at, 1)
                    : new View.Failure(silence.get(), failure.since(), failure.times() + 1);
            return;
        }
        failure = null;
        value.known().ifPresent(reading -> {
            history.add(reading);
            reading.fingerprint().ifPresent(this::compareFingerprint);
        });
    }

    private void compareFingerprint(String now) {
        if (fingerprint != null && !fingerprint.equals(now)) {
            described = null;
        }
        fingerprint = now;
    }

    synchronized View view() {
        return new View(
                history.window(),
                Optional.ofNullable(description),
                Optional.ofNullable(undescribed),
                Optional.ofNullable(failure));
    }
}
