// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Host;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import java.time.Instant;
import java.util.List;

/** What is known before the first tick ends: a snapshot that still scans. */
final class FirstLook {
    private final Settings settings;
    private final long began = System.nanoTime();

    FirstLook(Settings settings) {
        this.settings = settings;
    }

    /** Nothing at all. */
    Snapshot nothing() {
        return snapshot(
                Hosts.unknown(Reason.NO_SAMPLE_YET, "the first sample is awaited"),
                List.of(),
                new Scan(new Scan.Processes(0, 0), new Scan.Listeners(0, 0, 0), 1, List.of()));
    }

    /** The machine, and how much there is to look at; nobody was asked yet. */
    Snapshot of(Machine.Sample sample, ProcessScan scan) {
        return snapshot(
                sample.host(),
                sample.gpus(),
                new Scan(
                        new Scan.Processes(scan.processes().size(), scan.unreadable()),
                        new Scan.Listeners(scan.listeners().size(), 0, 0),
                        scan.namespaces(),
                        List.of()));
    }

    private Snapshot snapshot(Host host, List<Gpu> gpus, Scan scan) {
        return new Snapshot(
                Instant.now(),
                new Snapshot.AgentInfo(
                        settings.version(),
                        ProcessHandle.current().pid(),
                        settings.interval().toMillis() / 1_000.0,
                        (System.nanoTime() - began) / 1e9,
                        true),
                new Snapshot.Machine(host, gpus),
                List.of(),
                new Snapshot.Totals(Figures.none(), List.of()),
                new Snapshot.Findings(scan, List.of(), List.of()));
    }
}
