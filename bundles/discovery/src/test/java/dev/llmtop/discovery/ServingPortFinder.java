// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a free port that the system does not give out by itself, and that is no usual one. */
final class ServingPortFinder {
    private ServingPortFinder() {}

    static int below(int limit) {
        for (int port = limit - 1; port > limit - 2_000; port--) {
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (!ServingPorts.usual(free.getLocalPort())) {
                    return port;
                }
            } catch (IOException taken) {
                // The next one.
            }
        }
        throw new UncheckedIOException(new IOException("no free port below " + limit));
    }
}
