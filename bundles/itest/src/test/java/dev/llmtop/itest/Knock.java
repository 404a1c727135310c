// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A process of its own, so that it can be another user's: prints how much a Unix socket says to it, {@code -1} where it hangs up. */
final class Knock {
    private Knock() {}

    public static void main(String[] words) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(words[0]))) {
            System.out.println(channel.read(ByteBuffer.allocate(100)));
        }
    }
}
