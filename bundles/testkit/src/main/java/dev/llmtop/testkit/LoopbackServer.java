// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Accepts connections on a loopback port and gives each a thread of its own. */
final class LoopbackServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Handler handler;
    private final Traffic traffic = new Traffic();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What happens on one connection; it is closed when this returns or throws. */
    @FunctionalInterface
    interface Handler {
        void serve(Connection connection) throws IOException, InterruptedException;
    }

    private LoopbackServer(ServerSocket listener, Handler handler) {
        this.listener = listener;
        this.handler = handler;
    }

    /**
     * Starts one.
     *
     * @param host a loopback address
     * @param port 0 for a free one
     */
    static LoopbackServer start(String host, int port, Handler handler) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getByName(host), port), 256);
            LoopbackServer server = new LoopbackServer(listener, handler);
            server.daemon("testkit-accept-" + server.port(), server::accept);
            return server;
        } catch (IOException taken) {
            throw new UncheckedIOException("cannot listen on " + host + ":" + port, taken);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    Traffic traffic() {
        return traffic;
    }

    /** Connections that neither side has closed yet. */
    int open() {
        return open.size();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                traffic.connected();
                daemon("testkit-connection-" + port(), () -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            handler.serve(new Connection(socket, traffic));
        } catch (IOException gone) {
            // The other side may leave whenever it likes: that is what most tests are about.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException alreadyGone) {
            // Nothing is left to close.
        }
    }
}
