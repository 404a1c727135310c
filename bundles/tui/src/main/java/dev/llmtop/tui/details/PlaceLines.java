// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.GpuMemory;
import dev.llmtop.model.Attribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.Role;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lines about what an engine is and where it runs. */
final class PlaceLines {
    private static final int SHORT_ID = 12;
    private static final int SHORTEST_ID = 4;
    private static final int WIDE = 100;

    private final Subject subject;
    private final EngineSnapshot engine;
    private final Sheet sheet;

    PlaceLines(Subject subject, Sheet sheet) {
        this.subject = subject;
        this.engine = subject.engine();
        this.sheet = sheet;
    }

    void engine() {
        List<String> parts = new ArrayList<>();
        parts.add(engine.identity().title()
                + engine.identity()
                        .version()
                        .known()
                        .map(version -> " " + version)
                        .orElse(""));
        subject.gone().ifPresent(gone -> parts.add("gone for " + Names.duration(gone.toSeconds())));
        engine.placement()
                .process()
                .filter(process -> subject.gone().isEmpty())
                .ifPresent(process ->
                        parts.add("up " + Names.duration(process.owner().uptimeSeconds())));
        parts.add(engine.placement().url());
        setting("tensorParallel").ifPresent(ranks -> parts.add("tp " + ranks));
        context().ifPresent(tokens -> parts.add("context " + tokens));
        sheet.labelled("engine", Span.of(String.join(", ", parts)));
        if (!engine.placement().alsoAt().isEmpty()) {
            sheet.labelled(
                    "also at", Span.of(String.join(", ", engine.placement().alsoAt())));
        }
    }

    /** Of the model that speaks for the engine: its main one, or its only one. */
    private Optional<Long> context() {
        List<ModelSnapshot> models = engine.models();
        Optional<ModelSnapshot> primary =
                models.stream().filter(ModelSnapshot::primary).findFirst();
        Optional<ModelSnapshot> model =
                primary.isPresent() || models.size() != 1 ? primary : Optional.of(models.get(0));
        return model.flatMap(one -> one.number(Fact.CONTEXT_TOKENS));
    }

    private Optional<String> setting(String name) {
        return Optional.ofNullable(engine.serving().config().get(name)).map(Object::toString);
    }

    void process() {
        Optional<ProcessInfo> known = engine.placement().process();
        if (known.isEmpty()) {
            subject.gap("process").ifPresent(gap -> sheet.labelled("process", Names.why(gap)));
            return;
        }
        ProcessInfo process = known.get();
        String container = process.container()
                .map(around -> ", container "
                        + around.name().known().map(name -> name + " ").orElse("") + "(" + around.runtime() + " "
                        + shortened(around.id()) + ")")
                .orElse(", no container");
        List<Span> line = new ArrayList<>();
        line.add(Span.of(process.pid() + " " + process.owner().user() + container + "  cpu "));
        line.add(value(process.usage().cpuRatio(), Cells::ratio));
        line.add(Span.of("  rss "));
        line.add(value(process.usage().memoryBytes(), bytes -> Cells.bytesInText(bytes)));
        if (process.pids().size() > 1 && sheet.columns() >= WIDE) {
            line.add(Span.of("  " + process.pids().size() + " processes"));
        }
        sheet.labelled("process", line.toArray(Span[]::new));
        sheet.labelled("command", Span.of(process.owner().command()));
    }

    private String shortened(String id) {
        int kept = sheet.columns() < WIDE ? SHORTEST_ID : SHORT_ID;
        return id.length() > kept ? id.substring(0, kept) + "…" : id;
    }

    private static <T> Span value(Value<T> value, Function<T, String> writer) {
        return value.known()
                .map(known -> Span.of(writer.apply(known)))
                .orElseGet(() -> value.missing().map(Names::cell).orElse(Span.of("")));
    }

