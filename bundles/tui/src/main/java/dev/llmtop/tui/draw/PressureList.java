// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.GpuMemory;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.tui.state.RowId;
import dev.llmtop.tui.state.Scene;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All values of a moment that are under pressure.
 *
 * @param all the worst first
 * @param waiting by engine, of its waiting requests
 */
record PressureList(List<Item> all, Map<String, Pressure> waiting) {
    PressureList {
        all = List.copyOf(all);
        waiting = Map.copyOf(waiting);
    }

    /** @param says such as {@code GPU4 memory 99%}, {@code :8003 KV 96%} */
    record Item(Pressure level, String says) {}

    static PressureList of(Scene scene) {
        List<Item> items = new ArrayList<>();
        Map<String, Pressure> waiting = new HashMap<>();
        Snapshot snapshot = scene.snapshot();
        snapshot.machine().gpus().forEach(gpu -> gpu(gpu, snapshot, items));
        WaitingPressure rule = new WaitingPressure(scene);
        for (EngineSnapshot engine : snapshot.engines()) {
            if (engine.identity().state() != State.UNREACHABLE) {
                boolean waits =
                        engine.measured().metrics().number(Metric.WAITING).orElse(0.0) > 0;
                Pressure pressure = waits ? rule.of(RowId.of(engine.identity().id())) : Pressure.NONE;
                waiting.put(engine.identity().id(), pressure);
                engine(engine, pressure, snapshot.agent().tickSeconds(), items);
            }
        }
        items.removeIf(item -> item.level() == Pressure.NONE);
        items.sort(Comparator.comparing(Item::level, Comparator.reverseOrder()));
        return new PressureList(items, waiting);
    }

    private static void gpu(Gpu gpu, Snapshot snapshot, List<Item> items) {
        boolean alone = snapshot.machine().gpus().size() == 1;
        String name = alone ? "" : "GPU" + gpu.identity().index() + " ";
        GpuMemory memory = GpuMemory.of(gpu, snapshot);
        memory.usedRatio()
                .ifPresent(ratio -> items.add(new Item(memory.pressure(), name + "memory " + Cells.ratio(ratio))));
        String degrees = gpu.figures()
                .number(GpuMetric.TEMPERATURE_CELSIUS)
                .map(celsius -> Math.round(celsius) + "°C")
                .orElse("throttled");
        items.add(new Item(Pressure.ofTemperature(gpu), name + degrees));
        if (gpu.state() == Gpu.State.LOST) {
            items.add(new Item(Pressure.CRITICAL, name.isEmpty() ? "GPU lost" : name + "lost"));
        }
    }

    private static void engine(EngineSnapshot engine, Pressure waiting, double tickSeconds, List<Item> items) {
        String name = EngineNames.address(engine) + " ";
        Figures<Metric> figures = engine.measured().metrics();
        figures.number(Metric.KV_CACHE_USED_RATIO)
                .ifPresent(ratio -> items.add(new Item(Pressure.ofKvCache(ratio), name + "KV " + Cells.ratio(ratio))));
        figures.number(Metric.WAITING)
                .ifPresent(count -> items.add(new Item(waiting, name + "waiting " + Cells.count(Math.round(count)))));
        figures.number(Metric.PREEMPTIONS_PER_SECOND)
                .ifPresent(rate -> items.add(
                        new Item(Pressure.ofPreemptions(rate), name + "preempts " + Cells.number(rate) + "/s")));
        figures.known(Metric.TIME_TO_FIRST_TOKEN, Distribution.class)
                .flatMap(distribution -> distribution.quantiles().p99())
                .ifPresent(seconds -> items.add(
                        new Item(Pressure.ofTimeToFirstToken(seconds), name + "TTFT p99 " + Cells.latency(seconds))));
        engine.measured()
                .freshness()
                .ifPresent(freshness -> items.add(new Item(
                        Pressure.ofAge(freshness.ageSeconds(), tickSeconds),
                        name + "is " + Cells.duration(freshness.ageSeconds()) + " old")));
    }

    /** How much the waiting requests of an engine weigh. */
    Pressure waiting(String engine) {
        return waiting.getOrDefault(engine, Pressure.NONE);
    }

    /** Of all waiting requests together. */
    Pressure worstWaiting() {
        return waiting.values().stream().max(Comparator.naturalOrder()).orElse(Pressure.NONE);
    }
}
