// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;

/**
 * Reads small files below {@code /proc} into one buffer that is used again and again. {@link RandomAccessFile} is the cheapest
 * way that Java has: a file channel or a stream costs up to ten times the allocation. Not safe for several threads.
 */
final class ProcFile {
    /** What could not be read: gone, refused, or no file. */
    static final int UNREADABLE = -1;

    /** Up to this many bytes a read needs no memory of its own inside the JDK. */
    private static final int CHUNK = 8192;

    private byte[] bytes = new byte[CHUNK];

    /** The buffer that the last read filled; replaced when it grows. */
    byte[] bytes() {
        return bytes;
    }

    /** Reads what one call yields, which is all of a file that the kernel writes as one record; the count or UNREADABLE. */
    int readRecord(String path) {
        try (RandomAccessFile file = new RandomAccessFile(path, "r")) {
            return Math.max(0, file.read(bytes, 0, CHUNK));
        } catch (IOException goneOrRefused) {
            return UNREADABLE;
        }
    }

    /** Reads a file up to {@code most} bytes; the count or UNREADABLE. */
    int read(String path, int most) {
        try (RandomAccessFile file = new RandomAccessFile(path, "r")) {
            int length = 0;
            while (length < most) {
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, bytes.length * 2);
                }
                int count = file.read(bytes, length, Math.min(CHUNK, Math.min(most, bytes.length) - length));
                if (count <= 0) {
                    break;
                }
                length += count;
            }
            return length;
        } catch (IOException goneOrRefused) {
            return UNREADABLE;
        }
    }
}
