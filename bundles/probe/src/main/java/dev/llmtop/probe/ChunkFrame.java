// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.io.EOFException;
import java.io.IOException;

/** A chunked body. Extensions and trailers are passed over; a size that is none breaks the body off. */
final class ChunkFrame implements Frame {
    private static final int MOST_SIZE_LINE = 4_096;
    private static final int MOST_TRAILER = 65_536;
    private static final int MOST_DIGITS = 15;

    private final WireInput input;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkFrame(WireInput input) {
        this.input = input;
    }

    @Override
    public long next() throws IOException {
        if (left > 0 || ended) {
            return left;
        }
        if (!first) {
            endOfChunk();
        }
        first = false;
        left = size();
        if (left == 0) {
            ended = true;
            trailer();
        }
        return left;
    }

    private void endOfChunk() throws IOException {
        int next = read();
        if (next == '\r') {
            next = read();
        }
        if (next != '\n') {
            throw new IOException("a chunk is longer than its size");
        }
    }

    private long size() throws IOException {
        long size = 0;
        int digits = 0;
        int read = 0;
        int next = read();
        while (Character.digit(next, 16) >= 0 && next < 128) {
            if (++digits > MOST_DIGITS) {
                throw new IOException("a chunk's size is beyond all reason");
            }
            size = size * 16 + Character.digit(next, 16);
            next = read();
        }
        if (digits == 0 || "\r\n; \t".indexOf(next) < 0) {
            throw new IOException("a chunk has no size");
        }
        while (next != '\n') {
            if (++read > MOST_SIZE_LINE) {
                throw new IOException("a chunk's extension has no end");
            }
            next = read();
        }
        return size;
    }

    /** All of the body is here already: a broken trailer takes nothing from it, but the connection is lost for another use. */
    private void trailer() throws IOException {
        int inLine = 0;
        for (int count = 0; count < MOST_TRAILER; count++) {
            int next = read();
            if (next == '\n') {
                if (inLine == 0) {
                    return;
                }
                inLine = 0;
            } else if (next != '\r') {
                inLine++;
            }
        }
        throw new IOException("the trailer has no end");
    }

    private int read() throws IOException {
        int next = input.read();
        if (next < 0) {
            throw new EOFException("the connection ended between chunks");
        }
        return next;
    }

    @Override
    public void consumed(int count) {
        left -= count;
    }

    @Override
    public boolean endsWithConnection() {
        return false;
    }
}
