// SPDX-License-Identifier: MIT
package dev.llmtop.logging;

/** How much a line matters; the order counts. */
enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    private static final String OURS = "dev.llmtop";

    /** The least level that is written for a logger. */
    static Level threshold(String logger, boolean debug) {
        boolean ours = logger.equals(OURS) || logger.startsWith(OURS + ".");
        if (debug) {
            return ours ? DEBUG : INFO;
        }
        return ours ? INFO : WARN;
    }
}
