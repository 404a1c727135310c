// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.Snapshot;
import java.time.Duration;

/** The running agent, as the shell and the screen see it. */
public interface Agent {
    /** The last snapshot; before the first tick ends an empty one with {@code scanning}. */
    Snapshot latest();

    /** Forgets what was found not to be an engine, and ticks at once. */
    void rediscover();

    /**
     * Sets the time from one tick to the next, held within 0.2 s and 1 h, until it is set again; the tick under way is not hurried.
     * An agent that cannot change its pace leaves it as it is: {@code agent.tickSeconds} of the snapshots tells.
     */
    default void interval(Duration interval) {}
}
