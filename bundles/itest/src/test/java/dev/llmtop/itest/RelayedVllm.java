// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import dev.llmtop.testkit.FakeVllm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A vLLM behind a Unix socket ({@code --uds PATH}) or behind TLS ({@code --tls-store FILE --port N}); the plain server that it
 * leads to is a port inside it, which nobody should ask.
 */
final class RelayedVllm {
    static final String PASSWORD = "password";

    private RelayedVllm() {}

    /** Runs until it is killed. */
    public static void main(String... arguments) throws Exception {
        List<String> words = List.of(arguments);
        FakeVllm inner = FakeVllm.start("relayed-model", 100);
        if (words.contains("--uds")) {
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(after(words, "--uds")));
            while (true) {
                SocketChannel client = listener.accept();
                relay(input(client), output(client), inner.port());
            }
        }
        SSLServerSocket listener = (SSLServerSocket) context(Path.of(after(words, "--tls-store")))
                .getServerSocketFactory()
                .createServerSocket(Integer.parseInt(after(words, "--port")), 50, InetAddress.getByName("127.0.0.1"));
        while (true) {
            Socket client = listener.accept();
            thread(() -> {
                try {
                    relay(client.getInputStream(), client.getOutputStream(), inner.port());
                } catch (IOException noTls) {
                    // A plain request; it got its alert.
                }
            });
        }
    }

    /** The streams of {@code Channels} lock each other out: a read that waits would hold up the answer. */
    private static InputStream input(SocketChannel channel) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return channel.read(ByteBuffer.wrap(bytes, offset, length));
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    private static OutputStream output(SocketChannel channel) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        };
    }

    private static void relay(InputStream in, OutputStream out, int port) throws IOException {
        Socket server = new Socket("127.0.0.1", port);
        InputStream answers = server.getInputStream();
        OutputStream requests = server.getOutputStream();
        thread(() -> copy(in, requests, server));
        thread(() -> copy(answers, out, server));
    }

    private static void copy(InputStream from, OutputStream to, Socket server) {
        try (server;
                from;
                to) {
            byte[] bytes = new byte[8_192];
            for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
                to.write(bytes, 0, read);
                to.flush();
            }
        } catch (IOException gone) {
            // Either side may leave.
        }
    }

    private static void thread(Runnable work) {
        new Thread(work).start();
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(store)) {
            keys.load(input, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static String after(List<String> words, String name) {
        return words.get(words.indexOf(name) + 1);
    }
}
