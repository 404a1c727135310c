// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.net.InetAddress;
import java.net.ServerSocket;

/** A process that listens on the loopback address, says on which port, and ends when its input does. */
public final class ListeningChild {
    private ListeningChild() {}

    public static void main(String[] arguments) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            System.out.println(socket.getLocalPort());
            System.out.flush();
            while (System.in.read() >= 0) {
                // Waits for the end.
            }
        }
    }
}
