// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import dev.llmtop.model.Text;

/** Something that went wrong, as one line for a person. */
final class Failure {
    private static final int LONGEST = 200;

    private Failure() {}

    static String line(Throwable thrown) {
        String message = thrown.getMessage();
        String name = thrown.getClass().getSimpleName();
        String line = Text.clean(message == null || message.isBlank() ? name : name + ": " + message);
        return line.substring(0, Math.min(LONGEST, line.length()));
    }
}
