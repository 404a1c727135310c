// SPDX-License-Identifier: MIT
package dev.llmtop.tui.cell;

import java.util.Map;

/** Writes the screen's own signs in ASCII, for terminals that have no others. */
final class Glyphs {
    private static final int BRAILLE = 0x2800;
    private static final int BRAILLE_END = 0x28ff;

    /** A graph from nearly nothing to full, by the dots of a braille cell. */
    private static final String[] DENSITY = {" ", "_", "_", ".", ".", "-", "-", "=", "#"};

    private static final Map<Integer, String> SIGNS = Map.ofEntries(
            sign('▸', ">"),
            sign('●', "*"),
            sign('◐', "o"),
            sign('◌', "?"),
            sign('○', "-"),
            sign('▕', "["),
            sign('▏', "]"),
            sign('▎', " "),
            sign('▍', " "),
            sign('▌', "#"),
            sign('▋', "#"),
            sign('▊', "#"),
            sign('▉', "#"),
            sign('█', "#"),
            sign('▁', "_"),
            sign('▂', "_"),
            sign('▃', "."),
            sign('▄', "."),
            sign('▅', "-"),
            sign('▆', "-"),
            sign('▇', "="),
            sign('▒', "+"),
            sign('░', "."),
            sign('■', "#"),
            sign('□', "."),
            sign('─', "-"),
            sign('│', "|"),
            sign('├', "|-"),
            sign('└', "'-"),
            sign('┬', "+"),
            sign('┼', "+"),
            sign('┴', "+"),
            sign('┤', "|"),
            sign('≥', ">="),
            sign('…', "..."),
            sign('°', ""),
            sign('▲', "^"),
            sign('▾', "v"),
            sign('▴', "^"),
            sign('›', ">"),
            sign('►', ">"),
            sign('←', "<"),
            sign('→', ">"),
            sign('↑', "^"),
            sign('↓', "v"));

    private Glyphs() {}

    private static Map.Entry<Integer, String> sign(char sign, String ascii) {
        return Map.entry((int) sign, ascii);
    }

    /** The text in ASCII; a letter that has no sign there is a question mark, so that it is seen that something stands there. */
    static String ascii(String text) {
        if (text.chars().allMatch(character -> character < 0x7f && character >= 0x20)) {
            return text;
        }
        StringBuilder written = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(point -> written.append(ascii(point)));
        return written.toString();
    }

    private static String ascii(int point) {
        if (point >= 0x20 && point < 0x7f) {
            return Character.toString(point);
        }
        if (point >= BRAILLE && point <= BRAILLE_END) {
            return DENSITY[Integer.bitCount(point - BRAILLE)];
        }
        String sign = SIGNS.get(point);
        return sign != null ? sign : TextWidth.of(point) == 0 ? "" : "?";
    }
}
