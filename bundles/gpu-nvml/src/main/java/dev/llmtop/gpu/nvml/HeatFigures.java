// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.FieldShape.Field;
import dev.llmtop.model.Figures;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.Collections;
import java.util.List;

/** Temperatures with their limits, fans and clocks. */
final class HeatFigures {
    private final RawDevice raw;

    HeatFigures(RawDevice raw) {
        this.raw = raw;
    }

    void put(Figures.Builder<GpuMetric> figures) {
        figures.put(GpuMetric.TEMPERATURE_CELSIUS, positive(raw.get(Getters.TEMPERATURE), "degrees"));
        figures.put(GpuMetric.TEMPERATURE_SLOWDOWN_CELSIUS, limit(raw.get(Getters.SLOWDOWN), FieldId.LIMIT_SLOWDOWN));
        figures.put(GpuMetric.TEMPERATURE_SHUTDOWN_CELSIUS, limit(raw.get(Getters.SHUTDOWN), FieldId.LIMIT_SHUTDOWN));
        figures.put(GpuMetric.MEMORY_TEMPERATURE_CELSIUS, memoryTemperature());
        figures.put(GpuMetric.FAN_RATIO, fan());
        figures.put(GpuMetric.SM_CLOCK_MHZ, positive(raw.get(Getters.SM_CLOCK), "MHz"));
        figures.put(GpuMetric.SM_CLOCK_MAX_MHZ, positive(raw.get(Getters.SM_CLOCK_MAX), "MHz"));
        figures.put(GpuMetric.MEMORY_CLOCK_MHZ, positive(raw.get(Getters.MEMORY_CLOCK), "MHz"));
        figures.put(GpuMetric.MEMORY_CLOCK_MAX_MHZ, positive(raw.get(Getters.MEMORY_CLOCK_MAX), "MHz"));
    }

    /**
     * A limit in degrees. Newer cards refuse thresholds and tell distances: the temperature's own distance to the limit of operation,
     * and where slowdown and shutdown lie by the same measure.
     */
    private Value<Double> limit(Result<Long> threshold, FieldId distance) {
        Result<Long> margin = raw.get(Getters.MARGIN);
        Result<Long> temperature = raw.get(Getters.TEMPERATURE);
        Result<Field> limit = raw.field(Getters.SELDOM_FIELDS, distance);
        boolean distances = margin.value().isPresent()
                && temperature.value().isPresent()
                && limit.value().isPresent();
        if (threshold.value().filter(degrees -> degrees > 0).isPresent() || !distances) {
            return positive(threshold, "degrees");
        }
        return Value.of((double) (temperature.value().get()
                + margin.value().get()
                - limit.value().get().number().longValue()));
    }

    private Value<Double> memoryTemperature() {
        Result<Field> field = raw.field(Getters.FIELDS, FieldId.MEMORY_TEMPERATURE);
        if (field.value().filter(value -> value.number().longValue() == 0).isPresent()) {
            return field.refuse(Reason.NOT_SUPPORTED, "0 degrees, which is no measurement");
        }
        return field.value(value -> value.number().doubleValue());
    }

    private Value<Double> fan() {
        if (raw.get(Getters.FAN_COUNT).value().filter(count -> count == 0).isPresent()) {
            return Value.unavailable(Reason.NOT_SUPPORTED, "nvmlDeviceGetNumFans: it has no fan");
        }
        Result<List<Long>> fans = raw.get(Getters.FANS);
        return fans.value(speeds -> Collections.max(speeds) / 100.0);
    }

    private static Value<Double> positive(Result<Long> result, String unit) {
        if (result.value().filter(number -> number == 0).isPresent()) {
            return result.refuse(Reason.NOT_SUPPORTED, "0 " + unit + ", which is no measurement");
        }
        return result.value(Long::doubleValue);
    }
}
