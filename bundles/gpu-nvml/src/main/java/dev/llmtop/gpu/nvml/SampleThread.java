// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.GpuSource.GpuSample;
import dev.llmtop.spi.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that calls NVML. Whoever wants a sample waits for it a while and takes the one before where it does not come: a
 * driver that hangs holds this thread and nobody else.
 */
final class SampleThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SampleThread.class);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final long MOST_MILLIS_TO_END = 500;

    private final Sampler sampler;
    private final Supplier<Optional<Caller.Pending>> pending;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition done = lock.newCondition();
    private final Thread thread = new Thread(this::run, "llmtop-nvml");
    private Sampler.@Nullable Made made;
    private long requested = 1;
    private long finished;
    private boolean closed;

    /**
     * @param pending the call under way
     * @param patience how long a sample is waited for
     */
    SampleThread(Sampler sampler, Supplier<Optional<Caller.Pending>> pending, Duration patience) {
        this.sampler = sampler;
        this.pending = pending;
        this.patience = patience;
        thread.setDaemon(true);
    }

    /** Begins with a first sample at once: the start of NVML takes long, and nobody waits for it yet. */
    void start() {
        thread.start();
    }

    /** A sample that is not older than this call; where that takes too long, the newest there is, and a problem says so. */
    GpuSample sample() {
        lock.lock();
        try {
            long published = finished;
            long mine = ++requested;
            wanted.signal();
            long left = patience.toNanos();
            while (finished < mine && left > 0 && !closed) {
                left = done.awaitNanos(left);
            }
            // One that was begun before and ended meanwhile is new enough.
            return made != null && finished > published ? made.sample() : late(Optional.ofNullable(made));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return late(Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    /** The calls of the last sample. */
    RawCalls calls() {
        lock.lock();
        try {
            return made == null ? RawCalls.none() : made.raw();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            wanted.signalAll();
            done.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(MOST_MILLIS_TO_END);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                long target = awaitRequest();
                if (target < 0) {
                    return;
                }
                publish(next(), target);
                sampler.between();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError bug) {
            LOG.error("NVIDIA GPUs are no longer sampled", bug);
        } finally {
            sampler.close();
        }
    }

    private Sampler.Made next() {
        try {
            return sampler.next();
        } catch (RuntimeException | LinkageError broken) {
            LOG.warn("no sample of NVIDIA GPUs", broken);
            Problem problem = new Problem(Sampler.SOURCE, "no sample: " + firstLine(broken));
            return new Sampler.Made(new GpuSample(List.of(), List.of(problem), Stamp.now()), RawCalls.none());
        }
    }

    private static String firstLine(Throwable broken) {
        return String.valueOf(broken.getMessage())
                .lines()
                .findFirst()
                .orElse(broken.getClass().getSimpleName());
    }

    /** The number of the newest request; negative at the end. */
    private long awaitRequest() throws InterruptedException {
        lock.lock();
        try {
            while (requested == finished && !closed) {
                wanted.await();
            }
            return closed ? -1 : requested;
        } finally {
            lock.unlock();
        }
    }

    private void publish(Sampler.Made sample, long target) {
        lock.lock();
        try {
            made = sample;
            finished = target;
            done.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private GpuSample late(Optional<Sampler.Made> before) {
        Stamp stamp = before.map(older -> older.sample().stamp()).orElseGet(Stamp::now);
        List<Problem> problems =
                new ArrayList<>(before.map(older -> older.sample().problems()).orElse(List.of()));
        problems.add(new Problem(
                Sampler.SOURCE, waiting() + before.map(SampleThread::age).orElse("")));
        return new GpuSample(before.map(older -> older.sample().gpus()).orElse(List.of()), problems, stamp);
    }

    private String waiting() {
        return pending.get()
                .map(call -> call.symbol() + " has not answered since "
                        + clock(Instant.now().minusNanos(System.nanoTime() - call.since())))
                .orElse(made == null ? "the first sample is not there yet" : "the sample did not come in time");
    }

    private static String age(Sampler.Made older) {
        return "; what is shown is of " + clock(older.sample().stamp().time());
    }

    private static String clock(Instant time) {
        return CLOCK.format(time.atZone(ZoneId.systemDefault()));
    }
}
