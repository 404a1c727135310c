// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.FieldShape.Field;
import dev.llmtop.model.Figures;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.Optional;

/** Power and energy. Guests and laptops answer with zeros and with values that never change: those are no measurements. */
final class PowerFigures {
    private final RawDevice raw;

    PowerFigures(RawDevice raw) {
        this.raw = raw;
    }

    void put(Figures.Builder<GpuMetric> figures) {
        Value<Double> limit = limit();
        Value<Double> instant = watts(milliwatts(raw.field(Getters.FIELDS, FieldId.POWER_INSTANT)), limit);
        Value<Double> usage = watts(raw.get(Getters.POWER), limit);
        // Both refused: the plain call says why more plainly than a field's number.
        figures.put(GpuMetric.POWER_WATTS, instant.known().isPresent() ? instant : usage);
        figures.put(
                GpuMetric.POWER_AVERAGE_WATTS,
                watts(milliwatts(raw.field(Getters.FIELDS, FieldId.POWER_AVERAGE)), limit));
        figures.put(GpuMetric.POWER_LIMIT_WATTS, limit);
        figures.put(GpuMetric.ENERGY_JOULES, energy());
    }

    private Value<Double> limit() {
        Value<Double> enforced = positive(raw.get(Getters.ENFORCED_LIMIT));
        if (enforced.known().isPresent()) {
            return enforced;
        }
        Value<Double> management = positive(raw.get(Getters.MANAGEMENT_LIMIT));
        return management.known().isPresent() ? management : enforced;
    }

    private Value<Double> energy() {
        Result<Long> result = raw.get(Getters.ENERGY);
        if (result.value().filter(millijoules -> millijoules <= 0).isPresent()) {
            return result.refuse(Reason.NOT_SUPPORTED, result.value().get() + " mJ, which is no count");
        }
        return result.value(millijoules -> millijoules / 1e3);
    }

    private static Value<Double> positive(Result<Long> result) {
        if (result.value().filter(milliwatts -> milliwatts == 0).isPresent()) {
            return result.refuse(Reason.NOT_SUPPORTED, "0 mW, which is no limit");
        }
        return result.value(milliwatts -> milliwatts / 1e3);
    }

    private static Value<Double> watts(Result<Long> result, Value<Double> limit) {
        Optional<Long> milliwatts = result.value();
        if (milliwatts.filter(number -> number == 0).isPresent()) {
            return result.refuse(Reason.NOT_SUPPORTED, "0 mW, which no running card draws");
        }
        if (milliwatts.isPresent()
                && limit.known().filter(most -> milliwatts.get() > 2000 * most).isPresent()) {
            return result.refuse(
                    Reason.MALFORMED,
                    Math.round(milliwatts.get() / 1e3) + " W of a limit of "
                            + Math.round(limit.known().orElse(0.0)) + " W, which is not to be believed");
        }
        return result.value(number -> number / 1e3);
    }

    private static Result<Long> milliwatts(Result<Field> field) {
        return new Result<>(
                field.attempts(), field.value().map(value -> value.number().longValue()));
    }
}
