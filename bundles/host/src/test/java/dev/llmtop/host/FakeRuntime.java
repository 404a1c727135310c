// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A container runtime's service on a real Unix socket, which says what it is told to. */
final class FakeRuntime implements AutoCloseable {
    /** Answers one request on a connection. */
    interface Behaviour {
        void answer(SocketChannel client) throws IOException;
    }

    private final ServerSocketChannel listener;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> clients = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour;

    private FakeRuntime(ServerSocketChannel listener, Behaviour behaviour) {
        this.listener = listener;
        this.behaviour = behaviour;
        start(this::accept);
    }

    static FakeRuntime at(Path socket, Behaviour behaviour) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(socket));
            return new FakeRuntime(listener, behaviour);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static Behaviour saying(int status, String body) {
        return client -> write(
                client,
                "HTTP/1.1 " + status
                        + " Said\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    static void write(SocketChannel client, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    void now(Behaviour other) {
        behaviour = other;
    }

    /** The heads of all requests. */
    List<String> requests() {
        return requests;
    }

    int connections() {
        return clients.size();
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel client = listener.accept();
                clients.add(client);
                start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        StringBuilder head = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4_096);
        try (client) {
            while (client.read(buffer.clear()) >= 0) {
                head.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
                if (head.indexOf("\r\n\r\n") >= 0) {
                    requests.add(head.toString());
                    head.setLength(0);
                    behaviour.answer(client);
                }
            }
        } catch (IOException closed) {
            // Whoever asked has gone.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "fake-runtime");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (SocketChannel client : clients) {
                client.close();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
