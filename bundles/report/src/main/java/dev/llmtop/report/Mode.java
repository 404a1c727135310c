// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is printed. */
enum Mode {
    /** One snapshot as lines for a person. */
    ONCE,
    /** One snapshot as indented JSON. */
    JSON,
    /** Every snapshot as JSON on a line of its own. */
    WATCH;

    /** The mode of this name, in lower case. */
    static Optional<Mode> of(String word) {
        return Arrays.stream(values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }
}
