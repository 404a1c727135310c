// SPDX-License-Identifier: MIT
package dev.llmtop.launcher.attach;

import java.io.IOException;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes a channel unless it is closed itself in time: a read of a Unix socket knows no time-out. */
final class Deadline implements AutoCloseable {
    private final CountDownLatch met = new CountDownLatch(1);

    private Deadline() {}

    static Deadline of(Channel channel, Duration patience) {
        Deadline deadline = new Deadline();
        Thread thread = new Thread(() -> deadline.watch(channel, patience), "llmtop-deadline");
        thread.setDaemon(true);
        thread.start();
        return deadline;
    }

    private void watch(Channel channel, Duration patience) {
        try {
            if (!met.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                channel.close();
            }
        } catch (IOException | InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        met.countDown();
    }
}
