// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import java.io.IOException;
import java.io.OutputStream;

/** Collects what is written until it is flushed: then one write, so that the terminal never shows half a frame. */
final class ScreenOutput extends OutputStream {
    private final OutputStream screen;
    private byte[] held = new byte[8_192];
    private int count;
    private long written;
    private boolean holding;

    ScreenOutput(OutputStream screen) {
        this.screen = screen;
    }

    @Override
    public synchronized void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (count + length > held.length) {
            held = java.util.Arrays.copyOf(held, Math.max(2 * held.length, count + length));
        }
        System.arraycopy(bytes, offset, held, count, length);
        count += length;
    }

    /** Lets nothing out until the next frame: flushes of others do nothing. */
    synchronized void hold() {
        holding = true;
    }

    /** Lets all out. */
    void release() throws IOException {
        synchronized (this) {
            holding = false;
        }
        flush();
    }

    @Override
    public synchronized void flush() throws IOException {
        if (count > 0 && !holding) {
            int length = count;
            count = 0;
            written += length;
            screen.write(held, 0, length);
            screen.flush();
        }
    }

    /** Bytes that went out since the start. */
    synchronized long written() {
        return written;
    }
}