    void gpu() {
        Optional<EngineSnapshot.GpuShare> share = engine.placement().gpu();
        if (share.isEmpty()) {
            subject.gap("gpu").ifPresent(gap -> sheet.labelled("gpu", Names.why(gap)));
            return;
        }
        String indices = share.get().indices().stream().map(String::valueOf).collect(Collectors.joining(","));
        List<Span> line = new ArrayList<>();
        line.add(Span.of((indices.isEmpty() ? "?" : indices) + ": "));
        Optional<Long> held = share.get().memoryBytes().known();
        if (held.isPresent()) {
            line.add(Span.of(memory(held.get(), gpus(share.get()))));
        } else {
            share.get().memoryBytes().missing().ifPresent(gap -> line.addAll(List.of(Names.why(gap))));
        }
        line.add(Span.of(", " + attributed(share.get().attribution())));
        sheet.labelled("gpu", line.toArray(Span[]::new));
    }

    private List<Gpu> gpus(EngineSnapshot.GpuShare share) {
        return subject.snapshot().machine().gpus().stream()
                .filter(gpu -> share.indices().contains(gpu.identity().index()))
                .toList();
    }

    private String memory(long held, List<Gpu> gpus) {
        Snapshot snapshot = subject.snapshot();
        List<Long> totals = gpus.stream()
                .map(gpu -> GpuMemory.of(gpu, snapshot).totalBytes())
                .flatMap(Optional::stream)
                .toList();
        String written = Cells.bytesInText(held);
        if (totals.isEmpty() || totals.size() < gpus.size()) {
            return written;
        }
        String total =
                Cells.bytesInText(totals.stream().mapToLong(Long::longValue).sum());
        String unit = written.substring(written.indexOf(' '));
        String whole = total.endsWith(unit) ? total.substring(0, total.length() - unit.length()) : total;
        boolean unified = gpus.stream().anyMatch(gpu -> gpu.memory().unified());
        return written + " of " + whole + (unified ? " unified" : "");
    }

    private String attributed(Attribution attribution) {
        String pids = subject.snapshot().machine().gpus().stream()
                .flatMap(gpu -> gpu.tenants().processes().stream())
                .filter(tenant -> tenant.engine().filter(subject.id()::equals).isPresent())
                .map(tenant -> Long.toString(tenant.pid()))
                .distinct()
                .collect(Collectors.joining(", "));
        String process = pids.isEmpty() ? "a GPU process" : "GPU process " + pids;
        return switch (attribution) {
            case PID -> "it is " + process;
            case ANCESTOR -> "by ancestor of " + process;
            case CONTAINER -> "by the container of " + process;
            case NAMESPACE_PID -> "by the pid of " + process + " in its namespace";
            case COMMAND_LINE -> "by a command line above " + process;
            case NONE -> "by nothing certain";
        };
    }

    /** The routers before it. */
    void routes() {
        for (EngineSnapshot router : subject.snapshot().engines()) {
            if (router.identity().role() == Role.ROUTER
                    && router.serving().backends().contains(subject.id())) {
                sheet.labelled("route", Span.of(Names.of(router) + " ─► " + Names.of(engine) + shared(router)));
            }
        }
    }

    private String shared(EngineSnapshot router) {
        List<String> routed = router.models().stream().map(ModelSnapshot::id).toList();
        List<String> both = engine.models().stream()
                .map(ModelSnapshot::id)
                .filter(routed::contains)
                .toList();
        return both.isEmpty() ? "" : ", both serve " + String.join(", ", both);
    }

    /** What it was started with, besides what stands in the line of the engine. */
    void config() {
        Map<String, Object> config = new TreeMap<>(engine.serving().config());
        config.remove("tensorParallel");
        if (!config.isEmpty()) {
            sheet.labelled(
                    "config",
                    Span.of(config.entrySet().stream()
                            .map(setting -> setting.getKey() + " " + setting.getValue())
                            .collect(Collectors.joining(", "))));
        }
    }
}
