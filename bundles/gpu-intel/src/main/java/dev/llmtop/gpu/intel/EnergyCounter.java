// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.intel;

import dev.llmtop.model.Figures;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;

/** Makes the power of a card out of its energy counter, since no file tells it. */
final class EnergyCounter {
    private static final Value<Double> FIRST =
            Value.unavailable(Reason.NO_SAMPLE_YET, "power is the difference of two samples of the energy counter");

    private long before = -1;
    private long nanosBefore;
    private Value<Double> watts = FIRST;

    /** @param nanos when the counter was read */
    void put(Figures.Builder<GpuMetric> figures, Value<Long> microjoules, long nanos) {
        if (!(microjoules instanceof Value.Known<Long> known)) {
            before = -1;
            watts = FIRST;
            figures.put(GpuMetric.POWER_WATTS, microjoules.map(Long::doubleValue));
            return;
        }
        long now = known.value();
        if (before < 0 || now < before) {
            watts = FIRST;
            before = now;
            nanosBefore = nanos;
        } else if (nanos > nanosBefore) {
            watts = Value.of((now - before) * 1e3 / (nanos - nanosBefore));
            before = now;
            nanosBefore = nanos;
        }
        figures.put(GpuMetric.ENERGY_JOULES, now * 1e-6);
        figures.put(GpuMetric.POWER_WATTS, watts);
    }
}
