// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Agent;
import dev.llmtop.agent.CommandSessions;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gogo's sessions for the other bundles. */
@Component(name = "dev.llmtop.shell.sessions", service = CommandSessions.class)
public final class Sessions implements CommandSessions {
    private final CommandProcessor processor;
    private final Completer completer;

    /** Sessions of a processor. */
    @Activate
    public Sessions(
            @Reference(name = "processor") CommandProcessor processor,
            @Reference(name = "agent") Agent agent,
            @Reference(name = "adapters") Adapters adapters) {
        this.processor = processor;
        this.completer = new Completer(agent, adapters);
    }

    @Override
    public Session open(Output output) {
        return new OutsideSession(processor, output, completer);
    }
}
