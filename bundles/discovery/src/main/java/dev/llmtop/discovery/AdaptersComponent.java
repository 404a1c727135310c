// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.Adapters;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.EngineAdapter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The whiteboard of engine adapters. */
@Component(name = "dev.llmtop.discovery.adapters", service = Adapters.class)
public final class AdaptersComponent implements Adapters {

    private final AdapterRegistry registry;

    /** Limits of calls into adapters. */
    public @interface Config {
        /** How long a call may take, in milliseconds, its requests not counted. */
        long call_timeout_ms() default 5_000;

        /** How much longer for each request, in milliseconds. */
        long request_timeout_ms() default 3_000;

        /** How many calls that do not end switch an adapter off. */
        int hangs() default 2;

        /** How many faults in a row switch an adapter off. */
        int faults() default 5;
    }

    /** With no adapter yet. */
    @Activate
    public AdaptersComponent(Config config) {
        registry = new AdapterRegistry(new CallLimits(
                Duration.ofMillis(config.call_timeout_ms()),
                Duration.ofMillis(config.request_timeout_ms()),
                CallLimits.USUAL.most(),
                config.hangs(),
                config.faults()));
    }

    /** An adapter came. Keyed by its service id: the property map of an unbind does not equal that of its bind. */
    @Reference(
            name = "adapter",
            service = EngineAdapter.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbindAdapter",
            updated = "updatedAdapter")
    void bindAdapter(EngineAdapter adapter, ServiceReference<EngineAdapter> reference, Map<String, Object> properties) {
        registry.add(id(reference), adapter, properties, bundleOf(reference));
    }

    /** Its properties changed. */
    void updatedAdapter(
            EngineAdapter adapter, ServiceReference<EngineAdapter> reference, Map<String, Object> properties) {
        registry.add(id(reference), adapter, properties, bundleOf(reference));
    }

    /** It went. */
    void unbindAdapter(ServiceReference<EngineAdapter> reference) {
        registry.remove(id(reference));
    }

    /** Ends every thread. */
    @Deactivate
    public void deactivate() {
        registry.close();
    }

    @Override
    public List<Guarded> working() {
        return registry.working();
    }

    @Override
    public List<Status> statuses() {
        return registry.statuses();
    }

    @Override
    public long generation() {
        return registry.generation();
    }

    @Override
    public boolean enable(String kind) {
        return registry.enable(kind);
    }

    @Override
    public List<Problem> problems() {
        return registry.problems();
    }

    private static long id(ServiceReference<EngineAdapter> reference) {
        return reference.getProperty("service.id") instanceof Long id ? id : -1;
    }

    private static String bundleOf(ServiceReference<EngineAdapter> reference) {
        Bundle bundle = reference.getBundle();
        return bundle == null ? "?" : bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
