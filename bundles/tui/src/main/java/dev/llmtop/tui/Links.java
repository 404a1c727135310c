// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import dev.llmtop.agent.Agent;
import dev.llmtop.agent.SnapshotFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Services that come and go. */
final class Links {
    private final AtomicReference<Optional<Agent>> agent = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<SnapshotFormat>> format = new AtomicReference<>(Optional.empty());

    void bind(Agent arrived) {
        agent.set(Optional.of(arrived));
    }

    void unbind(Agent left) {
        agent.updateAndGet(current -> current.filter(one -> one != left));
    }

    void bind(SnapshotFormat arrived) {
        format.set(Optional.of(arrived));
    }

    void unbind(SnapshotFormat left) {
        format.updateAndGet(current -> current.filter(one -> one != left));
    }

    Optional<Agent> agent() {
        return agent.get();
    }

    Optional<SnapshotFormat> format() {
        return format.get();
    }
}
