// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.io.IOException;
import java.util.List;

/** Where a body ends within the bytes of a connection. */
interface Frame {
    /** How many bytes of the body may be read next, having read what stands before them; 0 at the end. */
    long next() throws IOException;

    /** So many of them were read. */
    void consumed(int count);

    /** Whether the end of the connection is the end of the body, and not a break. */
    boolean endsWithConnection();

    /** The frame that a head announces; chunks win over a length. */
    static Frame of(ResponseHead head, WireInput input) {
        if (head.status() == 204 || head.status() == 304) {
            return new LengthFrame(0);
        }
        if (head.elements("transfer-encoding").contains("chunked")) {
            return new ChunkFrame(input);
        }
        long length = LengthFrame.announced(head);
        return length >= 0 && head.elements("transfer-encoding").isEmpty() ? new LengthFrame(length) : new RestFrame();
    }

    /** Whether a head says one thing only about where its body ends; if not, the connection is not used again. */
    static boolean unambiguous(ResponseHead head) {
        if (!head.headers().containsKey("transfer-encoding")) {
            return true;
        }
        return !head.headers().containsKey("content-length")
                && head.elements("transfer-encoding").equals(List.of("chunked"));
    }
}
