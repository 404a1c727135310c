// SPDX-License-Identifier: MIT
package dev.llmtop.itest.outsider.extras;

import dev.llmtop.model.Snapshot;
import dev.llmtop.spi.SnapshotListener;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Component;

/** A stranger's sink of snapshots, and a command of the shell that says what it got. */
@Component(
        name = "org.example.sink",
        service = {SnapshotListener.class, OutsiderSink.class},
        immediate = true,
        property = {"osgi.command.scope=example", "osgi.command.function=received"})
public final class OutsiderSink implements SnapshotListener {
    private final AtomicLong count = new AtomicLong();
    private volatile int engines;

    @Override
    public void snapshot(Snapshot snapshot) {
        engines = snapshot.engines().size();
        count.incrementAndGet();
    }

    /** What {@code example:received} prints. */
    public String received() {
        return count + " snapshots, " + engines + " engines in the last";
    }
}
