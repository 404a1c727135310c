// SPDX-License-Identifier: MIT
package dev.llmtop.tui.cell;

/**
 * What a click on some cells means.
 *
 * @param kind what was hit
 * @param value which one: a row's text form, a column's name, a key as the footer names it, the number of a tab, a pane's name
 */
public record Target(Kind kind, String value) {
    /** What can be hit. */
    public enum Kind {
        ROW,
        COLUMN,
        KEY,
        TAB,
        PANE
    }
}
