// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.model.ProcessInfo.Usage;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.Optional;
import java.util.Set;

/** What the processes of an engine use, from two passes over all processes. */
final class ProcessUse {
    private ProcessUse() {}

    /** Of the whole tree: pages that its processes share count in each of them, since only that can be read cheaply. */
    static Usage of(Set<Long> tree, ProcessScan scan, Optional<ProcessScan> before) {
        return new Usage(cpuRatio(tree, scan, before), memoryBytes(tree, scan));
    }

    private static Value<Long> memoryBytes(Set<Long> tree, ProcessScan scan) {
        long bytes = 0;
        boolean known = false;
        for (long pid : tree) {
            ProcessEntry process = scan.processes().get(pid);
            if (process != null) {
                bytes += process.use().residentBytes();
                known = true;
            }
        }
        return known ? Value.of(bytes) : Value.unavailable(Reason.UNREACHABLE, "its processes have ended");
    }

    /** A process that was not there before adds nothing: when it used its time is not known. */
    private static Value<Double> cpuRatio(Set<Long> tree, ProcessScan scan, Optional<ProcessScan> before) {
        double used = 0;
        boolean known = false;
        double seconds = before.map(earlier -> scan.stamp().secondsSince(earlier.stamp()))
                .orElse(0.0);
        for (long pid : tree) {
            ProcessEntry now = scan.processes().get(pid);
            ProcessEntry earlier = before.map(pass -> pass.processes().get(pid)).orElse(null);
            if (now != null && earlier != null && now.startTicks() == earlier.startTicks()) {
                used += Math.max(0, now.use().cpuSeconds() - earlier.use().cpuSeconds());
                known = true;
            }
        }
        return known && seconds > 0
                ? Value.of(used / seconds)
                : Value.unavailable(Reason.NO_SAMPLE_YET, "a share of CPU needs a second look");
    }
}
