// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.ProcessTable.ProcessDetail;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.ProcessInfo.ContainerInfo;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Which engine shares its container or its pid namespace with a process. */
final class Containers {
    /** A container of these is a whole system: what runs in it need not belong together. */
    private static final Set<String> WHOLE_SYSTEMS = Set.of("lxc", "systemd-nspawn");

    /** First processes that only start and reap what the container is for. */
    private static final Set<String> STARTERS =
            Set.of("tini", "tini-static", "dumb-init", "docker-init", "catatonit", "s6-svscan", "pause");

    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "zsh");

    private final Lineage lineage;
    private final Function<ProcessEntry, ProcessDetail> details;

    Containers(Lineage lineage, Function<ProcessEntry, ProcessDetail> details) {
        this.lineage = lineage;
        this.details = details;
    }

    /** An engine, and what it shares with the process. */
    record Shared(String engine, String says) {}

    /**
     * The only engine in the container of a process. Not of a whole system's container, nor of one that someone opened a shell in:
     * there other programs have a right of their own.
     */
    Optional<Shared> engineOf(ProcessEntry process, Collection<Found> engines) {
        Optional<ContainerInfo> container = container(process);
        if (container.isEmpty() || WHOLE_SYSTEMS.contains(container.get().runtime())) {
            return Optional.empty();
        }
        List<Shared> sharing = engines.stream()
                .filter(engine -> engine.processes()
                        .main()
                        .filter(main -> isIn(main, container.get().id()) && isThereFor(main))
                        .isPresent())
                .map(engine -> new Shared(
                        engine.id(),
                        "the " + container.get().runtime() + " container "
                                + shortId(container.get().id()) + " of pid "
                                + engine.processes().main().orElseThrow().pid()))
                .toList();
        return sharing.size() == 1 ? Optional.of(sharing.get(0)) : Optional.empty();
    }

    /**
     * The engine of the only process of any engine that has this number in its own pid namespace. Only for a number that no process
     * of the machine has.
     */
    Optional<Shared> engineWithPid(long pid, Map<Long, String> members) {
        Set<Long> same = new TreeSet<>();
        for (long member : members.keySet()) {
            Optional<ProcessEntry> process = lineage.process(member);
            OptionalLong inside =
                    process.map(entry -> details.apply(entry).namespacePid()).orElse(OptionalLong.empty());
            if (inside.isPresent() && inside.getAsLong() == pid) {
                same.add(member);
            }
        }
        return same.size() == 1
                ? same.stream()
                        .findFirst()
                        .map(member -> new Shared(
                                members.getOrDefault(member, ""), "pid " + member + " inside its pid namespace"))
                : Optional.empty();
    }

    private Optional<ContainerInfo> container(ProcessEntry process) {
        return details.apply(process).container();
    }

    private boolean isIn(ProcessEntry process, String container) {
        return container(process).filter(other -> other.id().equals(container)).isPresent();
    }

    /** Whether the container was started for this process: it is the first one, or the first one is a starter or a shell's script. */
    private boolean isThereFor(ProcessEntry main) {
        String id = container(main).map(ContainerInfo::id).orElse("");
        ProcessEntry first = main;
        for (ProcessEntry above : lineage.upwards(main.pid())) {
            if (!isIn(above, id)) {
                break;
            }
            first = above;
        }
        return first.pid() == main.pid()
                || starts(first)
                || CommandLine.of(first.argv())
                        .program()
                        .equals(CommandLine.of(main.argv()).program());
    }

    /** A starter, or a shell that was given something to run; a shell without is somebody's. */
    private static boolean starts(ProcessEntry process) {
        List<String> argv = process.argv();
        String name = argv.isEmpty() ? "" : argv.get(0).substring(argv.get(0).lastIndexOf('/') + 1);
        return STARTERS.contains(name)
                || SHELLS.contains(name)
                        && argv.stream().skip(1).anyMatch(word -> !word.startsWith("-") && !word.isEmpty());
    }

    private static String shortId(String id) {
        return id.length() > 12 ? id.substring(0, 12) : id;
    }
}
