// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

/** What the user wrote cannot be used; the message is the one line that says what and what would do. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String line;

    UsageException(String line) {
        super(line);
        this.line = line;
    }

    /** The line for the user. */
    String line() {
        return line;
    }
}
