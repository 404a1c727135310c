// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.ProcessTable.ProcessEntry;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Tells whether the service behind a runtime's socket runs already: only then does connecting start nothing.
 *
 * @param processes all that there are
 * @param uidOf the user of one of them; negative where it is not known
 */
record RuntimeServices(Collection<ProcessEntry> processes, ToIntFunction<ProcessEntry> uidOf) {
    boolean runs(RuntimeSocket socket) {
        int owner = socket.owner();
        return processes.stream()
                .filter(process -> serves(process, socket.runtime()))
                .anyMatch(process -> owner < 0 || uidOf.applyAsInt(process) == owner);
    }

    /** {@code podman system service}, which systemd starts at a connection; {@code dockerd}, which it may start too. */
    private static boolean serves(ProcessEntry process, String runtime) {
        if (runtime.equals(RuntimeSocket.DOCKER)) {
            return process.comm().equals("dockerd");
        }
        List<String> argv = process.argv();
        int system = argv.indexOf("system");
        return process.comm().equals("podman")
                && system > 0
                && argv.subList(system, argv.size()).contains("service");
    }
}
