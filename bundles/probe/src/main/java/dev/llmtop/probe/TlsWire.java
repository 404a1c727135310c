// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** TLS over another wire, so that a Unix socket can have it too and closing the wire below ends everything. */
final class TlsWire implements Wire {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Wire below;
    private final SSLEngine engine;
    /** Encrypted bytes that came, ready to be read from. */
    private final ByteBuffer received;
    /** Decrypted bytes, ready to be read from. */
    private ByteBuffer plain;

    private final ByteBuffer outgoing;

    private TlsWire(Wire below, SSLEngine engine) {
        this.below = below;
        this.engine = engine;
        int packet = engine.getSession().getPacketBufferSize();
        received = ByteBuffer.allocate(packet).limit(0);
        outgoing = ByteBuffer.allocate(packet);
        plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .limit(0);
    }

    /** Shakes hands over a connected wire. */
    static TlsWire over(Wire below, SSLEngine engine) throws IOException {
        TlsWire wire = new TlsWire(below, engine);
        engine.setUseClientMode(true);
        engine.beginHandshake();
        while (wire.shaking()) {
            wire.step();
        }
        return wire;
    }

    private boolean shaking() {
        HandshakeStatus status = engine.getHandshakeStatus();
        return status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
    }

    private void step() throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> runTasks();
            case NEED_WRAP -> wrap(NOTHING);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                if (!unwrap()) {
                    throw new EOFException("the connection ended while TLS was being set up");
                }
            }
            case FINISHED, NOT_HANDSHAKING -> {}
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void wrap(ByteBuffer from) throws IOException {
        outgoing.clear();
        engine.wrap(from, outgoing);
        below.write(outgoing.flip());
    }

    /** Takes one record; {@code false} at the end of the stream. */
    private boolean unwrap() throws IOException {
        ByteBuffer into = plain.compact();
        SSLEngineResult result = engine.unwrap(received, into);
        plain = into.flip();
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> {
                received.compact();
                int count = below.read(received);
                received.flip();
                return count >= 0;
            }
            case BUFFER_OVERFLOW -> {
                int size = plain.remaining() + engine.getSession().getApplicationBufferSize();
                plain = ByteBuffer.allocate(size).put(plain).flip();
                return true;
            }
            case CLOSED -> {
                return false;
            }
            case OK -> {
                return true;
            }
        }
        return false;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        while (!plain.hasRemaining()) {
            if (!unwrap()) {
                return -1;
            }
            afterRecord();
        }
        int count = Math.min(into.remaining(), plain.remaining());
        into.put(into.position(), plain, plain.position(), count);
        into.position(into.position() + count);
        plain.position(plain.position() + count);
        return count;
    }

    /** Tickets and key updates come between records of data. */
    private void afterRecord() throws IOException {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            wrap(NOTHING);
        }
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            wrap(from);
        }
    }

    @Override
    public boolean quiet() {
        return !plain.hasRemaining() && !received.hasRemaining() && below.quiet();
    }

    @Override
    public void close() throws IOException {
        below.close();
    }
}
