// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Samples a source off the tick: one that hangs or throws costs its own figures only. Never two samples of one source at once. Used
 * by the tick's thread alone.
 */
final class Sampler<T> {
    private final Supplier<T> source;
    private @Nullable CompletableFuture<T> pending;
    private @Nullable T last;

    Sampler(Supplier<T> source) {
        this.source = source;
    }

    /**
     * A sample.
     *
     * @param value the newest there is; empty where there is none yet
     * @param trouble why it is not of this tick; empty where all is well
     */
    record Sampled<T>(Optional<T> value, String trouble) {}

    /** Begins to sample, unless the sample before is still under way. */
    void begin(Executor executor) {
        if (pending != null) {
            return;
        }
        try {
            pending = CompletableFuture.supplyAsync(source, executor);
        } catch (RejectedExecutionException full) {
            pending = CompletableFuture.failedFuture(full);
        }
    }

    /** The sample, waited for until {@code deadline} ({@link System#nanoTime}). */
    Sampled<T> await(long deadline) {
        CompletableFuture<T> awaited = pending;
        if (awaited == null) {
            return new Sampled<>(Optional.ofNullable(last), "");
        }
        String trouble;
        try {
            last = awaited.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            trouble = "";
            pending = null;
        } catch (TimeoutException late) {
            trouble = "does not answer in time, its figures are older";
        } catch (ExecutionException thrown) {
            trouble = Barrier.describe(thrown.getCause() == null ? thrown : thrown.getCause());
            pending = null;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            trouble = "";
        }
        return new Sampled<>(Optional.ofNullable(last), trouble);
    }
}
