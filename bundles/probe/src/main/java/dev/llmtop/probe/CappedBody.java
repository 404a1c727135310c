// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.io.IOException;
import java.io.InputStream;

/** A decoded body that ends for its reader wherever it has to: at its end, at its cap, at its deadline, or where it breaks off. */
final class CappedBody extends InputStream {
    private final InputStream body;
    private long left;
    private boolean ended;
    private boolean cut;

    CappedBody(InputStream body, long mostBytes) {
        this.body = body;
        left = mostBytes;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (ended || cut) {
            return -1;
        }
        try {
            if (left == 0) {
                ended = body.read() < 0;
                cut = !ended;
                return -1;
            }
            int count = body.read(into, offset, (int) Math.min(length, left));
            ended = count < 0;
            left -= Math.max(0, count);
            return count;
        } catch (IOException broken) {
            cut = true;
            return -1;
        }
    }

    /** Whether it was not read to its own end because that could not be had. */
    boolean cut() {
        return cut;
    }

    /** Ends it here for its reader. */
    void cutHere() {
        cut = true;
    }
}
