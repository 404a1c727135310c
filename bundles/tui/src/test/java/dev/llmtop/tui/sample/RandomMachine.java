// SPDX-License-Identifier: MIT
package dev.llmtop.tui.sample;

import dev.llmtop.model.Attribution;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Figure;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Numbers;
import dev.llmtop.model.Parts;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.model.Texts;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A machine of which anything may be known, unknown, absent, or out of all bounds. */
public final class RandomMachine {
    private static final double[] NUMBERS = {
        0, 0.001, 0.5, 0.96, 1, 7, 99.96, 143.2, 1_000, 999_999.9, 1e12, 1e300, -1, -1e9, Double.MIN_VALUE
    };
    private static final String[] NAMES = {
        "vLLM", "", "llama.cpp", "\u6a21\u578b\u6a21\u578b", "\u001b[2J", "x".repeat(400), "a b"
    };

    private final Random random;

    private RandomMachine(long seed) {
        this.random = new Random(seed);
    }

    /** The same machine for the same seed. */
    public static Snapshot of(long seed) {
        return new RandomMachine(seed).snapshot();
    }

    private Snapshot snapshot() {
        List<Gpu> gpus = new ArrayList<>();
        int cards = random.nextInt(4) == 0 ? random.nextInt(40) : random.nextInt(3);
        for (int index = 0; index < cards; index++) {
            gpus.add(gpu(index));
        }
        List<EngineSnapshot> engines = new ArrayList<>();
        int count = random.nextInt(12);
        for (int index = 0; index < count; index++) {
            engines.add(engine(8_000 + index, count));
        }
        Host host = new Host(name(), "", "", "", 1, figures(HostMetric.class, HostMetric.values()));
        Figures<Metric> sums = figures(Metric.class, Metric.values());
        return Samples.snapshot(
                host,
                gpus,
                engines,
                new Snapshot.Totals(sums, List.of(Metric.RUNNING)),
                List.of(new Snapshot.Problem(name(), name())));
    }

    private String name() {
        return NAMES[random.nextInt(NAMES.length)];
    }

    private <E> E one(E[] all) {
        return all[random.nextInt(all.length)];
    }

    private double number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private EngineSnapshot engine(int port, int count) {
        EngineSample engine =
                EngineSample.at(name(), port).state(one(State.values())).age(Math.abs(random.nextInt(99)));
        if (one(Role.values()) == Role.ROUTER) {
            engine.routes(
                    "127.0.0.1:" + (8_000 + random.nextInt(count + 2)), "127.0.0.1:" + (8_000 + random.nextInt(count)));
        }
        for (int index = random.nextInt(4); index > 0; index--) {
            engine.model(Samples.model(
                    name() + index, one(ModelState.values()), index == 1, number(), (long) number(), name()));
        }
        figures(Metric.class, Metric.values()).asMap().forEach((metric, value) -> engine.put(metric, value));
        if (random.nextBoolean()) {
            engine.gap(one(new String[] {"metrics", "process", "models", "gpu"}), one(Reason.values()), name());
        } else {
            engine.process(Samples.process(random.nextInt(), name(), name()));
            engine.gpu((long) number(), 0, 3, 7);
        }
        return engine.build();
    }

    private Gpu gpu(int index) {
        Gpu.Tenant tenant = new Gpu.Tenant(
                index,
                random.nextBoolean() ? Value.of((long) number()) : Value.unavailable(one(Reason.values()), name()),
                Value.unavailable(Reason.NOT_SUPPORTED, ""),
                random.nextBoolean() ? Optional.of("127.0.0.1:8000") : Optional.empty(),
                one(Attribution.values()));
        return new Gpu(
                new Gpu.Identity(index, "", "nvidia", name(), "", ""),
                one(Gpu.State.values()),
                new Gpu.Memory(random.nextBoolean(), "device"),
                figures(GpuMetric.class, GpuMetric.values()),
                List.of(name()),
                new Gpu.Tenants(List.of(tenant), List.of()));
    }

    private <F extends Enum<F> & Figure> Figures<F> figures(Class<F> type, F[] all) {
        Figures.Builder<F> builder = Figures.of(type);
        for (F figure : all) {
            switch (random.nextInt(4)) {
                case 0 -> {}
                case 1 -> builder.putUnavailable(figure, one(Reason.values()), name());
                default -> builder.put(figure, value(figure.form()));
            }
        }
        return builder.build();
    }

    private Value<?> value(Figure.Form form) {
        return switch (form) {
            case COUNT -> Value.of((long) number());
            case NUMBER -> Value.of(number());
            case RATIO -> Value.of(Math.min(1, Math.max(0, number())));
            case TEXT -> Value.of(name());
            case FLAG -> Value.of(random.nextBoolean());
            case DISTRIBUTION -> Value.of(distribution());
            case PARTS -> Value.of(new Parts(Map.of(name(), number())));
            case NUMBERS -> Value.of(new Numbers(List.of(number())));
            case TEXTS -> Value.of(new Texts(List.of(name())));
        };
    }

    private Distribution distribution() {
        Optional<Double> some = random.nextBoolean() ? Optional.of(number()) : Optional.empty();
        return new Distribution(
                new Distribution.Quantiles(some, some, some),
                some,
                random.nextInt(3),
                60,
                random.nextBoolean() ? List.of() : List.of(new Distribution.Bucket(number(), 1)),
                Optional.empty());
    }
}
