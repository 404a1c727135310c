// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The threads that run the code of one adapter and of no other: when the adapter goes they end, and what it left in their thread
 * locals goes with them. A thread whose call was abandoned is interrupted and never used again.
 */
final class AdapterThreads implements AutoCloseable {
    private static final int MOST = 256;
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool;

    AdapterThreads(String kind) {
        pool = new ThreadPoolExecutor(0, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(null, work, "llmtop-adapter-" + kind, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(AdapterThreads.class.getClassLoader());
            thread.setUncaughtExceptionHandler((ended, why) -> {});
            return thread;
        });
    }

    /** How a call ended. */
    enum End {
        DONE,
        HUNG,
        INTERRUPTED,
        REFUSED
    }

    /** What came of a call; {@code result} only where it is DONE, and null only where the call returned null. */
    record Result<T>(End end, Supplier<T> result) {}

    /** Runs {@code work}, which never throws, while {@code clock} allows. */
    <T> Result<T> run(Supplier<T> work, CallClock clock) {
        FutureTask<T> task = new FutureTask<>(work::get);
        try {
            pool.execute(() -> {
                task.run();
                if (clock.abandoned()) {
                    throw new Abandoned();
                }
            });
            return new Result<>(End.DONE, constant(await(task, clock)));
        } catch (RejectedExecutionException none) {
            return failed(End.REFUSED);
        } catch (TimeoutException hung) {
            abandon(task, clock);
            return failed(End.HUNG);
        } catch (InterruptedException interrupted) {
            abandon(task, clock);
            Thread.currentThread().interrupt();
            return failed(End.INTERRUPTED);
        } catch (ExecutionException never) {
            throw new IllegalStateException("work threw", never);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private static <T> T await(FutureTask<T> task, CallClock clock)
            throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            long left = clock.left();
            try {
                return task.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
            } catch (TimeoutException over) {
                if (clock.left() <= 0) {
                    throw over;
                }
            }
        }
    }

    private static <T> void abandon(FutureTask<T> task, CallClock clock) {
        clock.abandon();
        task.cancel(true);
    }

    private static <T> Supplier<T> constant(T value) {
        return () -> value;
    }

    private static <T> Result<T> failed(End end) {
        return new Result<>(end, () -> {
            throw new IllegalStateException("no result");
        });
    }

    /** Ends a pool's thread. */
    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1;

        Abandoned() {
            super("abandoned", null, false, false);
        }
    }
}
