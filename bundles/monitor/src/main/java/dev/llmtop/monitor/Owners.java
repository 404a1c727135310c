// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.Attribution;
import dev.llmtop.model.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the engine that a process belongs to: the engine's own process, the nearest one above it, the engine in the same container,
 * the engine in whose pid namespace it has this number. Where the engine's own process is only known by its command line, every link
 * is as weak as that.
 */
final class Owners {
    private final Lineage lineage;
    private final Containers containers;
    private final Map<Long, String> mains = new HashMap<>();
    private final Map<Long, String> members = new HashMap<>();
    private final Map<String, Found> engines = new HashMap<>();
    private final Set<String> byCommandLine = new HashSet<>();

    Owners(List<Found> found, Lineage lineage, Containers containers) {
        this.lineage = lineage;
        this.containers = containers;
        for (Found engine : found) {
            engines.put(engine.id(), engine);
            engine.processes().main().ifPresent(main -> mains.putIfAbsent(main.pid(), engine.id()));
            engine.processes().tree().forEach(pid -> members.putIfAbsent(pid, engine.id()));
            if (Launchers.byCommandLine(engine)) {
                byCommandLine.add(engine.id());
            }
        }
    }

    /**
     * An engine and how a process was laid to it.
     *
     * @param says how, for a person, after "pid 900 "
     */
    record Owner(String engine, Attribution attribution, String says) {}

    Optional<Owner> of(long pid) {
        return byDescent(pid)
                .or(() -> lineage.process(pid).flatMap(process -> byContainer(process)))
                .or(() -> byNamespacePid(pid))
                .map(this::asWeakAsItsEngine);
    }

    /** What runs in a process, without arguments, which may hold secrets. */
    Optional<String> program(long pid) {
        return lineage.process(pid).map(process -> {
            String program = CommandLine.of(process.argv()).program();
            return Text.clean(program.isEmpty() ? process.comm() : program);
        });
    }

    private Optional<Owner> byDescent(long pid) {
        for (ProcessEntry process : lineage.upwards(pid)) {
            String engine = mains.get(process.pid());
            if (engine != null) {
                return Optional.of(
                        process.pid() == pid
                                ? new Owner(engine, Attribution.PID, "is the engine's own process")
                                : new Owner(engine, Attribution.ANCESTOR, "descends from pid " + process.pid()));
            }
        }
        return Optional.ofNullable(members.get(pid))
                .map(engine -> new Owner(engine, Attribution.ANCESTOR, "belongs to the engine's processes"));
    }

    private Optional<Owner> byContainer(ProcessEntry process) {
        return containers
                .engineOf(process, engines.values())
                .map(shared -> new Owner(shared.engine(), Attribution.CONTAINER, "is in " + shared.says()));
    }

    private Optional<Owner> byNamespacePid(long pid) {
        if (lineage.process(pid).isPresent()) {
            return Optional.empty();
        }
        return containers
                .engineWithPid(pid, members)
                .map(shared -> new Owner(shared.engine(), Attribution.NAMESPACE_PID, "is " + shared.says()));
    }

    private Owner asWeakAsItsEngine(Owner owner) {
        if (!byCommandLine.contains(owner.engine())) {
            return owner;
        }
        String why = Optional.ofNullable(engines.get(owner.engine()))
                .map(engine -> "; its command line is of " + engine.title() + " on port "
                        + engine.candidate().endpoint().port() + ", whose owner cannot be seen")
                .orElse("");
        return new Owner(owner.engine(), Attribution.COMMAND_LINE, owner.says() + why);
    }
}
