// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * Closes what is not released by its deadline. One thread for all: a blocking read, write or connect knows no time-out of its own,
 * but ends when its channel is closed.
 */
final class Watchdog implements AutoCloseable {
    /** The name of its one thread. */
    static final String THREAD = "llmtop-probe-watchdog";

    private final DelayQueue<Guard> guards = new DelayQueue<>();
    private boolean started;
    private volatile boolean stopped;

    /** Closes {@code guarded} at the deadline (of {@link System#nanoTime}) unless the guard is released before. */
    Guard watch(Closeable guarded, long deadlineNanos) {
        Guard guard = new Guard(guarded, deadlineNanos);
        guards.add(guard);
        start();
        if (stopped) {
            guard.fire();
        }
        return guard;
    }

    private synchronized void start() {
        if (started || stopped) {
            return;
        }
        started = true;
        Thread thread = new Thread(this::run, THREAD);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!stopped) {
            try {
                guards.take().fire();
            } catch (InterruptedException nobodyInterruptsUs) {
                // the loop looks at stopped
            }
        }
    }

    /** Closes everything that is still guarded and ends the thread; whatever is watched later is closed at once. */
    @Override
    public void close() {
        stopped = true;
        List<Guard> left = new ArrayList<>(guards);
        left.forEach(Guard::fire);
        guards.removeAll(left);
        // Wakes the thread, which then sees that it is to end.
        guards.add(new Guard(() -> {}, System.nanoTime()));
    }

    /** One deadline. */
    final class Guard implements Delayed {
        private final Closeable guarded;
        private final long deadlineNanos;
        private boolean released;
        private boolean fired;

        private Guard(Closeable guarded, long deadlineNanos) {
            this.guarded = guarded;
            this.deadlineNanos = deadlineNanos;
        }

        /** Calls the deadline off; {@code false} where it had passed and the thing is closed. */
        boolean release() {
            synchronized (this) {
                released = true;
                if (fired) {
                    return false;
                }
            }
            guards.remove(this);
            return true;
        }

        /** Whether the deadline passed and the thing was closed. */
        synchronized boolean fired() {
            return fired;
        }

        private void fire() {
            synchronized (this) {
                if (released || fired) {
                    return;
                }
                fired = true;
            }
            try {
                guarded.close();
            } catch (IOException closedAnyway) {
                // nothing is left to be done about it
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
