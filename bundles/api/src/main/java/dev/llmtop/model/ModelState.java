// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.Locale;

/** Where a model is. Grows in minor versions: keep a {@code default} when switching over it. */
public enum ModelState {
    /** In memory, serving. */
    LOADED,
    /** On its way into memory. */
    LOADING,
    /** Put to sleep by its engine. */
    SLEEPING,
    /** Installed or configured, not in memory. */
    AVAILABLE,
    /** Runs on another machine. */
    REMOTE;

    /** The code of the JSON contract, lower case with hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
