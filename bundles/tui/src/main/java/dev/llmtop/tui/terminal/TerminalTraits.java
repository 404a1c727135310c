// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import dev.llmtop.tui.cell.Palette.Depth;
import dev.llmtop.tui.state.Look;
import java.util.Locale;
import java.util.Map;

/**
 * What the terminal can show, as the environment tells it: the terminal itself is never asked, since an answer that comes late is
 * taken for keys.
 *
 * @param depth how many colours there are
 * @param ascii whether anything but ASCII would be garbage
 * @param lightBackground whether dark letters stand on it
 */
public record TerminalTraits(Depth depth, boolean ascii, boolean lightBackground) {
    /** Reads COLORTERM, TERM, NO_COLOR, COLORFGBG and the locale. */
    public static TerminalTraits of(Map<String, String> environment) {
        return new TerminalTraits(depth(environment), isAscii(environment), isLight(environment));
    }

    /** The theme to begin with. */
    public Look.Theme theme() {
        return depth == Depth.NONE ? Look.Theme.MONO : lightBackground ? Look.Theme.LIGHT : Look.Theme.DARK;
    }

    /** Source of NO_COLOR: no-color.org, any text but none. */
    private static Depth depth(Map<String, String> environment) {
        String term = lower(environment, "TERM");
        if (!lower(environment, "NO_COLOR").isEmpty() || term.isEmpty() || term.equals("dumb")) {
            return Depth.NONE;
        }
        String colour = lower(environment, "COLORTERM");
        if (colour.equals("truecolor") || colour.equals("24bit") || term.endsWith("-direct")) {
            return Depth.TRUE;
        }
        return term.contains("256color") ? Depth.INDEXED : Depth.SIXTEEN;
    }

    /** The first of LC_ALL, LC_CTYPE and LANG that is set rules, as POSIX has it; none is the C locale. */
    private static boolean isAscii(Map<String, String> environment) {
        String term = lower(environment, "TERM");
        if (term.equals("linux") || term.equals("dumb")) {
            return true;
        }
        for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = lower(environment, variable);
            if (!value.isEmpty()) {
                return !value.contains("utf-8") && !value.contains("utf8");
            }
        }
        return true;
    }

    /** rxvt's {@code foreground;background}, sometimes with a third between: 7 and 9 to 15 are light. */
    private static boolean isLight(Map<String, String> environment) {
        String text = lower(environment, "COLORFGBG");
        String background = text.substring(text.lastIndexOf(';') + 1);
        return background.matches("7|9|1[0-5]");
    }

    private static String lower(Map<String, String> environment, String variable) {
        return environment.getOrDefault(variable, "").toLowerCase(Locale.ROOT);
    }
}
