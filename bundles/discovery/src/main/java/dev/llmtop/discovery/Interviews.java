// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Interviews under way: so many at once, the hinted first, at most one for each place. What came of one is fetched once. */
final class Interviews implements AutoCloseable {
    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor pool;
    private final Map<String, Task> tasks = new ConcurrentHashMap<>();
    private final AtomicLong order = new AtomicLong();

    Interviews(int atOnce) {
        pool = new ThreadPoolExecutor(
                atOnce, atOnce, IDLE_SECONDS, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "llmtop-identification", 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /** What came of an interview, and which set of adapters it began with. */
    record Finished(Outcome outcome, long generation) {}

    /** Begins an interview, unless one of this key is under way. */
    void begin(String key, boolean urgent, long generation, Supplier<Outcome> interview) {
        if (!tasks.containsKey(key)) {
            Task task = new Task(urgent, order.getAndIncrement(), generation, interview);
            tasks.put(key, task);
            pool.execute(task);
        }
    }

    boolean underWay(String key) {
        return tasks.containsKey(key);
    }

    /** Waits for one interview until {@link System#nanoTime} has come to {@code until}; whether it is over. */
    boolean await(String key, long until) {
        Task task = tasks.get(key);
        try {
            return task == null || task.over.await(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What came of an interview that is over; empty while it is under way. */
    Optional<Finished> take(String key) {
        Task task = tasks.get(key);
        if (task == null || task.over.getCount() > 0) {
            return Optional.empty();
        }
        tasks.remove(key);
        return Optional.ofNullable(task.finished);
    }

    /** Forgets interviews of places that are no more; one that runs ends by its own deadlines. */
    void keepOnly(Set<String> keys) {
        tasks.entrySet().removeIf(entry -> !keys.contains(entry.getKey()) && cancelled(entry.getValue()));
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private boolean cancelled(Task task) {
        return pool.remove(task) || task.over.getCount() == 0;
    }

    private static final class Task implements Runnable, Comparable<Task> {
        private final boolean urgent;
        private final long order;
        private final long generation;
        private final Supplier<Outcome> interview;
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile @Nullable Finished finished;

        Task(boolean urgent, long order, long generation, Supplier<Outcome> interview) {
            this.urgent = urgent;
            this.order = order;
            this.generation = generation;
            this.interview = interview;
        }

        @Override
        public void run() {
            try {
                finished = new Finished(interview.get(), generation);
            } finally {
                over.countDown();
            }
        }

        @Override
        public int compareTo(Task other) {
            return urgent == other.urgent ? Long.compare(order, other.order) : urgent ? -1 : 1;
        }
    }
}
