// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

/** A part of the main screen that can be hidden; in the order of its key, 1 to 6. */
public enum Part {
    GPU,
    MEMORY,
    FLOW,
    GRAPHS,
    EVENTS,
    INSPECTOR
}
