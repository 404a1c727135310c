// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.FieldShape.Field;
import dev.llmtop.model.Figures;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;

/** PCIe and NVLink. */
final class LinkFigures {
    private static final double KIBIBYTE = 1024;

    /** The unit of the slow call, by its name KB. */
    private static final double KILOBYTE = 1000;

    private final CounterRates rates;

    LinkFigures(CounterRates rates) {
        this.rates = rates;
    }

    void put(RawDevice raw, String card, Figures.Builder<GpuMetric> figures) {
        figures.put(GpuMetric.PCIE_GENERATION, positive(raw.get(Getters.PCIE_GENERATION)));
        figures.put(GpuMetric.PCIE_GENERATION_MAX, positive(raw.get(Getters.PCIE_GENERATION_MAX)));
        figures.put(GpuMetric.PCIE_WIDTH, positive(raw.get(Getters.PCIE_WIDTH)));
        figures.put(GpuMetric.PCIE_WIDTH_MAX, positive(raw.get(Getters.PCIE_WIDTH_MAX)));
        figures.put(GpuMetric.PCIE_TRANSMIT, pcie(raw, card, FieldId.PCIE_TRANSMIT, raw.get(Getters.PCIE_TRANSMIT)));
        figures.put(GpuMetric.PCIE_RECEIVE, pcie(raw, card, FieldId.PCIE_RECEIVE, raw.get(Getters.PCIE_RECEIVE)));
        figures.put(GpuMetric.NVLINK_TRANSMIT, nvlink(raw, card, FieldId.NVLINK_TRANSMIT));
        figures.put(GpuMetric.NVLINK_RECEIVE, nvlink(raw, card, FieldId.NVLINK_RECEIVE));
    }

    private Value<Double> nvlink(RawDevice raw, String card, FieldId id) {
        Result<Field> field = raw.field(Getters.FIELDS, id);
        return field.value()
                .map(value -> rates.perSecond(card + id, value).map(kibibytes -> kibibytes * KIBIBYTE))
                .orElseGet(field::unavailable);
    }

    /** By the difference of the counter of bytes; by the slow call where there is none that can be trusted. */
    private Value<Double> pcie(RawDevice raw, String card, FieldId id, Result<Long> slow) {
        Result<Field> field = raw.field(Getters.FIELDS, id);
        // A counter of 32 bits turns over in a fifteenth of a second on a fast link: its difference says nothing.
        if (field.value().filter(value -> value.bits() == 64).isPresent()) {
            return rates.perSecond(card + id, field.value().get());
        }
        return slow.value(kilobytes -> kilobytes * KILOBYTE);
    }

    private static Value<Long> positive(Result<Long> result) {
        return result.value().filter(number -> number == 0).isPresent()
                ? result.refuse(Reason.NOT_SUPPORTED, "0, which no link has")
                : result.value(number -> number);
    }
}
