// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import dev.llmtop.tui.cell.Size;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** A terminal over streams, for tests that have none. */
public final class FakeLine implements Line {
    private FakeLine() {}

    public static ScreenTerminal terminal(InputStream in, OutputStream out, ScreenTerminal.Start start) {
        return new ScreenTerminal(new AttentiveInput(in), new ScreenOutput(out), start, FakeLine::new);
    }

    @Override
    public void makeRaw() {
        // There is nothing that echoes.
    }

    @Override
    public void restore() {
        // There is nothing to go back to.
    }

    @Override
    public Optional<Size> size() {
        return Optional.empty();
    }

    @Override
    public void stopGroup() {
        // Nobody would continue us.
    }
}
