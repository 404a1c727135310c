// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import dev.llmtop.tui.cell.Palette;
import dev.llmtop.tui.cell.Palette.Colour;
import dev.llmtop.tui.cell.Palette.Depth;
import dev.llmtop.tui.cell.Palette.Paint;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.Look.Theme;

/** Styles as what a terminal takes. Source of the sequences: ECMA-48, 8.3.117; of the colours beyond 8: xterm's ctlseqs. */
final class Colours {
    private Colours() {}

    static Palette palette(Theme theme, Depth depth) {
        return switch (theme) {
            case DARK -> Palette.dark(depth);
            case LIGHT -> Palette.light(depth);
            case MONO -> Palette.MONO;
            case HIGH_CONTRAST -> Palette.highContrast(depth);
        };
    }

    /** The whole sequence: attributes are reset first, so that it holds whatever was before. */
    static String sequence(Style style, Palette palette) {
        Paint paint = palette.paint(style);
        return "\u001b[0"
                + (paint.bold() ? ";1" : "")
                + (paint.dim() ? ";2" : "")
                + (paint.reverse() ? ";7" : "")
                + paint.colour().map(Colours::code).orElse("")
                + "m";
    }

    private static String code(Colour colour) {
        int value = colour.value();
        return switch (colour.depth()) {
            case NONE -> "";
            case SIXTEEN -> ";" + (value < 8 ? 30 + value : 82 + value);
            case INDEXED -> ";38;5;" + value;
            case TRUE -> ";38;2;" + (value >> 16) + ";" + (value >> 8 & 0xff) + ";" + (value & 0xff);
        };
    }
}
