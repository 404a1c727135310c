// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import java.util.Locale;

/** Whether a line has the text that is looked for, in whatever case. */
final class Finding {
    private Finding() {}

    static boolean matches(String line, String find) {
        return !find.isBlank() && line.toLowerCase(Locale.ROOT).contains(find.toLowerCase(Locale.ROOT));
    }
}
