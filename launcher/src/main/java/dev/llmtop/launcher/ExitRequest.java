// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/**
 * The service by which a mode's component ends the program: {@code IntConsumer} with the property {@code
 * llmtop.service=exit}; the first call wins.
 */
final class ExitRequest implements IntConsumer {
    static final String PROPERTY = "llmtop.service";
    static final String VALUE = "exit";

    private final CompletableFuture<Integer> code = new CompletableFuture<>();

    @Override
    public void accept(int exitCode) {
        code.complete(exitCode);
    }

    /** Waits for a call; empty if there was none within {@code limit}. */
    OptionalInt await(Duration limit) throws InterruptedException {
        try {
            return OptionalInt.of(code.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return OptionalInt.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // it is never completed with an exception
        }
    }

    /** Waits as long as it takes. */
    int await() {
        return code.join();
    }
}
