// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.ProcessTable.Listener;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the listening sockets of {@code net/tcp} and {@code net/tcp6} (format: proc_net_tcp in the kernel's documentation). Not
 * safe for several threads.
 */
final class SocketTable {
    private static final int MOST_LISTENERS = 20_000;

    /**
     * The kernel writes listeners first, but nothing promises it. A router's table of connections may have megabytes: after this
     * many bytes without a listener no more are expected.
     */
    private static final int MOST_BYTES_BETWEEN = 524_288;

    private static final int LISTEN = 0x0A;

    private final byte[] buffer = new byte[8192];

    /** The listeners of both tables in a folder such as {@code /proc/net}; what cannot be read has none. */
    List<Listener> listeners(String folder, long namespace) {
        List<Listener> found = new ArrayList<>();
        readInto(found, folder + "/tcp", namespace);
        readInto(found, folder + "/tcp6", namespace);
        return found;
    }

    private void readInto(List<Listener> found, String path, long namespace) {
        try (RandomAccessFile file = new RandomAccessFile(path, "r")) {
            int held = 0;
            int sinceListener = 0;
            while (sinceListener < MOST_BYTES_BETWEEN && found.size() < MOST_LISTENERS) {
                int count = file.read(buffer, held, buffer.length - held);
                int length = held + Math.max(0, count);
                int whole = count <= 0 ? length : lastLineEnd(length);
                int before = found.size();
                lines(found, whole, namespace);
                if (count <= 0) {
                    return;
                }
                sinceListener = found.size() > before ? 0 : sinceListener + count;
                // A line longer than the buffer is none of ours: drop it.
                held = whole == 0 && length == buffer.length ? 0 : length - whole;
                System.arraycopy(buffer, whole, buffer, 0, held);
            }
        } catch (IOException goneOrRefused) {
            // What was read stands; a missing table (no IPv6, or not our /proc) has no listeners.
        }
    }

    private int lastLineEnd(int length) {
        int at = length;
        while (at > 0 && buffer[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private void lines(List<Listener> found, int length, long namespace) {
        Bytes lines = Bytes.of(buffer, length);
        for (Bytes line = lines.line(); line != null; line = lines.line()) {
            Listener listener = listener(line, namespace);
            if (listener != null) {
                found.add(listener);
            }
        }
    }

    /** One line; null where it is no listening socket. */
    static @Nullable Listener listener(Bytes line, long namespace) {
        line.skipFields(1).skipBlanks();
        int words = 0;
        int[] address = new int[4];
        while (words < 4 && !line.skip(":")) {
            long word = line.hex(8);
            if (word < 0) {
                return null;
            }
            address[words++] = (int) word;
        }
        if (words == 4 && !line.skip(":") || words != 4 && words != 1) {
            return null;
        }
        long port = line.hex(4);
        line.skipFields(1).skipBlanks();
        if (line.hex(2) != LISTEN || port < 1) {
            return null;
        }
        long uid = line.skipFields(3).number(-1);
        long inode = line.skipFields(1).number(-1);
        if (uid < 0 || inode < 0) {
            return null;
        }
        return new Listener(Addresses.ofWords(address, words), (int) port, inode, (int) uid, namespace);
    }
}
