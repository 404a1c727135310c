// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** What docker-proxy does, with its options: leads connections of one port to a port of a container, and prints a line for each. */
final class PortForwarder {
    private PortForwarder() {}

    /** Runs until it is killed. */
    public static void main(String... arguments) throws IOException {
        List<String> words = List.of(arguments);
        InetAddress outside = InetAddress.getByName(after(words, "-host-ip"));
        String container = after(words, "-container-ip");
        int inside = Integer.parseInt(after(words, "-container-port"));
        try (ServerSocket listener = new ServerSocket(Integer.parseInt(after(words, "-host-port")), 50, outside)) {
            while (true) {
                Socket client = listener.accept();
                System.out.println("connection");
                Socket server = new Socket(container, inside);
                copy(client, server);
                copy(server, client);
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        new Thread(() -> {
                    try (from;
                            to) {
                        InputStream in = from.getInputStream();
                        OutputStream out = to.getOutputStream();
                        in.transferTo(out);
                    } catch (IOException gone) {
                        // Either side may leave.
                    }
                })
                .start();
    }

    private static String after(List<String> words, String name) {
        return words.get(words.indexOf(name) + 1);
    }
}
