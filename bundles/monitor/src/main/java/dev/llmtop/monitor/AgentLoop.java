// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Agent;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.spi.SnapshotListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The running agent: ticks, keeps the last snapshot, hands it on. Owns every thread of this bundle. */
final class AgentLoop implements Agent {
    /** More engines at once than any machine has; idle threads end soon. */
    private static final int MOST_WORKERS = 64;

    private static final Duration STOP_PATIENCE = Duration.ofMillis(400);

    private final ExecutorService workers;
    private final Deliveries deliveries = new Deliveries();
    private final Interval interval;
    private final Tick tick;
    private final Ticker ticker;
    private final AtomicBoolean forget = new AtomicBoolean();
    private final FirstLook firstLook;
    private volatile Snapshot latest;
    private boolean ticked;

    AgentLoop(Services services, Settings settings, Attachments attachments) {
        AtomicInteger number = new AtomicInteger();
        workers = new ThreadPoolExecutor(0, MOST_WORKERS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "llmtop-scrape-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        interval = new Interval(settings.interval());
        tick = new Tick(services, settings, interval, attachments, workers);
        ticker = new Ticker(interval, this::tick);
        firstLook = new FirstLook(settings);
        latest = firstLook.nothing();
    }

    void start() {
        ticker.start();
    }

    @Override
    public Snapshot latest() {
        return latest;
    }

    @Override
    public void rediscover() {
        forget.set(true);
        ticker.wake();
    }

    @Override
    public void interval(Duration wanted) {
        interval.set(wanted);
        ticker.wake();
    }

    /** Adds a listener; where a tick has ended it gets the latest snapshot at once. */
    synchronized void addListener(long id, SnapshotListener listener) {
        deliveries.add(id, listener, ticked ? Optional.of(latest) : Optional.empty());
    }

    synchronized void removeListener(long id) {
        deliveries.remove(id);
    }

    private long tick() {
        if (forget.getAndSet(false)) {
            tick.forgetNegatives();
        }
        Tick.Made made = tick.run(deliveries.problems(), this::look);
        publish(made.snapshot());
        return made.scraped();
    }

    /** For whoever asks before the first tick ends; listeners get whole ticks only. */
    private synchronized void look(Machine.Sample sample, ProcessScan scan) {
        if (!ticked) {
            latest = firstLook.of(sample, scan);
        }
    }

    private synchronized void publish(Snapshot snapshot) {
        ticked = true;
        latest = snapshot;
        deliveries.publish(snapshot);
    }

    /** Ends all threads within a second. */
    void stop() {
        workers.shutdownNow();
        ticker.stop(STOP_PATIENCE);
        deliveries.close(STOP_PATIENCE);
        try {
            workers.awaitTermination(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
