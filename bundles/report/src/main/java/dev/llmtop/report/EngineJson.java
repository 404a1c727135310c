// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.Source;
import dev.llmtop.model.Text;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** One engine of the JSON contract. */
final class EngineJson {
    private EngineJson() {}

    static void write(EngineSnapshot engine, JsonGenerator out) throws IOException {
        JsonScope scope = new JsonScope(out, engine.findings().unavailable());
        out.writeStartObject();
        identity(engine.identity(), scope);
        placement(engine.placement(), scope);
        out.writeArrayFieldStart("models");
        for (ModelSnapshot model : engine.models()) {
            model(model, out);
        }
        out.writeEndArray();
        config(engine.serving().config(), scope);
        if (engine.placement().gpu().isPresent()) {
            share(engine.placement().gpu().get(), scope);
        }
        measured(engine.measured(), scope);
        evidence(engine, scope);
        scope.texts("backends", engine.serving().backends());
        out.writeArrayFieldStart("remoteBackends");
        for (EngineSnapshot.RemoteBackend backend : engine.serving().remoteBackends()) {
            out.writeStartObject();
            scope.text("host", backend.host());
            scope.text("model", backend.model());
            out.writeEndObject();
        }
        out.writeEndArray();
        scope.gaps();
        out.writeEndObject();
    }

    private static void identity(EngineSnapshot.Identity identity, JsonScope scope) throws IOException {
        scope.text("id", identity.id());
        scope.text("kind", identity.kind());
        scope.text("title", identity.title());
        scope.value("version", "version", identity.version());
        scope.text("role", identity.role().code());
        scope.text("state", identity.state().code());
    }

    private static void placement(EngineSnapshot.Placement placement, JsonScope scope) throws IOException {
        scope.text("url", placement.url());
        if (placement.port().isPresent()) {
            scope.count("port", placement.port().getAsInt());
        }
        scope.texts("alsoAt", placement.alsoAt());
        if (placement.process().isPresent()) {
            process(placement.process().get(), scope);
        }
    }

    private static void process(ProcessInfo process, JsonScope scope) throws IOException {
        JsonGenerator out = scope.generator();
        out.writeObjectFieldStart("process");
        scope.count("pid", process.pid());
        out.writeArrayFieldStart("pids");
        for (long pid : process.pids()) {
            out.writeNumber(pid);
        }
        out.writeEndArray();
        scope.text("user", process.owner().user());
        scope.text("command", process.owner().command());
        scope.instant("started", process.owner().started());
        // A clock set back makes a start that lies ahead.
        scope.number(
                "uptimeSeconds",
                "process.uptimeSeconds",
                Math.max(0, process.owner().uptimeSeconds()));
        scope.value("cpuRatio", "process.cpuRatio", process.usage().cpuRatio());
        scope.value("memoryBytes", "process.memoryBytes", process.usage().memoryBytes());
        if (process.container().isPresent()) {
            ProcessInfo.ContainerInfo container = process.container().get();
            out.writeObjectFieldStart("container");
            scope.text("id", container.id());
            scope.text("runtime", container.runtime());
            scope.value("name", "process.container.name", container.name());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void model(ModelSnapshot model, JsonGenerator out) throws IOException {
        JsonScope scope = new JsonScope(out, model.unavailable());
        out.writeStartObject();
        scope.text("id", model.id());
        scope.text("state", model.state().code());
        scope.flag("primary", model.primary());
        // In the order of the enum: a map's own order differs from run to run.
        for (ModelSnapshot.Fact fact : ModelSnapshot.Fact.values()) {
            if (model.number(fact).isPresent()) {
                scope.count(fact.jsonName(), model.number(fact).get());
            } else {
                scope.text(fact.jsonName(), model.text(fact));
            }
        }
        out.writeObjectFieldStart("metrics");
        scope.figures(model.metrics(), "metrics.");
        out.writeEndObject();
        scope.gaps();
        out.writeEndObject();
    }

    private static void config(Map<String, Object> config, JsonScope scope) throws IOException {
        Map<String, Object> cleaned = new TreeMap<>();
        config.forEach((name, value) -> cleaned.putIfAbsent(Text.clean(name), value));
        scope.generator().writeObjectFieldStart("config");
        for (Map.Entry<String, Object> setting : cleaned.entrySet()) {
            if (setting.getValue() instanceof Long whole) {
                scope.count(setting.getKey(), whole);
            } else if (setting.getValue() instanceof Boolean flag) {
                scope.flag(setting.getKey(), flag);
            } else if (setting.getValue() instanceof Double number) {
                scope.number(setting.getKey(), "config." + setting.getKey(), number);
            } else {
                scope.text(setting.getKey(), setting.getValue().toString());
            }
        }
        scope.generator().writeEndObject();
    }

    private static void share(EngineSnapshot.GpuShare share, JsonScope scope) throws IOException {
        JsonGenerator out = scope.generator();
        out.writeObjectFieldStart("gpu");
        out.writeArrayFieldStart("indices");
        for (int index : share.indices()) {
            out.writeNumber(index);
        }
        out.writeEndArray();
        scope.value("memoryBytes", "gpu.memoryBytes", share.memoryBytes());
        scope.text("attribution", share.attribution().code());
        out.writeEndObject();
    }

    private static void measured(EngineSnapshot.Measured measured, JsonScope scope) throws IOException {
        JsonGenerator out = scope.generator();
        out.writeObjectFieldStart("metrics");
        scope.figures(measured.metrics(), "metrics.");
        out.writeEndObject();
        out.writeObjectFieldStart("sources");
        for (Map.Entry<Metric, Source> source : measured.sources().entrySet()) {
            out.writeObjectFieldStart("metrics." + source.getKey().jsonName());
            scope.text("path", source.getValue().path());
            scope.texts("series", source.getValue().series());
            scope.text("combined", source.getValue().combined().code());
            scope.text("basis", source.getValue().basis().code());
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeObjectFieldStart("extra");
        scope.numbers(measured.extra());
        out.writeEndObject();
        if (measured.freshness().isPresent()) {
            out.writeObjectFieldStart("freshness");
            scope.instant("measured", measured.freshness().get().measured());
            scope.number("ageSeconds", Math.max(0, measured.freshness().get().ageSeconds()));
            out.writeEndObject();
        }
    }

    private static void evidence(EngineSnapshot engine, JsonScope scope) throws IOException {
        JsonGenerator out = scope.generator();
        out.writeArrayFieldStart("evidence");
        for (Evidence evidence : engine.findings().evidence()) {
            out.writeStartObject();
            scope.text("signal", evidence.signal());
            scope.text("verdict", evidence.verdict().code());
            scope.text("says", evidence.says());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
