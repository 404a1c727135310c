// SPDX-License-Identifier: MIT
package dev.llmtop.tui.history;

import dev.llmtop.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whole snapshots of the last 10 minutes, to go back to. Where they would take more than 16 MiB, the older half is thinned out, again
 * and again: the near past stays whole, the far one becomes sparse.
 */
final class Recording {
    static final Duration REACH = Duration.ofMinutes(10);
    static final long MOST_BYTES = 16L << 20;

    private final List<Kept> kept = new ArrayList<>();
    private final long mostBytes;
    private long bytes;

    private record Kept(Snapshot snapshot, long weight) {}

    Recording(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    void add(Snapshot snapshot) {
        Kept one = new Kept(snapshot, Weight.of(snapshot));
        kept.add(one);
        bytes += one.weight();
        Instant oldest = snapshot.time().minus(REACH);
        while (kept.size() > 1 && kept.get(0).snapshot().time().isBefore(oldest)) {
            remove(0);
        }
        if (bytes > mostBytes) {
            thin();
        }
    }

    /** Every second one of the older half goes; of a few heavy ones the oldest. */
    private void thin() {
        for (int index = kept.size() / 2 - 1; index > 0; index -= 2) {
            remove(index);
        }
        while (bytes > mostBytes && kept.size() > 2) {
            remove(0);
        }
    }

    private void remove(int index) {
        bytes -= kept.remove(index).weight();
    }

    /** Forgets all at a moment and later. */
    void cut(Instant from) {
        for (int index = kept.size() - 1;
                index >= 0 && !kept.get(index).snapshot().time().isBefore(from);
                index--) {
            remove(index);
        }
    }

    /** So many snapshots after one of a time, or before where negative; the nearest where there are not so many. */
    Optional<Snapshot> step(Instant time, int steps) {
        return kept.isEmpty()
                ? Optional.empty()
                : Optional.of(kept.get(Math.max(0, Math.min(kept.size() - 1, indexOf(time) + steps)))
                        .snapshot());
    }

    /** The last snapshot that is not after a moment, or the oldest. */
    Optional<Snapshot> at(Instant time) {
        return step(time, 0);
    }

    private int indexOf(Instant time) {
        int index = kept.size() - 1;
        while (index > 0 && kept.get(index).snapshot().time().isAfter(time)) {
            index--;
        }
        return index;
    }

    int size() {
        return kept.size();
    }

    long bytes() {
        return bytes;
    }
}
