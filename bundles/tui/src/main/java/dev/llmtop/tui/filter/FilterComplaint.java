// SPDX-License-Identifier: MIT
package dev.llmtop.tui.filter;

/** A text that is no filter; the message says what was expected, in a few words. */
public final class FilterComplaint extends RuntimeException {
    private static final long serialVersionUID = 1;

    FilterComplaint(String message) {
        super(message, null, false, false);
    }

    /** What is wrong, for a person. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
