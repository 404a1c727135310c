// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Cells;
import dev.llmtop.model.Attribution;
import dev.llmtop.model.EngineSnapshot.GpuShare;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Gpu.MigInstance;
import dev.llmtop.model.Gpu.Tenant;
import dev.llmtop.model.Gpu.Tenants;
import dev.llmtop.model.Snapshot.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lays GPU memory to engines by the processes that hold it.
 *
 * @param gpus with the engines of their tenants
 * @param shares by engine
 * @param evidence by engine: by which process, and how that belongs to it
 * @param problems why memory could not be laid to anyone
 */
record GpuAttribution(
        List<Gpu> gpus, Map<String, GpuShare> shares, Map<String, Evidence> evidence, List<Problem> problems) {
    /** The signal of the evidence. */
    static final String SIGNAL = "gpu";

    GpuAttribution {
        gpus = List.copyOf(gpus);
        shares = Map.copyOf(shares);
        evidence = Map.copyOf(evidence);
        problems = List.copyOf(problems);
    }

    /**
     * Attributes all tenants.
     *
     * @param hostPids whether pids of the machine are ours: where they are not, the same number is another process
     */
    static GpuAttribution of(List<Gpu> gpus, Owners owners, boolean hostPids) {
        Map<String, GpuShares> shares = new TreeMap<>();
        List<Gpu> attributed = new ArrayList<>();
        List<Tenant> foreign = new ArrayList<>();
        for (Gpu gpu : gpus) {
            if (!hostPids && GpuTenancy.reportsHostPids(gpu)) {
                foreign.addAll(all(gpu.tenants()));
                attributed.add(gpu);
                continue;
            }
            Tenants tenants = tenants(gpu.tenants(), owners);
            attributed.add(new Gpu(gpu.identity(), gpu.state(), gpu.memory(), gpu.figures(), gpu.throttle(), tenants));
            int index = gpu.identity().index();
            for (Tenant tenant : all(tenants)) {
                tenant.engine()
                        .ifPresent(engine -> shares.computeIfAbsent(engine, unused -> new GpuShares())
                                .add(index, tenant, owners.of(tenant.pid())));
            }
        }
        Map<String, GpuShare> finished = new HashMap<>();
        Map<String, Evidence> evidence = new HashMap<>();
        shares.forEach((engine, share) -> {
            finished.put(engine, share.share());
            share.evidence().ifPresent(says -> evidence.put(engine, Evidence.supporting(SIGNAL, says)));
        });
        return new GpuAttribution(attributed, finished, evidence, problems(foreign));
    }

    private static List<Problem> problems(List<Tenant> foreign) {
        if (foreign.isEmpty()) {
            return List.of();
        }
        long bytes = foreign.stream()
                .mapToLong(tenant -> tenant.memoryBytes().known().orElse(0L))
                .sum();
        return List.of(new Problem(
                SIGNAL,
                "the GPU driver names " + foreign.size() + (foreign.size() == 1 ? " process" : " processes") + " with "
                        + Cells.bytesInText(bytes)
                        + " by pids of the host, which mean nothing in this container: their memory is laid to no engine;"
                        + " start the container with --pid=host, or run llmtop on the host"));
    }

    /** Tenants of a GPU, those of its MIG instances included. */
    static List<Tenant> all(Tenants tenants) {
        List<Tenant> all = new ArrayList<>(tenants.processes());
        tenants.mig().forEach(instance -> all.addAll(instance.processes()));
        return all;
    }

    private static Tenants tenants(Tenants tenants, Owners owners) {
        List<MigInstance> instances = new ArrayList<>();
        for (MigInstance instance : tenants.mig()) {
            instances.add(new MigInstance(
                    instance.index(),
                    instance.uuid(),
                    instance.profile(),
                    instance.memoryTotalBytes(),
                    instance.memoryUsedBytes(),
                    owned(instance.processes(), owners)));
        }
        return new Tenants(owned(tenants.processes(), owners), instances);
    }

    private static List<Tenant> owned(List<Tenant> tenants, Owners owners) {
        List<Tenant> owned = new ArrayList<>();
        for (Tenant tenant : tenants) {
            Optional<Owners.Owner> owner = owners.of(tenant.pid());
            Optional<String> engine = tenant.engine().or(() -> owner.map(Owners.Owner::engine));
            owned.add(new Tenant(
                    tenant.pid(),
                    tenant.memoryBytes(),
                    tenant.smRatio(),
                    engine,
                    tenant.engine().isPresent()
                            ? tenant.attribution()
                            : owner.map(Owners.Owner::attribution).orElse(Attribution.NONE),
                    tenant.command().or(() -> owners.program(tenant.pid()))));
        }
        return owned;
    }
}
