// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A made-up {@code /proc} in a temporary folder. */
final class ProcTree {
    private final Path root;

    ProcTree(Path root) {
        this.root = root;
        write("net/tcp", "");
        write("uptime", "1000.50 900.00\n");
        write("stat", "cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 1 2 3\ncpu1 1 2 3\nintr 5 6\nbtime 1700000000\n");
    }

    Path root() {
        return root;
    }

    ProcTree write(String path, String text) {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    ProcTree write(String path, byte[] bytes) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A folder where a file is expected cannot be opened, whoever runs the test: root too. */
    ProcTree refuse(String path) {
        try {
            Files.deleteIfExists(root.resolve(path));
            Files.createDirectories(root.resolve(path));
            return this;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    ProcTree process(long pid, long parent, long startTicks, String comm, String... argv) {
        write(pid + "/stat", stat(pid, comm, parent, startTicks));
        return write(pid + "/cmdline", argv.length == 0 ? "" : String.join("\0", argv) + "\0");
    }

    static String stat(long pid, String comm, long parent, long startTicks) {
        return pid + " (" + comm + ") S " + parent + " 1 1 0 -1 4194560 9 9 0 0 150 50 7 7 20 0 1 0 " + startTicks
                + " 9000 25 18446744073709551615 1 1 0 0 0 0 0 4096 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n";
    }

    ProcTree socket(long pid, int descriptor, long inode) {
        return link(pid, descriptor, "socket:[" + inode + "]");
    }

    ProcTree link(long pid, int descriptor, String target) {
        try {
            Path link = root.resolve(pid + "/fd/" + descriptor);
            Files.createDirectories(link.getParent());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, Path.of(target));
            return this;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    ProcTree close(long pid, int descriptor) {
        delete(root.resolve(pid + "/fd/" + descriptor));
        return this;
    }

    ProcTree end(long pid) {
        delete(root.resolve(Long.toString(pid)));
        return this;
    }

    private static void delete(Path path) {
        try {
            if (Files.isDirectory(path) && !Files.isSymbolicLink(path)) {
                try (var inside = Files.list(path)) {
                    inside.forEach(ProcTree::delete);
                }
            }
            Files.delete(path);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
