// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Agent;
import dev.llmtop.agent.CommandSessions;
import java.util.Arrays;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
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
            BundleContext context,
            @Reference(name = "processor") CommandProcessor processor,
            @Reference(name = "agent") Agent agent,
            @Reference(name = "adapters") Adapters adapters) {
        this(processor, new Completer(agent, adapters, () -> bundles(context)));
    }

    Sessions(CommandProcessor processor, Completer completer) {
        this.processor = processor;
        this.completer = completer;
    }

    private static List<String> bundles(BundleContext context) {
        return Arrays.stream(context.getBundles())
                .map(bundle -> Long.toString(bundle.getBundleId()))
                .toList();
    }

    @Override
    public Session open(Output output) {
        return new OutsideSession(processor, output, completer);
    }
}
