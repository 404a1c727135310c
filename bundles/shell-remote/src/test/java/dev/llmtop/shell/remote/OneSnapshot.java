// SPDX-License-Identifier: MIT
package dev.llmtop.shell.remote;

import dev.llmtop.agent.Agent;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Host;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import java.time.Instant;
import java.util.List;

/** An agent that has seen nothing. */
final class OneSnapshot implements Agent {
    @Override
    public Snapshot latest() {
        return new Snapshot(
                Instant.EPOCH,
                new Snapshot.AgentInfo("0.1.0", 1, 1, 0.1, false),
                new Snapshot.Machine(new Host("box", "", "", "", 1, Figures.none()), List.of()),
                List.of(),
                new Snapshot.Totals(Figures.none(), List.of()),
                new Snapshot.Findings(
                        new Scan(new Scan.Processes(0, 0), new Scan.Listeners(0, 0, 0), 1, List.of()),
                        List.of(),
                        List.of()));
    }

    @Override
    public void rediscover() {}
}
