// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.SnapshotListener;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands snapshots to one listener on a thread of its own: a slow one misses those in between, and never holds up another. */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final SnapshotListener listener;
    private final Thread thread;
    private @Nullable Snapshot waiting;
    private @Nullable Problem problem;
    private boolean stopped;

    Delivery(SnapshotListener listener) {
        this.listener = listener;
        thread = new Thread(this::run, "llmtop-deliver-" + listener.getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
    }

    /** The next snapshot to hand over; one that still waits is given up. */
    synchronized void offer(Snapshot snapshot) {
        waiting = snapshot;
        notifyAll();
    }

    /** Why the last call failed; empty where it did not. */
    synchronized Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Hands over nothing more; a call under way goes on. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Waits for the end of the thread, then interrupts what it still does. */
    void end(long patienceMillis) {
        try {
            thread.join(Math.max(1, patienceMillis));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            for (Snapshot next = take(); next != null; next = take()) {
                deliver(next);
            }
        } catch (InterruptedException stopping) {
            LOG.debug("delivery to {} ends", listener.getClass().getName());
        }
    }

    private synchronized @Nullable Snapshot take() throws InterruptedException {
        while (waiting == null && !stopped) {
            wait();
        }
        Snapshot next = stopped ? null : waiting;
        waiting = null;
        return next;
    }

    private void deliver(Snapshot snapshot) {
        try {
            listener.snapshot(snapshot);
            outcome(null);
        } catch (RuntimeException | LinkageError thrown) {
            outcome(new Problem("listener", listener.getClass().getName() + " " + Barrier.describe(thrown)));
        }
    }

    private synchronized void outcome(@Nullable Problem now) {
        if (now != null && problem == null) {
            LOG.warn("{}", now.detail());
        }
        problem = now;
    }
}
