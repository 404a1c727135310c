// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The sockets among the open files of a process; {@code /proc/PID/fd/N} is a link to {@code socket:[INODE]}. */
final class OpenFiles {
    private static final int MOST_FILES = 65_536;
    private static final String SOCKET = "socket:[";

    private final String proc;

    OpenFiles(Path proc) {
        this.proc = proc.toString();
    }

    /** Of these sockets, those that a process holds, by inode: the descriptor. None where its files may not be listed. */
    Map<Long, String> sockets(long pid, Set<Long> inodes) {
        String[] descriptors = new File(proc + "/" + pid + "/fd").list();
        Map<Long, String> found = new HashMap<>();
        if (descriptors == null) {
            return found;
        }
        for (int at = 0; at < descriptors.length && at < MOST_FILES && found.size() < inodes.size(); at++) {
            long inode = socket(pid, descriptors[at]);
            if (inode > 0 && inodes.contains(inode)) {
                found.putIfAbsent(inode, descriptors[at]);
            }
        }
        return found;
    }

    /** Whether this user may list the open files of a process. */
    boolean listable(long pid) {
        return new File(proc + "/" + pid + "/fd").list() != null;
    }

    /** The inode of the socket behind a descriptor; 0 where it is something else, or gone. */
    long socket(long pid, String descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of(proc, Long.toString(pid), "fd", descriptor))
                    .toString();
            return target.startsWith(SOCKET) && target.endsWith("]")
                    ? Long.parseLong(target.substring(SOCKET.length(), target.length() - 1))
                    : 0;
        } catch (IOException | InvalidPathException | NumberFormatException goneOrOther) {
            return 0;
        }
    }
}
