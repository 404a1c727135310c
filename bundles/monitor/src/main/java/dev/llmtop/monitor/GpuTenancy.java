// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Discovery.Discovered;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.model.Gpu;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose the processes on the GPUs are, at one tick.
 *
 * @param hostPids whether pids of the machine are ours
 */
record GpuTenancy(Services services, ProcessScan scan, List<Gpu> gpus, boolean hostPids) {
    private static final long LEAST_OF_A_MODEL = 1L << 30;

    GpuTenancy {
        gpus = List.copyOf(gpus);
    }

    /** Looks which pids are ours. */
    static GpuTenancy of(Services services, ProcessScan scan, List<Gpu> gpus) {
        return new GpuTenancy(services, scan, gpus, services.processTable().seesHostPids());
    }

    /** NVIDIA's driver knows of no pid namespaces; the sources of other vendors look into our own /proc. */
    static boolean reportsHostPids(Gpu gpu) {
        return gpu.identity().vendor().equals("nvidia");
    }

    /** Our pids of the processes that hold GPU memory, as an engine does. */
    Set<Long> processes() {
        Set<Long> pids = new TreeSet<>();
        for (Gpu gpu : gpus) {
            if (hostPids || !reportsHostPids(gpu)) {
                GpuAttribution.all(gpu.tenants()).stream()
                        .filter(tenant -> !isDesktop(gpu, tenant))
                        .forEach(tenant -> pids.add(tenant.pid()));
            }
        }
        return pids;
    }

    /** On a processor's own GPU every window of a desktop holds some memory: such a process is no reason to ask its ports. */
    private static boolean isDesktop(Gpu gpu, Gpu.Tenant tenant) {
        return gpu.memory().unified()
                && !reportsHostPids(gpu)
                && tenant.memoryBytes()
                        .known()
                        .filter(bytes -> bytes < LEAST_OF_A_MODEL)
                        .isPresent();
    }

    /** What was found, with the processes that only the GPUs show. */
    Discovered complete(Discovered discovered) {
        List<AdapterDescriptor> adapters = services.adapters().working().stream()
                .map(Adapters.Guarded::descriptor)
                .toList();
        List<Found> engines = new Launchers(adapters, new Lineage(scan)).complete(discovered.engines(), processes());
        return new Discovered(engines, discovered.scan(), discovered.complete());
    }

    /** The GPUs' memory, laid to these engines. */
    GpuAttribution attribute(List<Found> engines) {
        Lineage lineage = new Lineage(scan);
        ProcessTable table = services.processTable();
        Owners owners = new Owners(engines, lineage, new Containers(lineage, table::detail));
        return GpuAttribution.of(gpus, owners, hostPids);
    }
}
