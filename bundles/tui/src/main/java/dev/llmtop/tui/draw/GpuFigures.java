// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.GpuMemory;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.table.TableCell;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The figures of one GPU as short texts; a missing one is its reason. */
final class GpuFigures {
    private final Gpu gpu;
    private final GpuMemory memory;

    /**
     * A figure or its reason.
     *
     * @param text empty where it does not apply
     */
    record Field(String text, boolean known) {
        Style style(Pressure pressure) {
            return known ? Style.of(pressure) : Style.DIM;
        }
    }

    GpuFigures(Gpu gpu, Snapshot snapshot) {
        this.gpu = gpu;
        this.memory = GpuMemory.of(gpu, snapshot);
    }

    /** Such as {@code GB10}: the name without its maker. */
    String name() {
        String name = gpu.identity().name().replaceFirst("(?i)^(nvidia|amd|intel)(\\(r\\)|®)?\\s+", "");
        return name.isEmpty() ? gpu.identity().vendor() : name;
    }

    double utilization() {
        return gpu.figures().number(GpuMetric.UTILIZATION_RATIO).orElse(0.0);
    }

    Field utilizationText() {
        return figure(GpuMetric.UTILIZATION_RATIO, Cells::ratio);
    }

    /** Empty where the temperature does not apply. */
    Field temperature() {
        return figure(GpuMetric.TEMPERATURE_CELSIUS, celsius -> Math.round(celsius) + "°C");
    }

    Field power() {
        return figure(GpuMetric.POWER_WATTS, watts -> Cells.number(watts) + "W");
    }

    /** Whole watts, for a grid. */
    Field wholePower() {
        return figure(GpuMetric.POWER_WATTS, watts -> Math.round(watts) + "W");
    }

    Field clock() {
        return figure(GpuMetric.SM_CLOCK_MHZ, mhz -> Math.round(mhz) + "MHz");
    }

    Field cap() {
        Field cap = figure(GpuMetric.POWER_LIMIT_WATTS, watts -> Math.round(watts) + "W");
        return cap.text().isEmpty() ? cap : new Field("cap " + cap.text(), cap.known());
    }

    /** Used of total in the unit of the total: {@code 62.1/79.6G}. */
    Field memoryText() {
        Optional<Long> total = memory.totalBytes();
        if (total.isEmpty() || memory.usedBytes().isEmpty()) {
            return figure(GpuMetric.MEMORY_USED_BYTES, Cells::bytes);
        }
        boolean giga = total.get() >= 1L << 30;
        double unit = giga ? 1L << 30 : 1L << 20;
        String format = total.get() / unit >= 100 ? "%.0f/%.0f%s" : "%.1f/%.1f%s";
        return new Field(
                String.format(
                        Locale.ROOT, format, memory.usedBytes().get() / unit, total.get() / unit, giga ? "G" : "M"),
                true);
    }

    /** The last word of its marks first: memory, thermal, ECC. */
    String marks() {
        String marks = (memory.pressure() == Pressure.NONE ? "" : "M")
                + (Pressure.ofTemperature(gpu) == Pressure.NONE ? "" : "T")
                + (gpu.figures().number(GpuMetric.ECC_UNCORRECTED_ERRORS).orElse(0.0) > 0 ? "E" : "");
        return marks.isEmpty() ? "" : "!" + marks;
    }

    /** The worst of its pressures. */
    Pressure pressure() {
        if (gpu.state() == Gpu.State.LOST) {
            return Pressure.CRITICAL;
        }
        Pressure thermal = Pressure.ofTemperature(gpu);
        return memory.pressure().compareTo(thermal) > 0 ? memory.pressure() : thermal;
    }

    Pressure thermal() {
        return Pressure.ofTemperature(gpu);
    }

    Pressure memoryPressure() {
        return memory.pressure();
    }

    Optional<Double> memoryRatio() {
        return memory.usedRatio();
    }

    /** Reasons that hold its clocks down. */
    List<String> throttle() {
        return gpu.throttle();
    }

    private Field figure(GpuMetric metric, Function<Double, String> writer) {
        return gpu.figures()
                .number(metric)
                .map(number -> new Field(writer.apply(number), true))
                .or(() -> gpu.figures().missing(metric).map(gap -> new Field(TableCell.sign(gap.reason()), false)))
                .orElse(new Field("", true));
    }
}
