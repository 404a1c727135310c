// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;

/** What a container runtime would never say, or what another server behind its socket might. */
enum HostileAnswer {
    NOTHING {
        @Override
        void answer(SocketChannel client) throws IOException {
            client.read(java.nio.ByteBuffer.allocate(1));
        }
    },
    A_DRIP {
        @Override
        void answer(SocketChannel client) throws IOException {
            FakeRuntime.write(client, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[");
            while (client.isOpen()) {
                FakeRuntime.write(client, " ");
                LockSupport.parkNanos(20_000_000);
            }
        }
    },
    A_HUGE_LIST {
        @Override
        void answer(SocketChannel client) throws IOException {
            FakeRuntime.write(client, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[");
            for (int count = 0; count < 100_000; count++) {
                FakeRuntime.write(client, "{\"Id\":\"" + "a".repeat(64) + "\"},");
            }
        }
    },
    DEEP_NESTING {
        @Override
        void answer(SocketChannel client) throws IOException {
            FakeRuntime.saying(200, "[".repeat(20_000)).answer(client);
        }
    },
    GARBAGE {
        @Override
        void answer(SocketChannel client) throws IOException {
            FakeRuntime.write(client, "\u0000\u0001SSH-2.0-x\r\n\r\n\u00ff");
        }
    },
    AN_ERROR {
        @Override
        void answer(SocketChannel client) throws IOException {
            FakeRuntime.saying(500, "{\"message\":\"boom\\nboom\"}").answer(client);
        }
    },
    AN_OBJECT {
        @Override
        void answer(SocketChannel client) throws IOException {
            FakeRuntime.saying(200, "{\"message\":\"client version 9.9 is too new\"}")
                    .answer(client);
        }
    },
    WRONG_TYPES {
        @Override
        void answer(SocketChannel client) throws IOException {
            FakeRuntime.saying(
                            200, "[1,null,\"x\",[],{\"Id\":7,\"Names\":{\"a\":1},\"Ports\":\"no\"},{\"Id\":[\"x\"]}]")
                    .answer(client);
        }
    },
    HALF_A_LIST {
        @Override
        void answer(SocketChannel client) throws IOException {
            FakeRuntime.write(
                    client,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n[{\"Id\":");
            client.close();
        }
    },
    A_REDIRECT {
        @Override
        void answer(SocketChannel client) throws IOException {
            FakeRuntime.write(
                    client, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        }
    };

    abstract void answer(SocketChannel client) throws IOException;

    /** Whether it is read as a list, if one without the container. */
    boolean isWholeList() {
        return this == WRONG_TYPES;
    }
}
