// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.spi.EngineType.Children;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one process is by its command line.
 *
 * @param kinds of engines that it starts; adapters' first, then the one known without an adapter
 * @param titles of these, in the same order
 * @param part of an engine by its own name: never asked by itself
 * @param children what stands below it
 * @param known what is known without any adapter
 * @param noEngine the name of a program that is no engine; empty for any other
 */
record ProcessRole(
        CommandLine command,
        Set<String> kinds,
        List<String> titles,
        boolean part,
        Children children,
        Optional<KnownProgram> known,
        Optional<String> noEngine) {

    static ProcessRole of(ProcessEntry process, List<AdapterDescriptor> adapters) {
        CommandLine command = CommandLine.of(process.argv());
        Set<String> kinds = new LinkedHashSet<>();
        List<String> titles = new ArrayList<>();
        Children children = Children.INSTANCES;
        boolean part = KnownPrograms.part(command).isPresent();
        for (AdapterDescriptor adapter : adapters) {
            part |= adapter.fitsPart(command);
            if (adapter.fits(command) && kinds.add(adapter.kind())) {
                children = kinds.size() == 1 ? adapter.signature().children() : children;
                titles.add(adapter.title());
            }
        }
        Optional<KnownProgram> known = KnownPrograms.engine(command);
        if (known.isPresent() && kinds.add(known.get().kind())) {
            children = kinds.size() == 1 ? known.get().children() : children;
            titles.add(known.get().title());
        }
        if (part) {
            kinds.clear();
            titles.clear();
        }
        return new ProcessRole(
                command,
                kinds,
                titles,
                part,
                children,
                known.or(() -> KnownPrograms.part(command)),
                OtherPrograms.noEngine(process, command));
    }

    /** Whether it starts an engine: as a whole, not as a part. */
    boolean whole() {
        return !kinds.isEmpty();
    }
}
