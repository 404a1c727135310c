// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import java.io.IOException;
import java.io.InputStream;

/** Cuts a stream of bytes into lines inside one buffer. Lines that are too long are read over. Not safe for several threads. */
final class LineReader {
    private final InputStream body;
    private final int longest;
    private final byte[] buffer;
    private int position;
    private int limit;
    private int lastRead;
    private int from;
    private int to;
    private boolean skipping;
    private long bytes;
    private long lines;
    private long overlong;
    private boolean whole = true;

    LineReader(InputStream body, int longest) {
        this.body = body;
        this.longest = longest;
        // Room for the longest line and as much again to read into.
        buffer = new byte[2 * longest];
    }

    /** Goes to the next line; {@code false} at the end. A last line without an end is no line. */
    boolean next() throws IOException {
        int scan = position;
        while (true) {
            while (scan < limit) {
                if (buffer[scan++] == '\n' && take(scan)) {
                    return true;
                }
            }
            if (limit - position > longest) {
                skipping = true;
                position = limit;
            }
            if (!fill()) {
                whole = position == limit && !skipping;
                overlong += skipping ? 1 : 0;
                return false;
            }
            scan = limit - lastRead;
        }
    }

    /** Takes the line that ends before {@code end}, unless it is too long. */
    private boolean take(int end) {
        from = position;
        to = end - 1;
        position = end;
        lines++;
        if (skipping || to - from > longest) {
            skipping = false;
            overlong++;
            return false;
        }
        if (to > from && buffer[to - 1] == '\r') {
            to--;
        }
        return true;
    }

    private boolean fill() throws IOException {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        int read = body.read(buffer, limit, buffer.length - limit);
        if (read == 0) {
            // Not allowed to a stream, and an endless loop if it does it for ever.
            int one = body.read();
            if (one >= 0) {
                buffer[limit] = (byte) one;
            }
            read = one < 0 ? -1 : 1;
        }
        if (read < 0) {
            return false;
        }
        lastRead = read;
        limit += read;
        bytes += read;
        return true;
    }

    /** The buffer that holds the line. */
    byte[] buffer() {
        return buffer;
    }

    /** Where the line begins. */
    int from() {
        return from;
    }

    /** Behind its last byte, line end left out. */
    int to() {
        return to;
    }

    /** Bytes read so far. */
    long bytes() {
        return bytes;
    }

    /** Lines so far. */
    long lines() {
        return lines;
    }

    /** Lines read over. */
    long overlong() {
        return overlong;
    }

    /** After the end: whether the last line had one. */
    boolean whole() {
        return whole;
    }
}
