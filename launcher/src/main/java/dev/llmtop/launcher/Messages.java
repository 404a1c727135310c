// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Where the launcher speaks to the user: single lines on standard error. */
final class Messages {
    private static final int MOST_HELD = 20;

    private final PrintStream out;
    private final List<String> held = new ArrayList<>();
    private boolean holding;
    private boolean silent;

    Messages(PrintStream out) {
        this.out = out;
    }

    /** One line; nothing once the program is ending, when half-stopped bundles fail for no reason of their own. */
    synchronized void say(String line) {
        if (silent) {
            return;
        }
        if (!holding) {
            print(line);
        } else if (held.size() < MOST_HELD) {
            held.add(line);
        }
    }

    /** From now on lines wait for {@link #release}: a line would tear the screen. */
    synchronized void hold() {
        holding = true;
    }

    /** Says what waited. */
    synchronized void release() {
        holding = false;
        held.forEach(this::print);
        held.clear();
    }

    synchronized void silence() {
        silent = true;
    }

    private void print(String line) {
        out.println("llmtop: " + line);
        out.flush();
    }
}
