// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import dev.llmtop.spi.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers every request with the beginning of a page that it promised whole, and hangs up. */
final class HalfServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Thread thread;

    HalfServer(String beginning, int promised) throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread = new Thread(() -> serve(beginning, promised), "half-server");
        thread.setDaemon(true);
        thread.start();
    }

    Endpoint endpoint() {
        return Endpoint.tcp("127.0.0.1", listener.getLocalPort());
    }

    private void serve(String beginning, int promised) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                byte[] request = new byte[8_192];
                if (socket.getInputStream().read(request) > 0) {
                    OutputStream out = socket.getOutputStream();
                    out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + promised + "\r\n\r\n"
                                    + beginning)
                            .getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
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
