// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.amd;

import dev.llmtop.gpu.drm.DrmCard;
import dev.llmtop.gpu.drm.SystemFiles;
import dev.llmtop.model.Figures;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The figures of one card that is awake. Each file stands for itself: one that is absent or refuses costs its own figure. Sources of
 * names and units: drivers/gpu/drm/amd/pm/amdgpu_pm.c and the kernel's Documentation/gpu/amdgpu/thermal.rst. {@code pcie_bw} is left
 * alone: it takes a second to answer on some kernels.
 */
record CardFigures(DrmCard card, CardFacts facts, SystemFiles files) {
    /** Every figure that a card of this driver may have. */
    static final Set<GpuMetric> ALL = EnumSet.of(
            GpuMetric.UTILIZATION_RATIO,
            GpuMetric.MEMORY_TOTAL_BYTES,
            GpuMetric.MEMORY_USED_BYTES,
            GpuMetric.GTT_TOTAL_BYTES,
            GpuMetric.GTT_USED_BYTES,
            GpuMetric.POWER_WATTS,
            GpuMetric.TEMPERATURE_CELSIUS,
            GpuMetric.SM_CLOCK_MHZ);

    private static final double MICRO = 1e-6;
    private static final double MILLI = 1e-3;

    Figures<GpuMetric> figures() {
        Figures.Builder<GpuMetric> figures = Figures.of(GpuMetric.class);
        figures.put(GpuMetric.UTILIZATION_RATIO, percent("gpu_busy_percent"));
        figures.put(GpuMetric.MEMORY_TOTAL_BYTES, device("mem_info_vram_total"));
        figures.put(GpuMetric.MEMORY_USED_BYTES, device("mem_info_vram_used"));
        figures.put(GpuMetric.GTT_TOTAL_BYTES, device("mem_info_gtt_total"));
        figures.put(GpuMetric.GTT_USED_BYTES, device("mem_info_gtt_used"));
        power(figures);
        heat(figures);
        clocks(figures);
        if (!facts.unified()) {
            figures.put(GpuMetric.UTILIZATION_MEMORY_RATIO, percent("mem_busy_percent"));
            figures.put(GpuMetric.POWER_LIMIT_WATTS, limit());
            figures.put(GpuMetric.FAN_RATIO, fan());
            link(figures);
        }
        return figures.build();
    }

    List<String> throttle() {
        return files.bytes(card.device("gpu_metrics"))
                .known()
                .map(GpuMetricsTable::throttle)
                .orElse(List.of());
    }

    private Value<Long> device(String name) {
        return files.number(card.device(name)).map(bytes -> Math.max(0, bytes));
    }

    private Value<Double> percent(String name) {
        return files.number(card.device(name)).map(percent -> Math.min(1, Math.max(0, percent / 100.0)));
    }

    private Value<Double> sensor(String name, double unit) {
        return files.number(card.sensor(name)).map(number -> number * unit);
    }

    /** Older cards tell their average alone, newer ones the power of the moment or both. */
    private void power(Figures.Builder<GpuMetric> figures) {
        Value<Double> now = sensor("power1_input", MICRO);
        Value<Double> average = sensor("power1_average", MICRO);
        boolean both = now.known().isPresent() && average.known().isPresent();
        figures.put(GpuMetric.POWER_WATTS, now.known().isPresent() ? now : average);
        if (both) {
            figures.put(GpuMetric.POWER_AVERAGE_WATTS, average);
        }
    }

    private Value<Double> limit() {
        Value<Double> cap = sensor("power1_cap", MICRO);
        return cap.known().filter(watts -> watts <= 0).isPresent()
                ? Value.unavailable(Reason.NOT_SUPPORTED, "the driver sets no power limit")
                : cap;
    }

