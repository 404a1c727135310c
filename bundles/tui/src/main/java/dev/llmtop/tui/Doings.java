// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import dev.llmtop.tui.state.Effect;
import java.io.IOException;

/** Does what a key asks for beyond the view. */
@FunctionalInterface
interface Doings {
    void run(Effect effect) throws IOException;
}
