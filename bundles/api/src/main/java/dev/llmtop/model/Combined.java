// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.Locale;

/** How several series became one figure. Grows in minor versions: keep a {@code default} when switching over it. */
public enum Combined {
    ONLY,
    SUM,
    MAX,
    /** Weighted by the capacity of each part. */
    WEIGHTED,
    /** The lowest tensor- or pipeline-parallel rank speaks for all. */
    LOWEST_RANK;

    /** The code of the JSON contract, lower case with hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
