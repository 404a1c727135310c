// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import dev.llmtop.spi.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers some paths, and breaks off within one of them. */
final class HalfServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Map<String, String> whole;
    private final String cutPath;
    private final String beginning;

    HalfServer(Map<String, String> whole, String cutPath, String beginning) throws IOException {
        this.whole = Map.copyOf(whole);
        this.cutPath = cutPath;
        this.beginning = beginning;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "half-server");
        thread.setDaemon(true);
        thread.start();
    }

    Endpoint endpoint() {
        return Endpoint.tcp("127.0.0.1", listener.getLocalPort());
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                String path = in.readLine().split(" ")[1];
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    // The head is of no interest, and must be read before the socket is closed.
                }
                boolean cut = path.equals(cutPath);
                String body = cut ? beginning : whole.getOrDefault(path, "");
                int length = body.getBytes(StandardCharsets.UTF_8).length + (cut ? 1_000 : 0);
                String head = "HTTP/1.1 200 OK\r\nServer: llama.cpp\r\nConnection: close\r\nContent-Length: " + length;
                socket.getOutputStream().write((head + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
            } catch (IOException closed) {
                // The test is over, or the client left: the next connection tells.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
