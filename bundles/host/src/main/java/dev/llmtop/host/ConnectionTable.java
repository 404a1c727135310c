// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the established connections of {@code net/tcp} and {@code net/tcp6} to some ports (format: proc_net_tcp in the kernel's
 * documentation). Not safe for several threads.
 */
final class ConnectionTable {
    /** A busy router has some 10,000 connections of 150 bytes each. */
    private static final int MOST_BYTES = 4 << 20;

    private static final int MOST_CONNECTIONS = 20_000;
    private static final int ESTABLISHED = 0x01;

    private final byte[] buffer = new byte[8192];

    /** The far end of a connection. */
    record Peer(String host, int port) {}

    private record Line(long inode, Peer peer) {}

    /** By the inode of the socket; what cannot be read has none. */
    Map<Long, Peer> to(Set<Integer> ports, String folder) {
        Map<Long, Peer> found = new HashMap<>();
        readInto(found, folder + "/tcp", ports);
        readInto(found, folder + "/tcp6", ports);
        return found;
    }

    private void readInto(Map<Long, Peer> found, String path, Set<Integer> ports) {
        try (RandomAccessFile file = new RandomAccessFile(path, "r")) {
            int held = 0;
            int all = 0;
            int count = 1;
            while (count > 0 && all < MOST_BYTES && found.size() < MOST_CONNECTIONS) {
                count = file.read(buffer, held, buffer.length - held);
                int length = held + Math.max(0, count);
                int whole = count <= 0 ? length : lastLineEnd(length);
                take(Bytes.of(buffer, whole), ports, found);
                all += Math.max(0, count);
                // A line longer than the buffer is none of ours: drop it.
                held = whole == 0 && length == buffer.length ? 0 : length - whole;
                System.arraycopy(buffer, whole, buffer, 0, held);
            }
        } catch (IOException goneOrRefused) {
            // What was read stands.
        }
    }

    private static void take(Bytes lines, Set<Integer> ports, Map<Long, Peer> found) {
        for (Bytes line = lines.line(); line != null; line = lines.line()) {
            Line connection = connection(line, ports);
            if (connection != null) {
                found.put(connection.inode(), connection.peer());
            }
        }
    }

    /** One line; null where it is no established connection to one of the ports. */
    private static @Nullable Line connection(Bytes line, Set<Integer> ports) {
        line.skipFields(2).skipBlanks();
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
        int port = (int) line.hex(4);
        if (!ports.contains(port) || line.skipBlanks().hex(2) != ESTABLISHED) {
            return null;
        }
        long inode = line.skipFields(5).number(0);
        return inode > 0 ? new Line(inode, new Peer(Addresses.ofWords(address, words), port)) : null;
    }

    private int lastLineEnd(int length) {
        int at = length;
        while (at > 0 && buffer[at - 1] != '\n') {
            at--;
        }
        return at;
    }
}
