// SPDX-License-Identifier: MIT
package dev.llmtop.tui.cell;

import dev.llmtop.agent.Pressure;

/**
 * How a cell looks: colour means pressure and nothing else.
 *
 * @param pressure chooses the colour; the theme knows which
 * @param reverse the selection, and what is critical
 */
public record Style(Pressure pressure, boolean bold, boolean dim, boolean reverse) {
    /** The terminal's own colours. */
    public static final Style PLAIN = new Style(Pressure.NONE, false, false, false);

    /** What is missing, and what frames the rest. */
    public static final Style DIM = new Style(Pressure.NONE, false, true, false);

    /** Titles. */
    public static final Style BOLD = new Style(Pressure.NONE, true, false, false);

    /** Of a value under this pressure: warn is coloured, critical is bold and reverse as well. */
    public static Style of(Pressure pressure) {
        boolean critical = pressure == Pressure.CRITICAL;
        return new Style(pressure, critical, false, critical);
    }

    /** The same, selected or not. */
    public Style reversed(boolean selected) {
        return new Style(pressure, bold, dim, selected != reverse);
    }
}
