// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import dev.llmtop.model.Reason;

/** A document that is no snapshot; its message is one line for a person. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    UnreadableException(Reason reason, String line) {
        super(line);
        this.reason = reason;
    }

    static UnreadableException malformed(String line) {
        return new UnreadableException(Reason.MALFORMED, line);
    }

    Reason reason() {
        return reason;
    }
}
