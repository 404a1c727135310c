// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.ProcessTable.Listener;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In which order processes are looked at for the holder of a listening socket, so that the search ends early. */
final class LikelyOwners {
    private LikelyOwners() {}

    /** Those whose arguments name a wanted port, then the newest; a process without arguments (kernel thread) last. */
    static List<ProcessEntry> ordered(Set<Long> inodes, ProcessScan scan) {
        Set<String> ports = new HashSet<>();
        for (Listener listener : scan.listeners()) {
            if (inodes.contains(listener.inode())) {
                ports.add(Integer.toString(listener.port()));
            }
        }
        List<ProcessEntry> ordered = new ArrayList<>(scan.processes().values());
        Map<Long, Integer> ranks = new HashMap<>();
        ordered.forEach(process -> ranks.put(process.pid(), rank(process, ports)));
        ordered.sort(Comparator.comparingInt((ProcessEntry process) -> ranks.getOrDefault(process.pid(), 2))
                .thenComparing(
                        Comparator.comparingLong(ProcessEntry::startTicks).reversed()));
        return ordered;
    }

    private static int rank(ProcessEntry process, Set<String> ports) {
        for (String argument : process.argv()) {
            for (String port : ports) {
                int before = argument.length() - port.length() - 1;
                if (argument.endsWith(port) && (before < 0 || !Character.isDigit(argument.charAt(before)))) {
                    return 0;
                }
            }
        }
        return process.argv().isEmpty() ? 2 : 1;
    }
}
