// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes to and from a server. Closing it from another thread ends every operation on it. */
interface Wire extends Closeable {
    /** Waits for at least one byte; -1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** Writes all of it. */
    void write(ByteBuffer from) throws IOException;

    /** Whether it is open and nothing has come that nobody asked for. Does not wait. */
    boolean quiet();
}
