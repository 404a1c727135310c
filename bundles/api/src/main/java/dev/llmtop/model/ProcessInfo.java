// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The processes of an engine.
 *
 * @param pid the one that listens, or the launcher
 * @param pids the whole tree, ascending
 * @param owner whose it is and how it was started
 * @param usage of the whole tree
 * @param container absent outside a container
 */
public record ProcessInfo(long pid, List<Long> pids, Owner owner, Usage usage, Optional<ContainerInfo> container) {
    public ProcessInfo {
        pids = List.copyOf(pids);
    }

    /**
     * Whose it is.
     *
     * @param user name, or number where there is no name
     * @param command the command line, redacted, cleaned, cut at 1,000 characters
     * @param started when the process started
     * @param uptimeSeconds at the snapshot's time
     */
    public record Owner(String user, String command, Instant started, double uptimeSeconds) {}

    /**
     * What it uses.
     *
     * @param cpuRatio of one CPU: 1.7 is 170 %
     * @param memoryBytes resident memory
     */
    public record Usage(Value<Double> cpuRatio, Value<Long> memoryBytes) {}

    /**
     * The container around it.
     *
     * @param id hexadecimal, as the runtime has it
     * @param runtime such as {@code docker}, {@code podman}, {@code containerd}
     * @param name as the runtime has it; unavailable with its reason
     */
    public record ContainerInfo(String id, String runtime, Value<String> name) {}
}
