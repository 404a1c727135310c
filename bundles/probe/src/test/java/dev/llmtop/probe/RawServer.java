// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.spi.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A server on a real socket that answers with any bytes it is told to, and keeps every byte that it was sent. */
final class RawServer implements Closeable {
    /** Answers one request. */
    interface Responder {
        void respond(Call call) throws IOException;
    }

    private final ServerSocketChannel listener;
    private final Endpoint endpoint;
    private final Responder responder;
    private final List<SocketChannel> clients = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final StringBuilder everything = new StringBuilder();
    private volatile boolean closed;

    private RawServer(ServerSocketChannel listener, Endpoint endpoint, Responder responder) {
        this.listener = listener;
        this.endpoint = endpoint;
        this.responder = responder;
        start(this::accept);
    }

    static RawServer tcp(Responder responder) throws IOException {
        return internet("127.0.0.1", responder);
    }

    static RawServer internet(String address, Responder responder) throws IOException {
        InetAddress host = InetAddress.getByName(address);
        ServerSocketChannel listener = ServerSocketChannel.open(
                host instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        listener.bind(new InetSocketAddress(host, 0));
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        return new RawServer(listener, Endpoint.tcp(address, port), responder);
    }

    static RawServer unix(Path path, Responder responder) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        SocketAddress address = UnixDomainSocketAddress.of(path);
        listener.bind(address);
        return new RawServer(listener, Endpoint.unix(path.toString()), responder);
    }

    /** Every request gets these bytes. */
    static RawServer saying(String answer) throws IOException {
        return tcp(call -> call.write(answer));
    }

    /** Every request gets these bytes, and then the connection ends. */
    static RawServer sayingOnce(String answer) throws IOException {
        return tcp(call -> {
            call.write(answer);
            call.close();
        });
    }

    /** A whole answer with a length. */
    static String answer(int status, String body) {
        return answer(status, "", body);
    }

    /** A whole answer with a length and further header lines. */
    static String answer(int status, String headers, String body) {
        return "HTTP/1.1 " + status + " Said\r\n" + headers + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** The heads of all requests, in order. */
    List<String> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
    }

    /** Every byte that came, from all connections. */
    String everything() {
        synchronized (everything) {
            return everything.toString();
        }
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel client = listener.accept();
                clients.add(client);
                int number = connections.incrementAndGet();
                start(() -> serve(client, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SocketChannel client, int connection) {
        try (client) {
            StringBuilder head = new StringBuilder();
            ByteBuffer buffer = ByteBuffer.allocate(4_096);
            int number = 0;
            while (client.read(buffer.clear()) >= 0) {
                String text = StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString();
                synchronized (everything) {
                    everything.append(text);
                }
                head.append(text);
                int end = head.indexOf("\r\n\r\n");
                if (closed) {
                    // Closing a channel that another thread waits on takes effect a little later: nobody is served by
                    // then.
                    return;
                }
                if (end >= 0) {
                    String request = head.substring(0, end + 4);
                    head.delete(0, end + 4);
                    requests.add(request);
                    responder.respond(new Call(client, request, connection, ++number));
                }
            }
        } catch (IOException clientWentAway) {
            // as clients do
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    /** One request and the way to answer it. */
    record Call(SocketChannel client, String request, int connection, int number) {
        String path() {
            int start = request.indexOf(' ') + 1;
            return request.substring(start, request.indexOf(' ', start));
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void write(byte[] bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                client.write(buffer);
            }
        }

        void close() throws IOException {
            client.close();
        }

        /** Says nothing until the other side goes away. */
        void hang() throws IOException {
            ByteBuffer ignored = ByteBuffer.allocate(64);
            while (client.read(ignored.clear()) >= 0) {
                // more may come
            }
        }

        /** Writes the same again and again until the other side goes away; at most {@code most} times. */
        void repeat(String text, long most) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            for (long count = 0; count < most; count++) {
                write(bytes);
            }
        }

        /** One byte every few milliseconds until the other side goes away. */
        void drip(String text) throws IOException {
            for (int at = 0; ; at = (at + 1) % text.length()) {
                write(text.substring(at, at + 1));
                LockSupport.parkNanos(5_000_000);
            }
        }
    }
}
