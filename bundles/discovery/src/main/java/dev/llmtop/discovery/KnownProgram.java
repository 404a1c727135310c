// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.CommandPattern;
import dev.llmtop.spi.EngineType.Children;
import java.util.List;
import java.util.Set;

/**
 * An engine that its command line names, whether an adapter for it is installed or not.
 *
 * @param kind as its adapter would have it
 * @param title for a person
 * @param commands how it is started
 * @param forbidden requests that generate, load, unload, drain or cancel something there
 * @param children what stands below its processes
 * @param never whether it is never asked at all
 */
record KnownProgram(
        String kind,
        String title,
        List<CommandPattern> commands,
        Set<String> forbidden,
        Children children,
        boolean never) {
    KnownProgram {
        commands = List.copyOf(commands);
        forbidden = Set.copyOf(forbidden);
    }

    boolean fits(CommandLine command) {
        return commands.stream().anyMatch(pattern -> pattern.fits(command));
    }

    /** Whether a request may not be sent there; a declared path may have a query, which changes nothing. */
    boolean forbids(String path) {
        int query = path.indexOf('?');
        return never || forbidden.contains(query < 0 ? path : path.substring(0, query));
    }
}
