// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.GpuMemory;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

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
        unowned(gpu).ifPresent(parts::add);
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

    /** Used of total; where CPU and GPU share one memory, of that. */
    private Optional<String> memory(Gpu gpu) {
        GpuMemory memory = GpuMemory.of(gpu, snapshot);
        Optional<Long> used = memory.usedBytes();
        Optional<Long> total = memory.totalBytes();
        if (used.isEmpty()) {
            String rest = total.map(bytes -> " of " + Cells.bytes(bytes)).orElse("");
            return figure(gpu, GpuMetric.MEMORY_USED_BYTES, bytes -> Cell.BLANK).map(cell -> cell + rest);
        }
        if (total.isEmpty()) {
            return Optional.of(Cells.bytes(used.get()));
        }
        boolean marked = memory.pressure() != Pressure.NONE;
        String text = Cells.bytes(used.get()) + " of " + Cells.bytes(total.get()) + (marked ? Cell.MARK : "");
        this.used.accept(new Cell(text, Optional.empty(), marked));
        return Optional.of(text + pools(gpu));
    }

    /** The two pools of a processor's own AMD GPU, which lie in one memory. */
    private static String pools(Gpu gpu) {
        Optional<Double> gtt = gpu.figures().number(GpuMetric.GTT_USED_BYTES);
        Optional<Double> own = gpu.figures().number(GpuMetric.MEMORY_USED_BYTES);
        return gpu.memory().unified() && gtt.isPresent() && own.isPresent()
                ? " (vram " + Cells.bytes(own.get()) + ", gtt " + Cells.bytes(gtt.get()) + ")"
                : "";
    }

    /** What processes hold that no engine is known for; what one does not tell is not counted, and {@code >=} says so. */
    private static Optional<String> unowned(Gpu gpu) {
        List<Gpu.Tenant> unowned = Stream.concat(
                        gpu.tenants().processes().stream(),
                        gpu.tenants().mig().stream().flatMap(instance -> instance.processes().stream()))
                .filter(tenant -> tenant.engine().isEmpty())
                .toList();
        long bytes = unowned.stream()
                .mapToLong(tenant -> tenant.memoryBytes().known().orElse(0L))
                .sum();
        boolean partial = unowned.stream()
                .anyMatch(tenant -> tenant.memoryBytes().missing().isPresent());
        return bytes == 0
                ? Optional.empty()
                : Optional.of((partial ? ">=" : "") + Cells.bytes(bytes) + " of no engine");
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
