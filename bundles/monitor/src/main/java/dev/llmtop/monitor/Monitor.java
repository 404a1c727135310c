// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static java.util.Objects.requireNonNull;

import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Agent;
import dev.llmtop.agent.Discovery;
import dev.llmtop.agent.Probes;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.model.Snapshot;
import dev.llmtop.spi.GpuSource;
import dev.llmtop.spi.HostSource;
import dev.llmtop.spi.RateDeriver;
import dev.llmtop.spi.SnapshotListener;
import java.time.Duration;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The agent as a component: what is fixed is injected, what comes and goes is bound while ticks run. Ticks begin when the sources
 * that are there are bound, so that already the first snapshot has their figures.
 */
@Component(name = "dev.llmtop.monitor", service = Agent.class, immediate = true)
public final class Monitor implements Agent {
    private final Attachments attachments = new Attachments();
    private final AgentLoop loop;

    /** Makes the agent; {@link #start} lets it run. */
    @Activate
    public Monitor(
            @Reference(name = "adapters") Adapters adapters,
            @Reference(name = "discovery") Discovery discovery,
            @Reference(name = "probes") Probes probes,
            @Reference(name = "processes") ProcessTable processTable,
            BundleContext context,
            MonitorConfiguration configuration) {
        String version = context.getBundle().getVersion().toString();
        loop = new AgentLoop(
                new Services(adapters, discovery, probes, processTable),
                Settings.of(version, configuration),
                attachments);
    }

    @Activate
    void start() {
        loop.start();
    }

    @Deactivate
    void stop() {
        loop.stop();
    }

    @Override
    public Snapshot latest() {
        return loop.latest();
    }

    @Override
    public void rediscover() {
        loop.rediscover();
    }

    @Override
    public void interval(Duration interval) {
        loop.interval(interval);
    }

    @Reference(
            name = "gpus",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbindGpuSource")
    void bindGpuSource(GpuSource source, Map<String, Object> properties) {
        attachments.add(id(properties), source);
    }

    void unbindGpuSource(GpuSource source, Map<String, Object> properties) {
        attachments.removeGpuSource(id(properties));
    }

    @Reference(
            name = "host",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbindHostSource")
    void bindHostSource(HostSource source, Map<String, Object> properties) {
        attachments.add(id(properties), source);
    }

    void unbindHostSource(HostSource source, Map<String, Object> properties) {
        attachments.removeHostSource(id(properties));
    }

    @Reference(
            name = "rates",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbindRateDeriver")
    void bindRateDeriver(RateDeriver deriver, Map<String, Object> properties) {
        attachments.add(id(properties), deriver);
    }

    void unbindRateDeriver(RateDeriver deriver, Map<String, Object> properties) {
        attachments.removeRateDeriver(id(properties));
    }

    @Reference(
            name = "listeners",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbindListener")
    void bindListener(SnapshotListener listener, Map<String, Object> properties) {
        loop.addListener(id(properties), listener);
    }

    void unbindListener(SnapshotListener listener, Map<String, Object> properties) {
        loop.removeListener(id(properties));
    }

    private static long id(Map<String, Object> properties) {
        return (Long) requireNonNull(properties.get(Constants.SERVICE_ID));
    }
}
