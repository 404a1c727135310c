// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import dev.llmtop.spi.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port that refuses connections and that nobody else can take meanwhile: bound, and nothing listens. */
public final class ClosedPort implements AutoCloseable {
    private final Socket bound = new Socket();

    /** Takes a free port of 127.0.0.1. */
    public ClosedPort() throws IOException {
        bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Where nobody answers. */
    public Endpoint endpoint() {
        return Endpoint.tcp("127.0.0.1", bound.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        bound.close();
    }
}
