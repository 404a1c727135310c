// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What came to a server and what it sent. Safe for several threads. */
final class Traffic {
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();

    void connected() {
        connections.incrementAndGet();
    }

    void received(long bytes) {
        received.addAndGet(bytes);
    }

    void sent(long bytes) {
        sent.addAndGet(bytes);
    }

    void requested(ReceivedRequest request) {
        requests.add(request);
    }

    int connections() {
        return connections.get();
    }

    long bytesReceived() {
        return received.get();
    }

    long bytesSent() {
        return sent.get();
    }

    List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }
}
