// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One GPU of the JSON contract. */
final class GpuJson {
    private GpuJson() {}

    static void write(Gpu gpu, JsonGenerator out) throws IOException {
        JsonScope scope = new JsonScope(out, Map.of());
        Gpu.Identity identity = gpu.identity();
        out.writeStartObject();
        scope.count("index", identity.index());
        scope.textUnlessEmpty("uuid", identity.uuid(), Reason.NOT_SUPPORTED, "the driver does not tell it");
        scope.text("vendor", identity.vendor());
        scope.text("name", identity.name());
        scope.textUnlessEmpty(
                "driver", identity.driver(), Reason.NOT_SUPPORTED, "the driver does not tell its version");
        scope.textUnlessEmpty("pciBusId", identity.pciBusId(), Reason.NOT_SUPPORTED, "the driver does not tell it");
        scope.text("state", gpu.state().code());
        scope.flag("unifiedMemory", gpu.memory().unified());
        scope.text("memoryTotalSource", gpu.memory().totalSource());
        scope.figures(gpu.figures(), "");
        scope.texts("throttle", gpu.throttle());
        out.writeArrayFieldStart("mig");
        for (int at = 0; at < gpu.tenants().mig().size(); at++) {
            instance(gpu.tenants().mig().get(at), "mig[" + at + "].", scope);
        }
        out.writeEndArray();
        tenants(gpu.tenants().processes(), "", scope);
        scope.gaps();
        out.writeEndObject();
    }

    private static void instance(Gpu.MigInstance instance, String path, JsonScope scope) throws IOException {
        JsonGenerator out = scope.generator();
        out.writeStartObject();
        scope.count("index", instance.index());
        scope.text("uuid", instance.uuid());
        scope.text("profile", instance.profile());
        scope.value("memoryTotalBytes", path + "memoryTotalBytes", instance.memoryTotalBytes());
        scope.value("memoryUsedBytes", path + "memoryUsedBytes", instance.memoryUsedBytes());
        tenants(instance.processes(), path, scope);
        out.writeEndObject();
    }

    private static void tenants(List<Gpu.Tenant> tenants, String path, JsonScope scope) throws IOException {
        JsonGenerator out = scope.generator();
        out.writeArrayFieldStart("processes");
        for (int at = 0; at < tenants.size(); at++) {
            Gpu.Tenant tenant = tenants.get(at);
            String below = path + "processes[" + at + "].";
            out.writeStartObject();
            scope.count("pid", tenant.pid());
            scope.value("memoryBytes", below + "memoryBytes", tenant.memoryBytes());
            scope.value("smRatio", below + "smRatio", tenant.smRatio());
            scope.text("command", tenant.command());
            scope.text("engine", tenant.engine());
            scope.text("attribution", tenant.attribution().code());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
