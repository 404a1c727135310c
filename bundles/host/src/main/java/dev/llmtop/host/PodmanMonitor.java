// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.ProcessTable.ProcessEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Podman's and CRI-O's monitor above a container has the container's name among its arguments: {@code conmon -c ID -n NAME}. */
final class PodmanMonitor {
    private static final int MOST_ANCESTORS = 64;

    private PodmanMonitor() {}

    static Optional<String> nameOf(String id, ProcessEntry process, Map<Long, ProcessEntry> processes) {
        ProcessEntry ancestor = processes.get(process.parent());
        for (int level = 0; level < MOST_ANCESTORS && ancestor != null; level++) {
            List<String> argv = ancestor.argv();
            if (ancestor.comm().equals("conmon")
                    && after(argv, "-c").filter(id::equals).isPresent()) {
                return after(argv, "-n");
            }
            ancestor = processes.get(ancestor.parent());
        }
        return Optional.empty();
    }

    /** The first one counts: commands for the container's end follow with options of their own. */
    private static Optional<String> after(List<String> argv, String option) {
        int at = argv.indexOf(option);
        return at > 0 && at + 1 < argv.size() ? Optional.of(argv.get(at + 1)) : Optional.empty();
    }
}
