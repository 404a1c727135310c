// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.net.InetAddress;
import java.net.Socket;

/** A process that connects to a port of the loopback address, says so, and ends when its input does. */
public final class ConnectingChild {
    private ConnectingChild() {}

    public static void main(String[] arguments) throws Exception {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), Integer.parseInt(arguments[0]))) {
            System.out.println(socket.getLocalPort());
            System.out.flush();
            while (System.in.read() >= 0) {
                // Waits for the end.
            }
        }
    }
}
