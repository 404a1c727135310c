// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Attribution;
import dev.llmtop.model.EngineSnapshot.GpuShare;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Gpu.MigInstance;
import dev.llmtop.model.Gpu.Tenant;
import dev.llmtop.model.Gpu.Tenants;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Lays GPU memory to engines by the processes that hold it.
 *
 * @param gpus with the engines of their tenants
 * @param shares by engine
 */
record GpuAttribution(List<Gpu> gpus, Map<String, GpuShare> shares) {
    GpuAttribution {
        gpus = List.copyOf(gpus);
        shares = Map.copyOf(shares);
    }

    static GpuAttribution of(List<Gpu> gpus, Owners owners) {
        Map<String, Share> shares = new HashMap<>();
        List<Gpu> attributed = new ArrayList<>();
        for (Gpu gpu : gpus) {
            Tenants tenants = tenants(gpu.tenants(), owners);
            attributed.add(new Gpu(gpu.identity(), gpu.state(), gpu.memory(), gpu.figures(), gpu.throttle(), tenants));
            int index = gpu.identity().index();
            all(tenants)
                    .forEach(tenant -> tenant.engine()
                            .ifPresent(engine -> shares.computeIfAbsent(engine, unused -> new Share())
                                    .add(index, tenant)));
        }
        Map<String, GpuShare> finished = new HashMap<>();
        shares.forEach((engine, share) -> finished.put(engine, share.share()));
        return new GpuAttribution(attributed, finished);
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
            owned.add(
                    tenant.engine().isPresent() || owner.isEmpty()
                            ? tenant
                            : new Tenant(
                                    tenant.pid(),
                                    tenant.memoryBytes(),
                                    tenant.smRatio(),
                                    owner.map(Owners.Owner::engine),
                                    owner.get().attribution()));
        }
        return owned;
    }

    /** A sum is only known where every part of it is. */
    private static final class Share {
        private final TreeSet<Integer> indices = new TreeSet<>();
        private Value<Long> bytes = Value.of(0L);
        private Attribution weakest = Attribution.PID;

        void add(int index, Tenant tenant) {
            indices.add(index);
            bytes = plus(bytes, tenant.memoryBytes());
            if (tenant.attribution().compareTo(weakest) > 0) {
                weakest = tenant.attribution();
            }
        }

        private static Value<Long> plus(Value<Long> sum, Value<Long> part) {
            if (sum instanceof Value.Known<Long> known) {
                return part.map(more -> known.value() + more);
            }
            return sum;
        }

        GpuShare share() {
            return new GpuShare(new ArrayList<>(indices), bytes, weakest);
        }
    }
}
