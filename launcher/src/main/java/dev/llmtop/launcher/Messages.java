// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.PrintStream;

/** Where the launcher speaks to the user: single lines on standard error. */
final class Messages {
    private final PrintStream out;
    private volatile boolean silent;

    Messages(PrintStream out) {
        this.out = out;
    }

    /** One line; nothing once the program is ending, when half-stopped bundles fail for no reason of their own. */
    void say(String line) {
        if (!silent) {
            out.println("llmtop: " + line);
            out.flush();
        }
    }

    void silence() {
        silent = true;
    }
}
