// SPDX-License-Identifier: MIT
package dev.llmtop.shell.remote;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Listens on a Unix domain socket of this user; one thread waits for terminals, one more speaks with each. */
final class Server implements AutoCloseable {
    private static final int MOST_TERMINALS = 16;

    private final Path socket;
    private final ServerSocketChannel listener;
    private final Peers peers;
    private final Function<SocketChannel, Runnable> conversation;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private Server(
            Path socket, ServerSocketChannel listener, Peers peers, Function<SocketChannel, Runnable> conversation) {
        this.socket = socket;
        this.listener = listener;
        this.peers = peers;
        this.conversation = conversation;
    }

    /**
     * Listens.
     *
     * @throws IOException where the socket cannot be made
     */
    static Server listen(Path socket, Function<SocketChannel, Runnable> conversation) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(socket));
            // The folder is closed to others; so is the socket.
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            Server server = new Server(socket, listener, new Peers(Files.getOwner(socket)), conversation);
            Thread thread = new Thread(server::accept, "llmtop-remote");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException | RuntimeException failed) {
            listener.close();
            throw failed;
        }
    }

    private void accept() {
        try {
            while (listener.isOpen()) {
                SocketChannel channel = listener.accept();
                if (open.size() >= MOST_TERMINALS || !peers.mayCome(channel)) {
                    channel.close();
                    continue;
                }
                open.add(channel);
                Thread thread = new Thread(() -> converse(channel), "llmtop-remote-terminal");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException closed) {
            // The program ends.
        }
    }

    private void converse(SocketChannel channel) {
        try {
            conversation.apply(channel).run();
        } finally {
            open.remove(channel);
        }
    }

    /** Ends all conversations and removes the socket. */
    @Override
    public void close() throws IOException {
        try {
            listener.close();
            for (SocketChannel channel : open) {
                channel.close();
            }
        } finally {
            Files.deleteIfExists(socket);
        }
    }
}
