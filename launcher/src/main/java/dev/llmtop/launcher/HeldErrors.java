// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard error while the screen is open on the same terminal: a line there would lie across it and be lost with it. It is held, and
 * printed once the terminal is given back.
 */
final class HeldErrors {
    /** The first lines say why; a flood says no more. */
    private static final int MOST_BYTES = 65_536;

    private final PrintStream before;
    private final Held held = new Held();

    private static final class Held extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int one) {
            if (count < MOST_BYTES) {
                super.write(one);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, Math.min(length, Math.max(0, MOST_BYTES - count)));
        }
    }

    private HeldErrors(PrintStream before) {
        this.before = before;
    }

    /** Holds what is written from now on. */
    static HeldErrors hold() {
        HeldErrors errors = new HeldErrors(System.err);
        System.setErr(new PrintStream(errors.held, true, StandardCharsets.UTF_8));
        return errors;
    }

    /** Prints what was held; later lines go out at once. */
    void release() {
        System.setErr(before);
        before.print(held.toString(StandardCharsets.UTF_8));
        before.flush();
        held.reset();
    }
}
