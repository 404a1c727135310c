// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who descends from whom in one pass over all processes. */
final class Lineage {
    /** No process stands deeper; a loop of parents, which a racing scan may show, ends here. */
    private static final int DEEPEST = 64;

    private final ProcessScan scan;

    Lineage(ProcessScan scan) {
        this.scan = scan;
    }

    Optional<ProcessEntry> process(long pid) {
        return Optional.ofNullable(scan.processes().get(pid));
    }

    /** The process itself and those above it, nearest first; empty where it is not there. */
    List<ProcessEntry> upwards(long pid) {
        List<ProcessEntry> upwards = new ArrayList<>();
        ProcessEntry process = scan.processes().get(pid);
        while (process != null && upwards.size() < DEEPEST) {
            upwards.add(process);
            process = scan.processes().get(process.parent());
        }
        return upwards;
    }

    /** The process itself and all below it. */
    Set<Long> below(long top) {
        Set<Long> below = new TreeSet<>();
        for (long pid : scan.processes().keySet()) {
            if (upwards(pid).stream().anyMatch(process -> process.pid() == top)) {
                below.add(pid);
            }
        }
        return below;
    }
}
