// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Memory for bodies that are read whole: at most 1 MiB each and 8 MiB together, however many come at once. */
final class HeldBodies {
    /** The most bytes of one body, decoded. */
    static final int MOST_BYTES = 1 << 20;

    private static final int FIRST_BYTES = 8_192;
    private static final long PATIENCE_MILLIS = 200;

    private final Semaphore bytes;

    HeldBodies(int mostTogether) {
        bytes = new Semaphore(mostTogether, true);
    }

    /** Reads a body; give it back when its answer is made. */
    Held read(CappedBody body) {
        if (!take(FIRST_BYTES)) {
            body.cutHere();
            return new Held(new byte[0], 0, 0);
        }
        byte[] held = new byte[FIRST_BYTES];
        int count = 0;
        int taken = FIRST_BYTES;
        while (true) {
            int read = body.read(held, count, held.length - count);
            if (read < 0) {
                return new Held(held, count, taken);
            }
            count += read;
            if (count == held.length) {
                // One byte more than the cap, so that the body itself finds out whether it goes on.
                int larger = Math.min(count * 2, MOST_BYTES + 1);
                if (!take(larger - count)) {
                    body.cutHere();
                    return new Held(held, count, taken);
                }
                taken += larger - count;
                held = Arrays.copyOf(held, larger);
            }
        }
    }

    /** Waits a little for others to finish; all waiting for each other ends there too. */
    private boolean take(int count) {
        try {
            return bytes.tryAcquire(count, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Bytes that nobody holds. */
    int free() {
        return bytes.availablePermits();
    }

    /** A body in memory. */
    final class Held implements AutoCloseable {
        private final byte[] held;
        private final int count;
        private final int taken;

        private Held(byte[] held, int count, int taken) {
            this.held = held;
            this.count = count;
            this.taken = taken;
        }

        /** As UTF-8; what is none is replaced. */
        String text() {
            return new String(held, 0, count, StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            bytes.release(taken);
        }
    }
}
