// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Roles of processes, worked out once for each command line and each set of adapters. */
final class ProcessRoles {
    private final Map<Long, Known> known = new HashMap<>();
    private long generation = -1;

    private record Known(long startTicks, List<String> argv, ProcessRole role) {}

    /** The roles of all processes of a scan, by pid. */
    Map<Long, ProcessRole> of(Collection<ProcessEntry> processes, List<AdapterDescriptor> adapters, long now) {
        if (now != generation) {
            known.clear();
            generation = now;
        }
        Map<Long, ProcessRole> roles = new HashMap<>();
        for (ProcessEntry process : processes) {
            roles.put(process.pid(), role(process, adapters));
        }
        known.keySet().retainAll(roles.keySet());
        return roles;
    }

    private ProcessRole role(ProcessEntry process, List<AdapterDescriptor> adapters) {
        Known before = known.get(process.pid());
        if (before != null
                && before.startTicks() == process.startTicks()
                && before.argv().equals(process.argv())) {
            return before.role();
        }
        ProcessRole role = ProcessRole.of(process, adapters);
        known.put(process.pid(), new Known(process.startTicks(), process.argv(), role));
        return role;
    }
}
