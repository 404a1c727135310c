// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.Discovery.Processes;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.Evidence;
import dev.llmtop.spi.Launch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the process of engines whose port shows no owner, as those of root's containers do: a process that holds GPU memory, or one
 * above it, whose command line is of the engine's kind and serves on its port. Two that fit are none.
 */
final class Launchers {
    /** The signal of discovery's evidence that the owner of a port of this machine cannot be seen. */
    private static final String OWNER = "owner";

    private final List<AdapterDescriptor> adapters;
    private final Lineage lineage;

    Launchers(List<AdapterDescriptor> adapters, Lineage lineage) {
        this.adapters = List.copyOf(adapters);
        this.lineage = lineage;
    }

    /** Whether an engine's process is only known by its command line, since the owner of its port cannot be seen. */
    static boolean byCommandLine(Found engine) {
        return engine.processes().main().isPresent() && ownerHidden(engine);
    }

    private static boolean ownerHidden(Found engine) {
        return engine.evidence().stream()
                .anyMatch(evidence ->
                        evidence.signal().equals(OWNER) && evidence.verdict() == Evidence.Weight.UNREADABLE);
    }

    /** The engines, those with their process filled in that show none and have one here. */
    List<Found> complete(List<Found> found, Collection<Long> gpuProcesses) {
        List<Found> ownerless = found.stream()
                .filter(engine -> engine.processes().main().isEmpty() && ownerHidden(engine))
                .toList();
        if (ownerless.isEmpty() || gpuProcesses.isEmpty()) {
            return found;
        }
        Map<String, Set<Long>> launchers = launchers(ownerless, taken(found), gpuProcesses);
        return found.stream()
                .map(engine -> completed(engine, launchers.getOrDefault(engine.id(), Set.of())))
                .toList();
    }

    private static Set<Long> taken(List<Found> found) {
        Set<Long> taken = new HashSet<>();
        for (Found engine : found) {
            taken.addAll(engine.processes().tree());
            engine.processes().main().map(ProcessEntry::pid).ifPresent(taken::add);
        }
        return taken;
    }

    private Map<String, Set<Long>> launchers(List<Found> ownerless, Set<Long> taken, Collection<Long> gpuProcesses) {
        Map<String, Set<Long>> launchers = new HashMap<>();
        for (long pid : gpuProcesses) {
            for (ProcessEntry process : lineage.upwards(pid)) {
                if (taken.contains(process.pid())) {
                    break;
                }
                Optional<String> engine = engine(process, ownerless);
                if (engine.isPresent()) {
                    launchers
                            .computeIfAbsent(engine.get(), unused -> new TreeSet<>())
                            .add(process.pid());
                    break;
                }
            }
        }
        return launchers;
    }

    private Optional<String> engine(ProcessEntry process, List<Found> ownerless) {
        CommandLine command = CommandLine.of(process.argv());
        Launch launch = new Launch(process.pid(), command.program(), command.arguments(), Map.of());
        List<String> engines = new ArrayList<>();
        for (AdapterDescriptor adapter : adapters) {
            if (adapter.fits(command)) {
                Set<Integer> ports = ports(launch, adapter);
                ownerless.stream()
                        .filter(engine -> engine.kind().equals(adapter.kind()) && servesOn(engine, ports))
                        .forEach(engine -> engines.add(engine.id()));
            }
        }
        return engines.size() == 1 ? Optional.of(engines.get(0)) : Optional.empty();
    }

    /** The port that is named, else the usual ones of the kind. */
    private static Set<Integer> ports(Launch launch, AdapterDescriptor adapter) {
        Optional<Integer> named = ListenOptions.port(launch);
        return named.map(Set::of).orElse(adapter.signature().ports());
    }

    private static boolean servesOn(Found engine, Set<Integer> ports) {
        return ports.contains(engine.candidate().endpoint().port())
                || engine.processes().alsoAt().stream()
                        .anyMatch(address -> ports.stream().anyMatch(port -> address.endsWith(":" + port)));
    }

    private Found completed(Found engine, Set<Long> launchers) {
        if (launchers.size() != 1) {
            return engine;
        }
        long launcher = launchers.iterator().next();
        ProcessEntry main = lineage.process(launcher).orElseThrow();
        List<Evidence> evidence = new ArrayList<>(engine.evidence());
        evidence.add(Evidence.supporting(
                "process",
                "pid " + launcher + " runs " + CommandLine.of(main.argv()).program() + " on port "
                        + engine.candidate().endpoint().port()
                        + " by its command line, and holds GPU memory"));
        return new Found(
                engine.kind(),
                engine.title(),
                engine.candidate(),
                engine.match(),
                engine.state(),
                new Processes(
                        Optional.of(main),
                        lineage.below(launcher),
                        engine.processes().alsoAt()),
                evidence,
                engine.access());
    }
}
