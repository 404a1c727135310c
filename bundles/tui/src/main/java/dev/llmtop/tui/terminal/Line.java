// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import dev.llmtop.tui.cell.Size;
import java.io.IOException;
import java.util.Optional;

/** What the kernel keeps of a terminal: how keys are read, and how large it is. */
interface Line {
    /** Every key comes at once and unechoed from now on; remembers how it was the first time. */
    void makeRaw() throws IOException;

    /** As it was before. */
    void restore() throws IOException;

    /** The size of the terminal; empty where it has none or does not say. */
    Optional<Size> size();

    /** Stops the whole process group, as Ctrl-Z would; returns when somebody continues it. */
    void stopGroup() throws IOException;

    /** Makes one, when it is needed. */
    @FunctionalInterface
    interface Source {
        /** @throws IOException where there is none to be had */
        Line open() throws IOException;
    }
}
