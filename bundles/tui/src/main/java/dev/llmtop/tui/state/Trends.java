// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import java.time.Duration;

/** What was, for graphs and for the rules that need seconds of history. */
public interface Trends {
    /** What is remembered of each row. */
    enum Trend {
        DECODE,
        PREFILL,
        RUNNING,
        WAITING,
        KV
    }

    /**
     * A row's figure over a window that ends at the shown moment, oldest first, as many points as asked for; NaN where nothing was
     * known. Where several snapshots fall into one point, their maximum.
     */
    double[] series(RowId row, Trend trend, Duration window, int points);
}
