// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of one body as they were sent, still encoded. */
final class FramedBody extends InputStream {
    private final WireInput input;
    private final Frame frame;
    private boolean ended;

    FramedBody(WireInput input, Frame frame) {
        this.input = input;
        this.frame = frame;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        long next = ended ? 0 : frame.next();
        int count = next == 0 ? -1 : input.read(into, offset, (int) Math.min(length, next));
        if (count >= 0) {
            frame.consumed(count);
            return count;
        }
        if (next != 0 && !frame.endsWithConnection()) {
            throw new EOFException("the connection ended inside the body");
        }
        ended = true;
        return -1;
    }

    /** Whether its end was reached, and what follows on the connection is another answer. */
    boolean ended() {
        return ended && !frame.endsWithConnection();
    }

    /** Enough for a decoder that asks whether more may follow; never waits. */
    @Override
    public int available() {
        return ended ? 0 : input.available();
    }
}
