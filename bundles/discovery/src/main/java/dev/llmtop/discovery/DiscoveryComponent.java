// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Discovery;
import dev.llmtop.agent.Explanation;
import dev.llmtop.agent.Probes;
import dev.llmtop.agent.ProcessTable;
import java.time.Clock;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Discovery as a service. */
@Component(name = "dev.llmtop.discovery", service = Discovery.class)
public final class DiscoveryComponent implements Discovery {
    private final EngineDiscovery discovery;

    /** What the user named, and limits. */
    public @interface Config {
        /** Ports whose listeners are asked, whatever they are. */
        int[] ports() default {};

        /** URLs that are asked in any case, and that may get a key. */
        String[] endpoints() default {};

        /** How many places are asked at the same time. */
        int at_once() default 64;

        /** The deadline of one request of the identification, in milliseconds. */
        long request_deadline_ms() default 1_500;
    }

    /** With nothing known yet. */
    @Activate
    public DiscoveryComponent(
            Config config,
            @Reference(name = "processes") ProcessTable table,
            @Reference(name = "probes") Probes probes,
            @Reference(name = "adapters") Adapters adapters) {
        discovery = new EngineDiscovery(
                new EngineDiscovery.Services(table, probes, adapters, Clock.systemUTC()),
                new EngineDiscovery.Settings(
                        Wanted.of(config.ports(), config.endpoints()),
                        ProcessHandle.current().pid(),
                        Math.max(1, config.at_once()),
                        Duration.ofMillis(config.request_deadline_ms())));
    }

    @Override
    public Discovered discover(Scene scene) {
        return discovery.discover(scene);
    }

    @Override
    public Explanation explain(Scene scene) {
        return discovery.explain(scene);
    }

    @Override
    public void forgetNegatives() {
        discovery.forgetNegatives();
    }

    /** Ends every thread. */
    @Deactivate
    public void deactivate() {
        discovery.close();
    }
}
