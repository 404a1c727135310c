// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.FieldShape.Field;
import dev.llmtop.model.Figures;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.List;

/** Load, modes, errors of memory. */
final class HealthFigures {
    private static final List<String> COMPUTE_MODES =
            List.of("default", "exclusive-thread", "prohibited", "exclusive-process");

    /** What stands for an unknown performance state. */
    private static final long UNKNOWN_STATE = 32;

    private final RawDevice raw;

    HealthFigures(RawDevice raw) {
        this.raw = raw;
    }

    void put(Figures.Builder<GpuMetric> figures) {
        Result<Shape.Pair> utilization = raw.get(Getters.UTILIZATION);
        figures.put(GpuMetric.UTILIZATION_RATIO, ratio(utilization, utilization.value(Shape.Pair::first)));
        figures.put(GpuMetric.UTILIZATION_MEMORY_RATIO, ratio(utilization, utilization.value(Shape.Pair::second)));
        figures.put(GpuMetric.ENCODER_RATIO, ratio(raw.get(Getters.ENCODER)));
        figures.put(GpuMetric.DECODER_RATIO, ratio(raw.get(Getters.DECODER)));
        figures.put(GpuMetric.PERFORMANCE_STATE, performanceState());
        figures.put(GpuMetric.ECC_CORRECTED_ERRORS, errors(FieldId.ECC_CORRECTED));
        figures.put(GpuMetric.ECC_UNCORRECTED_ERRORS, errors(FieldId.ECC_UNCORRECTED));
        figures.put(GpuMetric.REMAPPED_ROWS, raw.get(Getters.REMAPPED_ROWS).value(rows -> rows.get(0) + rows.get(1)));
        figures.put(GpuMetric.COMPUTE_MODE, raw.get(Getters.COMPUTE_MODE).value(HealthFigures::computeMode));
        figures.put(GpuMetric.PERSISTENCE, raw.get(Getters.PERSISTENCE).value(mode -> mode == 1));
    }

    private static Value<Double> ratio(Result<Shape.Pair> result) {
        return ratio(result, result.value(Shape.Pair::first));
    }

    private static Value<Double> ratio(Result<?> result, Value<Long> percent) {
        boolean impossible = percent.known().filter(number -> number > 100).isPresent();
        return impossible
                ? result.refuse(Reason.MALFORMED, percent.known().orElse(0L) + " %")
                : percent.map(number -> number / 100.0);
    }

    private Value<Long> performanceState() {
        Result<Long> state = raw.get(Getters.PERFORMANCE_STATE);
        return state.value().filter(number -> number >= UNKNOWN_STATE).isPresent()
                ? state.refuse(Reason.NOT_SUPPORTED, "unknown")
                : state.value(number -> number);
    }

    private Value<Long> errors(FieldId id) {
        Result<Shape.Pair> mode = raw.get(Getters.ECC_MODE);
        if (mode.value().filter(modes -> modes.first() == 0).isPresent()) {
            return Value.unavailable(Reason.DISABLED, "nvmlDeviceGetEccMode: ECC is off; nvidia-smi -e 1 turns it on");
        }
        Result<Field> field = raw.field(Getters.SELDOM_FIELDS, id);
        return field.value(value -> value.number().longValue());
    }

    private static String computeMode(long mode) {
        return mode >= 0 && mode < COMPUTE_MODES.size() ? COMPUTE_MODES.get((int) mode) : "mode " + mode;
    }
}
