// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.ProcessTable.NetworkNamespace;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks into other network namespaces through files of a process in them, which any user may read. The number of a namespace is
 * the inode of its {@code net/tcp}: not documented, but the same for all of its processes and no other's. Not safe for several
 * threads.
 */
final class LinuxNetworks {
    private static final int MOST_BYTES = 1 << 20;

    private final Path proc;
    private final ProcFile file = new ProcFile();
    private final SocketTable sockets = new SocketTable();

    LinuxNetworks(Path proc) {
        this.proc = proc;
    }

    /** The namespace of a process; empty where it is our own or cannot be told. */
    Optional<NetworkNamespace> namespaceOf(ProcessEntry process) {
        Path net = proc.resolve(Long.toString(process.pid())).resolve("net");
        long number = number(net);
        long own = number(proc.resolve("self").resolve("net"));
        if (number == 0 || own == 0 || number == own) {
            return Optional.empty();
        }
        return Optional.of(new NetworkNamespace(number, addresses(net), sockets.listeners(net.toString(), number)));
    }

    /** The addresses of our own. */
    List<String> ownAddresses() {
        return addresses(proc.resolve("self").resolve("net"));
    }

    private List<String> addresses(Path net) {
        List<String> addresses = new ArrayList<>(LocalAddresses.ipv4(lines(net.resolve("fib_trie"))));
        addresses.addAll(LocalAddresses.ipv6(lines(net.resolve("if_inet6"))));
        return addresses;
    }

    private static long number(Path net) {
        try {
            return Files.getAttribute(net.resolve("tcp"), "unix:ino") instanceof Long inode ? inode : 0;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException gone) {
            return 0;
        }
    }

    private Bytes lines(Path path) {
        int length = Math.max(0, file.read(path.toString(), MOST_BYTES));
        return Bytes.of(file.bytes(), length);
    }
}
