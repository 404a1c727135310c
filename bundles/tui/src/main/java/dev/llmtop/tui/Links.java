// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import dev.llmtop.agent.Agent;
import dev.llmtop.agent.Playback;
import dev.llmtop.agent.SnapshotFormat;
import java.util.Optional;

/** Services that come and go. */
final class Links {
    private volatile Optional<Agent> agent = Optional.empty();
    private volatile Optional<SnapshotFormat> format = Optional.empty();
    private volatile Optional<Playback> playback = Optional.empty();

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

    synchronized void bind(Playback arrived) {
        playback = Optional.of(arrived);
    }

    synchronized void unbind(Playback left) {
        playback = playback.filter(one -> one != left);
    }

    /** There only while a recording is played. */
    Optional<Playback> playback() {
        return playback;
    }

    /** Where snapshots come from, as the first row says it. */
    String source() {
        return playback.map(playing -> playing.position().label()).orElse("LIVE");
    }

    Optional<Agent> agent() {
        return agent;
    }

    Optional<SnapshotFormat> format() {
        return format;
    }
}
