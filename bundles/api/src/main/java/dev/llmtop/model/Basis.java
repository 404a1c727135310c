// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.Locale;

/** How a counter of tokens or requests moves. Grows in minor versions: keep a {@code default} when switching over it. */
public enum Basis {
    /** Moves while a request runs. */
    LIVE,
    /** Moves when a request ends: standing still while requests run is no zero. */
    AT_REQUEST_END,
    /** Differences of the progress of a slot. */
    SLOTS,
    /** The own average of the engine. */
    WINDOW;

    /** The code of the JSON contract, lower case with hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
