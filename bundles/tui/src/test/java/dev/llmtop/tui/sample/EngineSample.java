// SPDX-License-Identifier: MIT
package dev.llmtop.tui.sample;

import dev.llmtop.model.Attribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.Source;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Builds an engine piece by piece. */
public final class EngineSample {
    private static final Metric[] SHOWN = {
        Metric.GENERATION_TOKENS_PER_SECOND,
        Metric.PROMPT_TOKENS_PER_SECOND,
        Metric.RUNNING,
        Metric.WAITING,
        Metric.KV_CACHE_USED_RATIO,
        Metric.TIME_TO_FIRST_TOKEN
    };

    private final String title;
    private final String id;
    private final int port;
    private Role role = Role.ENGINE;
    private State state = State.READY;
    private Value<String> version = Value.of("1.0");
    private final List<ModelSnapshot> models = new ArrayList<>();
    private final List<String> backends = new ArrayList<>();
    private final Figures.Builder<Metric> figures = Figures.of(Metric.class);
    private final Map<Metric, Source> sources = new EnumMap<>(Metric.class);
    private final Map<String, Value.Unavailable<?>> gaps = new HashMap<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private Optional<ProcessInfo> process = Optional.empty();
    private Optional<EngineSnapshot.GpuShare> gpu = Optional.empty();
    private double age = 0.4;

    private EngineSample(String title, String id, int port) {
        this.title = title;
        this.id = id;
        this.port = port;
    }

    /** On the usual loopback address. */
    public static EngineSample at(String title, int port) {
        return new EngineSample(title, "127.0.0.1:" + port, port);
    }

    public EngineSample routes(String... ids) {
        role = Role.ROUTER;
        backends.addAll(List.of(ids));
        return this;
    }

    public EngineSample state(State other) {
        state = other;
        return this;
    }

    public EngineSample version(String text) {
        version = Value.of(text);
        return this;
    }

    public EngineSample model(ModelSnapshot model) {
        models.add(model);
        return this;
    }

    public EngineSample put(Metric metric, Object value) {
        figures.put(metric, value);
        return this;
    }

    public EngineSample missing(Metric metric, Reason reason, String detail) {
        figures.putUnavailable(metric, reason, detail);
        return this;
    }

    /** Whatever of the table's figures was not put yet. */
    public EngineSample rest(Reason reason, String detail) {
        for (Metric metric : SHOWN) {
            if (!figures.has(metric)) {
                figures.putUnavailable(metric, reason, detail);
            }
        }
        return this;
    }

    public EngineSample source(Metric metric, Source source) {
        sources.put(metric, source);
        return this;
    }

    public EngineSample gap(String path, Reason reason, String detail) {
        gaps.put(path, new Value.Unavailable<>(reason, detail));
        return this;
    }

    public EngineSample evidence(Evidence one) {
        evidence.add(one);
        return this;
    }

    public EngineSample process(ProcessInfo one) {
        process = Optional.of(one);
        return this;
    }

    public EngineSample gpu(long bytes, Integer... indices) {
        gpu = Optional.of(new EngineSnapshot.GpuShare(List.of(indices), Value.of(bytes), Attribution.ANCESTOR));
        return this;
    }

    public EngineSample age(double seconds) {
        age = seconds;
        return this;
    }

    public EngineSnapshot build() {
        return new EngineSnapshot(
                new EngineSnapshot.Identity(id, kind(), title, version, role, state),
                new EngineSnapshot.Placement("http://" + id, OptionalInt.of(port), List.of(), process, gpu),
                models,
                new EngineSnapshot.Serving(Map.of(), backends, List.of()),
                new EngineSnapshot.Measured(
                        figures.build(),
                        sources,
                        Map.of(),
                        Optional.of(new EngineSnapshot.Freshness(Samples.TIME.minusMillis((long) (age * 1000)), age))),
                new EngineSnapshot.Findings(evidence, gaps));
    }

    private String kind() {
        String letters = title.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]", "");
        return letters.isEmpty() ? "unknown" : letters;
    }
}
