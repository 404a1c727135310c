// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.Locale;

/** What part an engine plays. Grows in minor versions: keep a {@code default} when switching over it. */
public enum Role {
    /** Serves models itself. */
    ENGINE,
    /** Passes requests on to engines. */
    ROUTER;

    /** The code of the JSON contract, lower case with hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
