// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

/** What has the focus on the main screen; Enter opens more of it. */
public enum Pane {
    /** Opens the details of the selected row. */
    TABLE,
    /** Opens the latencies of the selected row. */
    GRAPHS,
    /** Opens all events. */
    EVENTS,
    /** Opens all that the selected row lacks. */
    INSPECTOR
}
