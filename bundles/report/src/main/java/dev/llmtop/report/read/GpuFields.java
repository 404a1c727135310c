// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import dev.llmtop.model.Attribution;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import java.util.ArrayList;
import java.util.List;

/** Reads one GPU. */
final class GpuFields {
    private final JsonFields gpu;
    private final JsonGaps gaps;

    private GpuFields(JsonFields gpu, JsonGaps gaps) {
        this.gpu = gpu;
        this.gaps = gaps;
    }

    static Gpu read(JsonFields gpu) throws UnreadableException {
        return new GpuFields(gpu, JsonGaps.of(gpu)).gpu();
    }

    private Gpu gpu() throws UnreadableException {
        return new Gpu(
                new Gpu.Identity(
                        gpu.smallCount("index"),
                        gpu.text("uuid"),
                        gpu.text("vendor"),
                        gpu.text("name"),
                        gpu.text("driver"),
                        gpu.text("pciBusId")),
                Codes.of(Gpu.State.values(), Gpu.State::code, gpu, "state", Gpu.State.ACTIVE, gaps),
                new Gpu.Memory(gpu.flag("unifiedMemory"), gpu.text("memoryTotalSource")),
                FigureFields.read(GpuMetric.class, gpu, "", gaps),
                gpu.texts("throttle"),
                new Gpu.Tenants(tenants(gpu, ""), instances()));
    }

    private List<Gpu.MigInstance> instances() throws UnreadableException {
        List<Gpu.MigInstance> instances = new ArrayList<>();
        for (JsonFields instance : gpu.objects("mig")) {
            String path = "mig[" + instances.size() + "].";
            instances.add(new Gpu.MigInstance(
                    instance.smallCount("index"),
                    instance.text("uuid"),
                    instance.text("profile"),
                    gaps.value(path + "memoryTotalBytes", instance.knownCount("memoryTotalBytes")),
                    gaps.value(path + "memoryUsedBytes", instance.knownCount("memoryUsedBytes")),
                    tenants(instance, path)));
        }
        return instances;
    }

    private List<Gpu.Tenant> tenants(JsonFields holder, String path) throws UnreadableException {
        List<Gpu.Tenant> tenants = new ArrayList<>();
        for (JsonFields tenant : holder.objects("processes")) {
            String below = path + "processes[" + tenants.size() + "].";
            tenants.add(new Gpu.Tenant(
                    tenant.count("pid"),
                    gaps.value(below + "memoryBytes", tenant.knownCount("memoryBytes")),
                    gaps.value(below + "smRatio", tenant.knownNumber("smRatio")),
                    tenant.knownText("engine"),
                    Codes.find(Attribution.values(), Attribution::code, tenant.text("attribution"))
                            .orElse(Attribution.NONE),
                    tenant.knownText("command")));
        }
        return tenants;
    }
}
