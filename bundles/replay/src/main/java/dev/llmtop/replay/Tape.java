// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Documents on disk, in their order, with their times. Grows at its end; safe for several threads. */
final class Tape implements Closeable {
    private static final int FIRST_ROOM = 256;

    private final FileChannel channel;

    private long[] offsets = new long[FIRST_ROOM];
    private int[] lengths = new int[FIRST_ROOM];
    private int[] lines = new int[FIRST_ROOM];
    private long[] millis = new long[FIRST_ROOM];
    private int size;
    private Instant start = Instant.EPOCH;

    /** @param channel that holds the documents; closed with the tape */
    Tape(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Adds the document behind the last one. Its place never lies before that of the last one, even where a clock was set back.
     *
     * @param line of the recording where it begins
     */
    synchronized void add(long offset, int length, int line, Instant time) {
        if (size == offsets.length) {
            int room = size * 2;
            offsets = Arrays.copyOf(offsets, room);
            lengths = Arrays.copyOf(lengths, room);
            lines = Arrays.copyOf(lines, room);
            millis = Arrays.copyOf(millis, room);
        }
        if (size == 0) {
            start = time;
        }
        offsets[size] = offset;
        lengths[size] = length;
        lines[size] = line;
        millis[size] = Math.max(
                size == 0 ? 0 : millis[size - 1], Duration.between(start, time).toMillis());
        size++;
    }

    /** Forgets the last document. */
    synchronized void dropLast() {
        size--;
    }

    synchronized int size() {
        return size;
    }

    /** When the first document was recorded. */
    synchronized Instant start() {
        return start;
    }

    /** The place of a document, from the first one. */
    synchronized Duration at(int index) {
        return Duration.ofMillis(millis[index]);
    }

    /** From the first document to the last; zero where there is none. */
    synchronized Duration length() {
        return size == 0 ? Duration.ZERO : Duration.ofMillis(millis[size - 1]);
    }

    /** The last document that is not behind a place; the first one where all are, and -1 where there is none. */
    synchronized int indexAt(Duration place) {
        if (size == 0) {
            return -1;
        }
        int found = Arrays.binarySearch(millis, 0, size, place.toMillis());
        if (found < 0) {
            return Math.max(0, -found - 2);
        }
        // Of several at one moment the last.
        while (found + 1 < size && millis[found + 1] == millis[found]) {
            found++;
        }
        return found;
    }

    synchronized int line(int index) {
        return lines[index];
    }

    byte[] read(int index) throws IOException {
        long offset;
        byte[] bytes;
        synchronized (this) {
            offset = offsets[index];
            bytes = new byte[lengths[index]];
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new EOFException("the recording was cut while it was played");
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
