// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.agent.Cells;

/** Rates that are mostly zero: a measured zero has decimals, so that it is seen to be a rate. */
public final class Rates {
    private Rates() {}

    /** Events per second in so many cells, at least 4. */
    public static String perSecond(double rate, int cells) {
        return rate == 0 ? "0.00" : Cells.number(rate, cells);
    }
}
