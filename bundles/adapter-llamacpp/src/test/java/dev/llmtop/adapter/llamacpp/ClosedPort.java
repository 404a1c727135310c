// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import dev.llmtop.spi.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port that refuses connections and that nobody else can take meanwhile: bound, and nothing listens. */
final class ClosedPort implements AutoCloseable {
    private final Socket bound = new Socket();

    ClosedPort() throws IOException {
        bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    Endpoint endpoint() {
        return Endpoint.tcp("127.0.0.1", bound.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        bound.close();
    }
}
