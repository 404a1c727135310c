// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.Locale;

/** Why a value is not known. Grows in minor versions: keep a {@code default} when switching over it. */
public enum Reason {
    /** This engine, or this version of it, has no such figure. */
    NOT_EXPORTED("n/a"),
    /** A flag of the engine turns it on; the detail names the flag. */
    DISABLED("off"),
    /** 401 or 403: a key opens it. */
    NEEDS_KEY("key"),
    /** Asking would wake a sleeping model. */
    ASLEEP("zzz"),
    /** The model or the server is still loading. */
    LOADING("ldg"),
    /** Nothing listens there, or the connection broke. */
    UNREACHABLE("unr"),
    /** No whole answer within the deadline. */
    TIMED_OUT("t/o"),
    /** The operating system refuses to tell this user. */
    NO_PERMISSION("prm"),
    /** The GPU or its driver refuses. */
    NOT_SUPPORTED("n/s"),
    /** A rate or a window needs more samples. */
    NO_SAMPLE_YET("..."),
    /** The answer could not be read. */
    MALFORMED("bad"),
    /** The answer was cut at its cap before the value. */
    TOO_LARGE("big"),
    /** The only source is a request that llmtop never sends. */
    NOT_SAFE("skp");

    private final String cell;

    Reason(String cell) {
        this.cell = cell;
    }

    /** The code of the JSON contract, such as {@code not-exported}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** At most three ASCII characters for a table cell, such as {@code n/a}. */
    public String cell() {
        return cell;
    }
}
