// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import dev.llmtop.agent.Pressure;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.Look.Theme;
import dev.llmtop.tui.terminal.TerminalTraits.Depth;

/** Styles as SGR sequences. The two colours are Okabe and Ito's orange and a vermilion of the same contrast. */
final class Colours {
    private Colours() {}

    /** The whole sequence: attributes are reset first, so that it holds whatever was before. */
    static String sequence(Style style, Theme theme, Depth depth) {
        StringBuilder codes = new StringBuilder("\u001b[0");
        if (style.bold() || theme == Theme.HIGH_CONTRAST && style.pressure() != Pressure.NONE) {
            codes.append(";1");
        }
        if (style.dim() && theme != Theme.HIGH_CONTRAST) {
            codes.append(";2");
        }
        if (style.reverse()) {
            codes.append(";7");
        }
        String colour = colour(style.pressure(), theme, depth);
        return codes.append(colour.isEmpty() ? "" : ";").append(colour).append('m').toString();
    }

    private static String colour(Pressure pressure, Theme theme, Depth depth) {
        if (pressure == Pressure.NONE || theme == Theme.MONO) {
            return "";
        }
        boolean warn = pressure == Pressure.WARN;
        boolean light = theme == Theme.LIGHT;
        return switch (depth) {
            case NONE -> "";
            case SIXTEEN -> light ? warn ? "33" : "31" : warn ? "33" : "91";
            case INDEXED -> "38;5;" + (light ? warn ? 94 : 124 : warn ? 214 : 209);
            case TRUE_COLOUR ->
                "38;2;" + (light ? warn ? "138;90;0" : "168;50;10" : warn ? "230;159;0" : "255;110;74");
        };
    }
}
