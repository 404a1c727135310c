// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.ProcessTable.Listener;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the listening sockets of {@code net/tcp} and {@code net/tcp6} (format: proc_net_tcp in the kernel's documentation). Not
 * safe for several threads.
 */
final class SocketTable {
    private static final int MOST_LISTENERS = 20_000;

    /** A router's table of connections may have megabytes: after this many bytes without a listener no more are expected. */
    private static final int MOST_BYTES_BETWEEN = 524_288;

    /** A short read ends before the kernel walks through its table of connections, which costs milliseconds even when empty. */
    private static final int SHORT_READ = 512;

    /** One in so many quick readings is a whole one. */
    private static final int ROUNDS = 32;

    private static final int LISTEN = 0x0A;

    private final byte[] buffer = new byte[8192];
    private final Map<String, Order> orders = new HashMap<>();
    private long readings;

    /** What whole readings of a table showed: Linux writes listeners first, other kernels with such a file need not. */
    private enum Order {
        LISTENERS_FIRST,
        MIXED
    }

    /** All listeners of both tables in a folder such as {@code /proc/net}; what cannot be read has none. */
    List<Listener> listeners(String folder, long namespace) {
        List<Listener> found = new ArrayList<>();
        readInto(found, folder + "/tcp", namespace, false);
        readInto(found, folder + "/tcp6", namespace, false);
        return found;
    }

    /** The same for our own namespace at every tick: stops at the first connection where earlier readings allow it. */
    List<Listener> listenersQuickly(String folder) {
        boolean whole = readings++ % ROUNDS == 0;
        List<Listener> found = new ArrayList<>();
        for (String path : List.of(folder + "/tcp", folder + "/tcp6")) {
            boolean stop = !whole && orders.get(path) == Order.LISTENERS_FIRST;
            boolean mixed = readInto(found, path, 0, stop);
            if (mixed) {
                orders.put(path, Order.MIXED);
            } else {
                orders.putIfAbsent(path, Order.LISTENERS_FIRST);
            }
        }
        return found;
    }

    /** Reads one table, to the first connection or as a whole; true where a listener stood behind a connection. */
    private boolean readInto(List<Listener> found, String path, long namespace, boolean stopAtConnection) {
        Sight sight = new Sight(found, namespace);
        try (RandomAccessFile file = new RandomAccessFile(path, "r")) {
            int held = 0;
            int sinceListener = 0;
            while (sinceListener < MOST_BYTES_BETWEEN && found.size() < MOST_LISTENERS) {
                int room = buffer.length - held;
                int count = file.read(buffer, held, stopAtConnection ? Math.min(SHORT_READ, room) : room);
                int length = held + Math.max(0, count);
                int whole = count <= 0 ? length : lastLineEnd(length);
                int before = found.size();
                sight.take(Bytes.of(buffer, whole));
                if (count <= 0 || stopAtConnection && sight.connection) {
                    break;
                }
                sinceListener = found.size() > before ? 0 : sinceListener + count;
                // A line longer than the buffer is none of ours: drop it.
                held = whole == 0 && length == buffer.length ? 0 : length - whole;
                System.arraycopy(buffer, whole, buffer, 0, held);
            }
        } catch (IOException goneOrRefused) {
            // What was read stands; a missing table (no IPv6, or not our /proc) has no listeners.
        }
        return sight.mixed;
    }

    /** What was seen of one table so far. */
    private static final class Sight {
        private final List<Listener> found;
        private final long namespace;
        private boolean connection;
        private boolean mixed;

        Sight(List<Listener> found, long namespace) {
            this.found = found;
            this.namespace = namespace;
        }

        void take(Bytes lines) {
            for (Bytes line = lines.line(); line != null; line = lines.line()) {
                Listener listener = listener(line, namespace);
                if (listener != null) {
                    found.add(listener);
                    mixed |= connection;
                } else {
                    connection |= isConnection(line.restart());
                }
            }
        }
    }

    /** Any state but listening; the table's head and broken lines have none. */
    private static boolean isConnection(Bytes line) {
        long state = line.skipFields(3).skipBlanks().hex(2);
        return state > 0 && state != LISTEN && line.skip(" ");
    }

    private int lastLineEnd(int length) {
        int at = length;
        while (at > 0 && buffer[at - 1] != '\n') {
            at--;
        }
        return at;
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
