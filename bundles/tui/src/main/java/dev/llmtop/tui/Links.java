// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import dev.llmtop.agent.Agent;
import dev.llmtop.agent.SnapshotFormat;
import java.util.Optional;

/** Services that come and go. */
final class Links {
    private volatile Optional<Agent> agent = Optional.empty();
    private volatile Optional<SnapshotFormat> format = Optional.empty();

    synchronized void bind(Agent arrived) {
        agent = Optional.of(arrived);
    }

    synchronized void unbind(Agent left) {
        agent = agent.filter(one -> one != left);
    }

    synchronized void bind(SnapshotFormat arrived) {
        format = Optional.of(arrived);
    }

    synchronized void unbind(SnapshotFormat left) {
        format = format.filter(one -> one != left);
    }

    Optional<Agent> agent() {
        return agent;
    }

    Optional<SnapshotFormat> format() {
        return format;
    }
}
