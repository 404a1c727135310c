// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads OSHI on a thread of its own: its first use takes up to half a second, which no tick waits for. */
final class BackgroundOshi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundOshi.class);
    private static final long MOST_MILLIS_TO_END = 500;

    private volatile @Nullable OshiHost ready;
    private volatile String failure = "";
    private @Nullable Thread thread;

    /** Begins to load; again: does nothing. */
    synchronized void start() {
        if (thread == null) {
            Thread loader = new Thread(this::load, "llmtop-host");
            loader.setDaemon(true);
            thread = loader;
            loader.start();
        }
    }

    /** OSHI, once it is loaded. */
    Optional<OshiHost> ready() {
        return Optional.ofNullable(ready);
    }

    /** Why it cannot be loaded; empty while it may still be. */
    String failure() {
        return failure;
    }

    /** Ends the thread; it holds nothing that could outlast it. */
    @Override
    public synchronized void close() {
        Thread loader = thread;
        if (loader != null) {
            loader.interrupt();
            try {
                loader.join(MOST_MILLIS_TO_END);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void load() {
        try {
            ready = OshiHost.load();
        } catch (RuntimeException | LinkageError broken) {
            // JNA's message has several lines where its library cannot be mapped; the first one says it.
            failure = String.valueOf(broken.getMessage()).lines().findFirst().orElse("unknown");
            LOG.warn("the library for the machine's facts cannot be loaded: {}", failure);
        }
    }
}
