// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.model.Attribution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the engine that a process belongs to: the engine's own process, or the nearest one above it. */
final class Owners {
    /** No process stands deeper; a loop of parents, which a racing scan may show, ends here. */
    private static final int DEEPEST = 64;

    private final ProcessScan scan;
    private final Map<Long, String> mains = new HashMap<>();
    private final Map<Long, String> members = new HashMap<>();

    Owners(List<Found> found, ProcessScan scan) {
        this.scan = scan;
        for (Found engine : found) {
            engine.processes().main().ifPresent(main -> mains.putIfAbsent(main.pid(), engine.id()));
            engine.processes().tree().forEach(pid -> members.putIfAbsent(pid, engine.id()));
        }
    }

    /** An engine and how a process was laid to it. */
    record Owner(String engine, Attribution attribution) {}

    Optional<Owner> of(long pid) {
        String itself = mains.get(pid);
        if (itself != null) {
            return Optional.of(new Owner(itself, Attribution.PID));
        }
        ProcessEntry process = scan.processes().get(pid);
        for (int depth = 0; depth < DEEPEST && process != null; depth++) {
            String above = mains.get(process.parent());
            if (above != null) {
                return Optional.of(new Owner(above, Attribution.ANCESTOR));
            }
            process = scan.processes().get(process.parent());
        }
        return Optional.ofNullable(members.get(pid)).map(engine -> new Owner(engine, Attribution.ANCESTOR));
    }
}
