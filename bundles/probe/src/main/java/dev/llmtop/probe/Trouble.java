// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import java.io.IOException;

/** Why a request has no answer, on its way to becoming one. Has no stack: it is an ordinary result, made often. */
final class Trouble extends IOException {
    private static final long serialVersionUID = 1;

    /** What the sender of the request may do about it. */
    enum Kind {
        /** Nothing. */
        FINAL,
        /** The server spoke TLS where plain HTTP was expected. */
        SPEAKS_TLS,
        /** The connection ended before the first byte of an answer. */
        NO_FIRST_BYTE,
        /** The asking thread was interrupted: says nothing about the server. */
        ABANDONED
    }

    private final Reason reason;
    private final Kind kind;

    Trouble(Reason reason, String detail) {
        this(reason, Kind.FINAL, detail);
    }

    Trouble(Reason reason, Kind kind, String detail) {
        super(Text.clean(detail));
        this.reason = reason;
        this.kind = kind;
    }

    static Trouble abandoned() {
        return new Trouble(Reason.TIMED_OUT, Kind.ABANDONED, "asking was interrupted");
    }

    Reason reason() {
        return reason;
    }

    Kind kind() {
        return kind;
    }

    /** One cleaned line for a person. */
    String detail() {
        return String.valueOf(getMessage());
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
