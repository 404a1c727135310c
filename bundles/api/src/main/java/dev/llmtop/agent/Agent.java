// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.Snapshot;

/** The running agent, as the shell and the screen see it. */
public interface Agent {
    /** The last snapshot; before the first tick ends an empty one with {@code scanning}. */
    Snapshot latest();

    /** Forgets what was found not to be an engine, and ticks at once. */
    void rediscover();
}
