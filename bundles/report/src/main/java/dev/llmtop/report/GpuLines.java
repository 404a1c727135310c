// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** A line for each GPU, or one that says why there is none. */
final class GpuLines {
    private final Snapshot snapshot;
    private final Consumer<Cell> used;

    /** @param used learns of every cell, for the legend */
    GpuLines(Snapshot snapshot, Consumer<Cell> used) {
        this.snapshot = snapshot;
        this.used = used;
    }

    List<String> lines() {
        List<Gpu> gpus = snapshot.machine().gpus();
        if (gpus.isEmpty()) {
            return List.of("GPU  none: "
                    + problem(snapshot).map(Snapshot.Problem::detail).orElse("no GPU source reports one"));
        }
        List<String> lines = new ArrayList<>();
        gpus.forEach(gpu -> lines.add(line(gpu)));
        return lines;
    }

    /** The problem that says why there is no GPU. */
    static Optional<Snapshot.Problem> problem(Snapshot snapshot) {
        Set<String> words = Set.of("gpu", "nvml", "nvidia", "amd", "rocm", "intel");
        return snapshot.findings().problems().stream()
                .filter(problem -> words.stream().anyMatch(problem.source().toLowerCase(Locale.ROOT)::contains))
                .findFirst();
    }

    private String line(Gpu gpu) {
        String name = "GPU " + gpu.identity().index() + "  " + gpu.identity().name()
                + (gpu.memory().unified() ? ", unified" : "");
        if (gpu.state() != Gpu.State.ACTIVE) {
            return name + "  " + gpu.state().code();
        }
        List<String> parts = new ArrayList<>(List.of(name));
        figure(gpu, GpuMetric.UTILIZATION_RATIO, ratio -> Cell.of(Cells.ratio(ratio)))
                .ifPresent(cell -> parts.add("util " + cell));
        memory(gpu).ifPresent(text -> parts.add("memory " + text));
        figure(gpu, GpuMetric.POWER_WATTS, watts -> Cell.of(Cells.number(watts) + "W"))
                .ifPresent(cell -> parts.add(cell.endsWith("W") ? cell : "power " + cell));
        figure(gpu, GpuMetric.TEMPERATURE_CELSIUS, degrees -> temperature(gpu, degrees))
                .ifPresent(cell -> parts.add(Character.isDigit(cell.charAt(0)) ? cell : "temperature " + cell));
        if (!gpu.tenants().mig().isEmpty()) {
            parts.add(gpu.tenants().mig().size() + " MIG");
        }
        return String.join("  ", parts);
    }

    private static Cell temperature(Gpu gpu, double degrees) {
        boolean marked = Pressure.ofTemperature(gpu) != Pressure.NONE;
        return new Cell(Math.round(degrees) + "C" + (marked ? Cell.MARK : ""), Optional.empty(), marked);
    }

    /** Used of total; where the driver cannot tell and the memory is the machine's, the machine's. */
    private Optional<String> memory(Gpu gpu) {
        Optional<Double> total = gpu.figures().number(GpuMetric.MEMORY_TOTAL_BYTES);
        Optional<Double> used = gpu.figures().number(GpuMetric.MEMORY_USED_BYTES);
        if (gpu.memory().unified()) {
            total = total.or(() -> host(HostMetric.MEMORY_TOTAL_BYTES));
            used = used.or(() -> host(HostMetric.MEMORY_USED_BYTES));
        }
        if (used.isEmpty()) {
            String rest = total.map(bytes -> " of " + Cells.bytes(bytes)).orElse("");
            return figure(gpu, GpuMetric.MEMORY_USED_BYTES, bytes -> Cell.BLANK).map(cell -> cell + rest);
        }
        if (total.isEmpty()) {
            return Optional.of(Cells.bytes(used.get()));
        }
        boolean marked = Pressure.ofMemory(used.get() / total.get()) != Pressure.NONE;
        String text = Cells.bytes(used.get()) + " of " + Cells.bytes(total.get()) + (marked ? Cell.MARK : "");
        this.used.accept(new Cell(text, Optional.empty(), marked));
        return Optional.of(text);
    }

    private Optional<Double> host(HostMetric metric) {
        return snapshot.machine().host().figures().number(metric);
    }

    private Optional<String> figure(Gpu gpu, GpuMetric metric, Function<Double, Cell> writer) {
        Optional<Cell> cell = gpu.figures()
                .number(metric)
                .map(writer)
                .or(() -> gpu.figures()
                        .missing(metric)
                        .map(Value.Unavailable::reason)
                        .map(Cell::missing));
        cell.ifPresent(used);
        return cell.map(Cell::text);
    }
}
