// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import dev.llmtop.model.Attribution;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.Role;
import dev.llmtop.model.Source;
import dev.llmtop.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Reads one engine. */
final class EngineFields {
    private static final String METRICS = "metrics.";

    private final JsonFields engine;
    private final JsonGaps gaps;

    private EngineFields(JsonFields engine, JsonGaps gaps) {
        this.engine = engine;
        this.gaps = gaps;
    }

    static EngineSnapshot read(JsonFields engine) throws UnreadableException {
        return new EngineFields(engine, JsonGaps.of(engine)).engine();
    }

    private EngineSnapshot engine() throws UnreadableException {
        List<ModelSnapshot> models = new ArrayList<>();
        for (JsonFields model : engine.objects("models")) {
            models.add(ModelFields.read(model));
        }
        EngineSnapshot.Identity identity = identity();
        EngineSnapshot.Placement placement = placement();
        EngineSnapshot.Measured measured = measured();
        return new EngineSnapshot(
                identity, placement, models, serving(), measured, new EngineSnapshot.Findings(evidence(), gaps.rest()));
    }

    private EngineSnapshot.Identity identity() throws UnreadableException {
        return new EngineSnapshot.Identity(
                engine.neededText("id"),
                engine.text("kind"),
                engine.text("title"),
                gaps.value("version", engine.knownText("version")),
                Codes.of(Role.values(), Role::code, engine, "role", Role.ENGINE, gaps),
                Codes.of(State.values(), State::code, engine, "state", State.IDENTIFYING, gaps));
    }

    private EngineSnapshot.Placement placement() throws UnreadableException {
        Optional<JsonFields> process = engine.knownObject("process");
        Optional<JsonFields> share = engine.knownObject("gpu");
        return new EngineSnapshot.Placement(
                engine.text("url"),
                engine.has("port") ? OptionalInt.of(engine.smallCount("port")) : OptionalInt.empty(),
                engine.texts("alsoAt"),
                process.isPresent() ? Optional.of(process(process.get())) : Optional.empty(),
                share.isPresent() ? Optional.of(share(share.get())) : Optional.empty());
    }

    private ProcessInfo process(JsonFields process) throws UnreadableException {
        Optional<JsonFields> container = process.knownObject("container");
        return new ProcessInfo(
                process.count("pid"),
                process.counts("pids"),
                new ProcessInfo.Owner(
                        process.text("user"),
                        process.text("command"),
                        process.instant("started"),
                        process.number("uptimeSeconds")),
                new ProcessInfo.Usage(
                        gaps.value("process.cpuRatio", process.knownNumber("cpuRatio")),
                        gaps.value("process.memoryBytes", process.knownCount("memoryBytes"))),
                container.isPresent() ? Optional.of(container(container.get())) : Optional.empty());
    }

    private ProcessInfo.ContainerInfo container(JsonFields container) throws UnreadableException {
        return new ProcessInfo.ContainerInfo(
                container.text("id"),
                container.text("runtime"),
                gaps.value("process.container.name", container.knownText("name")));
    }

    private EngineSnapshot.GpuShare share(JsonFields share) throws UnreadableException {
        return new EngineSnapshot.GpuShare(
                share.counts("indices").stream().map(Long::intValue).toList(),
                gaps.value("gpu.memoryBytes", share.knownCount("memoryBytes")),
                Codes.find(Attribution.values(), Attribution::code, share.text("attribution"))
                        .orElse(Attribution.NONE));
    }

    private EngineSnapshot.Serving serving() throws UnreadableException {
        List<EngineSnapshot.RemoteBackend> remote = new ArrayList<>();
        for (JsonFields backend : engine.objects("remoteBackends")) {
            remote.add(new EngineSnapshot.RemoteBackend(backend.text("host"), backend.text("model")));
        }
        return new EngineSnapshot.Serving(engine.object("config").scalars(), engine.texts("backends"), remote);
    }

    private EngineSnapshot.Measured measured() throws UnreadableException {
        Optional<JsonFields> freshness = engine.knownObject("freshness");
        return new EngineSnapshot.Measured(
                FigureFields.read(Metric.class, engine.object("metrics"), METRICS, gaps),
                sources(),
                engine.object("extra").numbersByName(),
                freshness.isPresent()
                        ? Optional.of(new EngineSnapshot.Freshness(
                                freshness.get().instant("measured"),
                                freshness.get().number("ageSeconds")))
                        : Optional.empty());
    }

    private Map<Metric, Source> sources() throws UnreadableException {
        Map<Metric, Source> sources = new TreeMap<>();
        JsonFields written = engine.object("sources");
        for (Metric metric : Metric.values()) {
            Optional<JsonFields> source = written.knownObject(METRICS + metric.jsonName());
            if (source.isEmpty()) {
                continue;
            }
            Optional<Combined> combined =
                    Codes.find(Combined.values(), Combined::code, source.get().text("combined"));
            Optional<Basis> basis =
                    Codes.find(Basis.values(), Basis::code, source.get().text("basis"));
            if (combined.isPresent() && basis.isPresent()) {
                sources.put(
                        metric,
                        new Source(
                                source.get().text("path"), source.get().texts("series"), combined.get(), basis.get()));
            }
        }
        return sources;
    }

    private List<Evidence> evidence() throws UnreadableException {
        List<Evidence> evidence = new ArrayList<>();
        for (JsonFields piece : engine.objects("evidence")) {
            Optional<Evidence.Weight> weight =
                    Codes.find(Evidence.Weight.values(), Evidence.Weight::code, piece.text("verdict"));
            if (weight.isPresent()) {
                evidence.add(new Evidence(piece.text("signal"), weight.get(), piece.text("says")));
            }
        }
        return evidence;
    }
}
