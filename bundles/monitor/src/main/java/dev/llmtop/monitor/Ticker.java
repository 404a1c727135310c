// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the tick on one thread: at once, then at a fixed rate, and at once again when somebody asks. */
final class Ticker {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final Interval interval;
    private final LongSupplier tick;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean wake;
    private volatile boolean stopped;

    /** @param tick returns when its scrapes began */
    Ticker(Interval interval, LongSupplier tick) {
        this.interval = interval;
        this.tick = tick;
        thread = new Thread(this::run, "llmtop-tick");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ticks as soon as the tick under way is over. */
    void wake() {
        lock.lock();
        try {
            wake = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread; waits for it, but not for long. */
    void stop(Duration patience) {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long planned = System.nanoTime();
        while (!stopped) {
            long scraped = tick();
            planned = Schedule.following(
                    planned, scraped, System.nanoTime(), interval.get().toNanos());
            if (isWokenBefore(planned)) {
                planned = System.nanoTime();
            }
        }
    }

    private long tick() {
        try {
            return tick.getAsLong();
        } catch (RuntimeException | LinkageError thrown) {
            if (!stopped) {
                // While the framework goes down, what a tick needs goes first.
                LOG.error("a tick failed", thrown);
            }
            return System.nanoTime();
        }
    }

    private boolean isWokenBefore(long due) {
        lock.lock();
        try {
            long left = due - System.nanoTime();
            while (!wake && !stopped && left > 0) {
                left = changed.awaitNanos(left);
            }
            boolean woken = wake;
            wake = false;
            return woken;
        } catch (InterruptedException stopping) {
            return false;
        } finally {
            lock.unlock();
        }
    }
}
