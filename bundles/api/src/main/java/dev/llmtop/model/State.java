// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.Locale;

/** What an engine is doing. Grows in minor versions: keep a {@code default} when switching over it. */
public enum State {
    /** Answers and serves. */
    READY,
    /** Its model is not in memory yet, or it does not listen yet. */
    LOADING,
    /** Its model is out of memory until a request comes. */
    SLEEPING,
    /** 401 or 403: present, but closed to us. */
    BLOCKED,
    /** Was there, does not answer now. */
    UNREACHABLE,
    /** Not asked yet, or being asked. */
    IDENTIFYING;

    /** The code of the JSON contract, lower case with hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
