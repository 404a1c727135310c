// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import java.util.LinkedHashMap;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The two signals that concern a screen, until closed. Where the platform has none of them, nothing happens. */
public final class Signals implements AutoCloseable {
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

    /**
     * @param onResize called when the terminal's size changed
     * @param onContinue called when the process was stopped and goes on
     */
    public Signals(Runnable onResize, Runnable onContinue) {
        handle("WINCH", onResize);
        handle("CONT", onContinue);
    }

    private void handle(String name, Runnable action) {
        try {
            Signal signal = new Signal(name);
            before.put(signal, Signal.handle(signal, caught -> action.run()));
        } catch (IllegalArgumentException e) {
            // This platform has no such signal, or the JVM keeps it: the size is then seen at the next tick.
        }
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
        before.clear();
    }
}