    /** Edge and memory by their labels: a data-centre card has no edge sensor, and its first is the junction's. */
    private void heat(Figures.Builder<GpuMetric> figures) {
        Optional<String> main = labelled("edge").or(() -> labelled("junction"));
        String place = main.orElse("temp1");
        figures.put(GpuMetric.TEMPERATURE_CELSIUS, sensor(place + "_input", MILLI));
        degrees(place + "_crit")
                .ifPresent(celsius -> figures.put(GpuMetric.TEMPERATURE_SLOWDOWN_CELSIUS, Value.of(celsius)));
        degrees(place + "_emergency")
                .ifPresent(celsius -> figures.put(GpuMetric.TEMPERATURE_SHUTDOWN_CELSIUS, Value.of(celsius)));
        labelled("mem")
                .ifPresent(
                        memory -> figures.put(GpuMetric.MEMORY_TEMPERATURE_CELSIUS, sensor(memory + "_input", MILLI)));
    }

    private Optional<String> labelled(String label) {
        for (String place : List.of("temp1", "temp2", "temp3")) {
            if (files.text(card.sensor(place + "_label")).filter(label::equals).isPresent()) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** A bound that is not set reads as absolute zero, or as 0. */
    private Optional<Double> degrees(String name) {
        return sensor(name, MILLI).known().filter(celsius -> celsius > 0);
    }

    private void clocks(Figures.Builder<GpuMetric> figures) {
        Optional<ClockLevels> core = files.text(card.device("pp_dpm_sclk")).map(ClockLevels::parse);
        Optional<ClockLevels> memory = files.text(card.device("pp_dpm_mclk")).map(ClockLevels::parse);
        figures.put(GpuMetric.SM_CLOCK_MHZ, clock("freq1_input", core));
        core.flatMap(ClockLevels::most).ifPresent(most -> figures.put(GpuMetric.SM_CLOCK_MAX_MHZ, Value.of(most)));
        Value<Double> ofMemory = clock("freq2_input", memory);
        if (ofMemory.known().isPresent()) {
            figures.put(GpuMetric.MEMORY_CLOCK_MHZ, ofMemory);
        }
        memory.flatMap(ClockLevels::most)
                .ifPresent(most -> figures.put(GpuMetric.MEMORY_CLOCK_MAX_MHZ, Value.of(most)));
    }

    private Value<Double> clock(String sensor, Optional<ClockLevels> levels) {
        Value<Double> hertz = sensor(sensor, MICRO);
        return hertz.known().isPresent()
                ? hertz
                : levels.flatMap(ClockLevels::current).map(Value::of).orElse(hertz);
    }

    private Value<Double> fan() {
        Value<Long> most = files.number(card.sensor("pwm1_max"));
        Value<Long> now = files.number(card.sensor("pwm1"));
        return most.known().filter(steps -> steps > 0).isPresent()
                ? now.map(steps -> steps / (double) most.known().orElse(255L))
                : now.map(steps -> steps / 255.0);
    }

    private void link(Figures.Builder<GpuMetric> figures) {
        figures.put(GpuMetric.PCIE_GENERATION, generation("current_link_speed"));
        figures.put(GpuMetric.PCIE_WIDTH, files.number(card.device("current_link_width")));
        generation("max_link_speed")
                .known()
                .ifPresent(most -> figures.put(GpuMetric.PCIE_GENERATION_MAX, Value.of(most)));
        files.number(card.device("max_link_width"))
                .known()
                .ifPresent(most -> figures.put(GpuMetric.PCIE_WIDTH_MAX, Value.of(most)));
    }

    /** {@code 16.0 GT/s PCIe} is the fourth generation; {@code Unknown} none. */
    private Value<Long> generation(String name) {
        Value<String> speed = files.read(card.device(name));
        if (!(speed instanceof Value.Known<String> known)) {
            return speed.map(text -> 0L);
        }
        long generation = List.of("2.5", "5.0", "8.0", "16.0", "32.0", "64.0")
                        .indexOf(known.value().split(" ")[0])
                + 1L;
        return generation > 0
                ? Value.of(generation)
                : Value.unavailable(Reason.NOT_SUPPORTED, "the link's speed reads " + known.value());
    }
}
