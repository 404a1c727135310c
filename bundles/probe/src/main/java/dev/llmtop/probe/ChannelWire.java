// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A blocking channel: TCP or a Unix socket. */
final class ChannelWire implements Wire {
    private final SocketChannel channel;
    private final SocketAddress address;

    private ChannelWire(SocketChannel channel, SocketAddress address) {
        this.channel = channel;
        this.address = address;
    }

    /** Not yet connected. */
    static ChannelWire to(SocketAddress address) throws IOException {
        return new ChannelWire(SocketChannel.open(family(address)), address);
    }

    private static ProtocolFamily family(SocketAddress address) {
        if (address instanceof UnixDomainSocketAddress) {
            return StandardProtocolFamily.UNIX;
        }
        return address instanceof InetSocketAddress internet && internet.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    void connect() throws IOException {
        if (address instanceof InetSocketAddress) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        channel.connect(address);
        if (isToItself(channel)) {
            throw new ConnectException("Connection refused");
        }
    }

    /**
     * TCP lets a socket meet itself where nobody listens on a port that may also be given to a client: its own request would come
     * back as the answer, and the server could not start there while it is open.
     */
    static boolean isToItself(SocketChannel channel) throws IOException {
        SocketAddress local = channel.getLocalAddress();
        return local instanceof InetSocketAddress && local.equals(channel.getRemoteAddress());
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            channel.write(from);
        }
    }

    @Override
    public boolean quiet() {
        try {
            channel.configureBlocking(false);
            boolean nothing = channel.read(ByteBuffer.allocate(1)) == 0;
            channel.configureBlocking(true);
            return nothing;
        } catch (IOException broken) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
