// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.Locale;

/** How GPU memory was laid to an engine. Grows in minor versions: keep a {@code default} when switching over it. */
public enum Attribution {
    /** The process is the engine. */
    PID,
    /** The process descends from the engine. */
    ANCESTOR,
    /** Same container. */
    CONTAINER,
    /** Same pid in a pid namespace. */
    NAMESPACE_PID,
    /** The command line of an ancestor names the engine and its port. */
    COMMAND_LINE,
    /** Nobody known. */
    NONE;

    /** The code of the JSON contract, lower case with hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
