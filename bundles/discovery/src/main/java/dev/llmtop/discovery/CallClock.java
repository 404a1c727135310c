// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

/** The time that one call into an adapter has: more with each request. */
final class CallClock {
    private final long began = System.nanoTime();
    private final CallLimits limits;
    private int requests;
    private boolean abandoned;

    CallClock(CallLimits limits) {
        this.limits = limits;
    }

    /** Counts a request that is about to be sent; {@code false} where it may not be any more. */
    synchronized boolean request() {
        requests++;
        return !abandoned;
    }

    synchronized boolean abandoned() {
        return abandoned;
    }

    synchronized void abandon() {
        abandoned = true;
    }

    /** Nanoseconds left to the call; not positive when its time is over. */
    synchronized long left() {
        long allowed = limits.call().toNanos() + requests * limits.request().toNanos();
        return began + Math.min(allowed, limits.most().toNanos()) - System.nanoTime();
    }
}
