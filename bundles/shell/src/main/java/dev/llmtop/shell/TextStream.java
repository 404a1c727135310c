// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Bytes of UTF-8 as text, handed on at each end of a line and each flush; a character is never cut in two. */
final class TextStream extends OutputStream {
    private static final int LONGEST = 8_192;

    private final Consumer<String> sink;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    TextStream(Consumer<String> sink) {
        this.sink = sink;
    }

    @Override
    public synchronized void write(int value) {
        pending.write(value);
        // Only behind an ASCII character: between the bytes of another one it would be torn.
        if (value == '\n' || pending.size() >= LONGEST && (value & 0x80) == 0) {
            flush();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int index = offset; index < offset + length; index++) {
            write(bytes[index]);
        }
    }

    @Override
    public synchronized void flush() {
        if (pending.size() > 0) {
            String text = pending.toString(StandardCharsets.UTF_8);
            pending.reset();
            sink.accept(text);
        }
    }
}
