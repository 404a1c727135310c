// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.FieldShape.Field;
import dev.llmtop.gpu.nvml.Getters.Memory;
import dev.llmtop.gpu.nvml.Getters.Pci;
import dev.llmtop.gpu.nvml.ProcessShapes.Listed;
import dev.llmtop.gpu.nvml.Shape.Pair;
import java.util.List;
import java.util.Map;

/** What a card answered that tells everything. */
final class RawCard {
    private static final long NO_INSTANCE = 0xFFFF_FFFFL;

    private RawCard() {}

    static RawDevice whole() {
        return new RawDevice(0, Result.of("nvmlDeviceGetHandleByIndex_v2", new Handle(1)), Map.of(), List.of())
                .with(Getters.NAME, told("NVIDIA H100"))
                .with(Getters.UUID, told("GPU-1"))
                .with(Getters.PCI, told(new Pci("00000000:18:00.0")))
                .with(Getters.UTILIZATION, told(new Pair(37, 21)))
                .with(Getters.MEMORY, told(new Memory(80, 50, 30, 1)))
                .with(Getters.BAR1, told(new Memory(16, 12, 4, -1)))
                .with(Getters.ENCODER, told(new Pair(1, 0)))
                .with(Getters.DECODER, told(new Pair(2, 0)))
                .with(Getters.POWER, told(331_200L))
                .with(Getters.ENFORCED_LIMIT, told(700_000L))
                .with(Getters.MANAGEMENT_LIMIT, told(700_000L))
                .with(Getters.ENERGY, told(5_000L))
                .with(Getters.TEMPERATURE, told(52L))
                .with(Getters.MARGIN, told(33L))
                .with(Getters.SHUTDOWN, told(92L))
                .with(Getters.SLOWDOWN, told(87L))
                .with(Getters.FAN_COUNT, told(2L))
                .with(Getters.FANS, told(List.of(40L, 45L)))
                .with(Getters.SM_CLOCK, told(1830L))
                .with(Getters.SM_CLOCK_MAX, told(1980L))
                .with(Getters.MEMORY_CLOCK, told(1593L))
                .with(Getters.MEMORY_CLOCK_MAX, told(2619L))
                .with(Getters.PERFORMANCE_STATE, told(0L))
                .with(Getters.THROTTLE, told(0x4L))
                .with(Getters.PCIE_GENERATION, told(5L))
                .with(Getters.PCIE_GENERATION_MAX, told(5L))
                .with(Getters.PCIE_WIDTH, told(16L))
                .with(Getters.PCIE_WIDTH_MAX, told(16L))
                .with(Getters.COMPUTE_MODE, told(3L))
                .with(Getters.PERSISTENCE, told(1L))
                .with(Getters.ECC_MODE, told(new Pair(1, 1)))
                .with(Getters.REMAPPED_ROWS, told(List.of(1L, 2L, 0L, 0L)))
                .with(Getters.MIG_MODE, told(new Pair(0, 0)))
                .with(Getters.FIELDS, told(fields()))
                .with(
                        Getters.SELDOM_FIELDS,
                        told(Map.of(
                                FieldId.ECC_CORRECTED, field(FieldId.ECC_CORRECTED, 4, 64),
                                FieldId.ECC_UNCORRECTED, field(FieldId.ECC_UNCORRECTED, 0, 64))))
                .with(
                        Getters.COMPUTE_PROCESSES,
                        told(List.of(new Listed(7, 100, NO_INSTANCE), new Listed(9, Listed.ALL_ONES, NO_INSTANCE))))
                .with(Getters.GRAPHICS_PROCESSES, told(List.of(new Listed(7, 50, NO_INSTANCE))))
                .with(Getters.MPS_PROCESSES, told(List.of(new Listed(9, 60, NO_INSTANCE))));
    }

    static <T> Result<T> told(T value) {
        return Result.of("call", value);
    }

    static Result<Field> field(FieldId id, long number, int bits) {
        return Result.of(id.label(), new Field(number, 1_000_000, bits));
    }

    static Map<FieldId, Result<Field>> fields() {
        return Map.of(
                FieldId.POWER_INSTANT, field(FieldId.POWER_INSTANT, 331_200, 32),
                FieldId.POWER_AVERAGE, field(FieldId.POWER_AVERAGE, 330_100, 32),
                FieldId.MEMORY_TEMPERATURE, field(FieldId.MEMORY_TEMPERATURE, 61, 32),
                FieldId.PCIE_TRANSMIT, field(FieldId.PCIE_TRANSMIT, 1_000, 64),
                FieldId.PCIE_RECEIVE, field(FieldId.PCIE_RECEIVE, 2_000, 64),
                FieldId.NVLINK_TRANSMIT, field(FieldId.NVLINK_TRANSMIT, 3_000, 64),
                FieldId.NVLINK_RECEIVE, field(FieldId.NVLINK_RECEIVE, 4_000, 64));
    }
}
