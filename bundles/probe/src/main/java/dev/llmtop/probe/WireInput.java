// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Buffered bytes of one connection, over all of its answers. */
final class WireInput extends InputStream {
    private final Wire wire;
    private final ByteBuffer buffer = ByteBuffer.allocate(8_192).limit(0);

    WireInput(Wire wire) {
        this.wire = wire;
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(into, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        buffer.clear();
        int count = 0;
        try {
            while (count == 0) {
                count = wire.read(buffer);
            }
        } finally {
            buffer.flip();
        }
        return count > 0;
    }

    /** Bytes that are here already. */
    @Override
    public int available() {
        return buffer.remaining();
    }
}
