// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.FieldShape.Field;
import dev.llmtop.gpu.nvml.Getter.Form;
import dev.llmtop.gpu.nvml.Getter.Pace;
import dev.llmtop.gpu.nvml.ProcessShapes.Listed;
import dev.llmtop.gpu.nvml.Shape.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that is asked of a device. Functions, forms and layouts: NVIDIA/go-nvml gen/nvml/nvml.h. */
final class Getters {
    static final Getter<String> NAME = Getter.seldom("nvmlDeviceGetName", Shape.text(96));
    static final Getter<String> UUID = Getter.seldom("nvmlDeviceGetUUID", Shape.text(96));
    static final Getter<Pci> PCI = Getter.of(
            "pci",
            Pace.SELDOM,
            Form.of("nvmlDeviceGetPciInfo_v3", Pci.SHAPE),
            Form.of("nvmlDeviceGetPciInfo_v2", Pci.SHAPE),
            Form.of("nvmlDeviceGetPciInfo", Pci.SHAPE));

    static final Getter<Pair> UTILIZATION = Getter.each(
            "nvmlDeviceGetUtilizationRates",
            Shape.structure(8, 0, block -> new Pair(block.unsigned(0), block.unsigned(4))));
    static final Getter<Memory> MEMORY = Getter.of(
            "memory",
            Pace.EACH,
            Form.of("nvmlDeviceGetMemoryInfo_v2", Memory.NEW),
            Form.of("nvmlDeviceGetMemoryInfo", Memory.OLD));
    static final Getter<Memory> BAR1 = Getter.each("nvmlDeviceGetBAR1MemoryInfo", Memory.OLD);
    static final Getter<Pair> ENCODER = Getter.each("nvmlDeviceGetEncoderUtilization", Shape.pair());
    static final Getter<Pair> DECODER = Getter.each("nvmlDeviceGetDecoderUtilization", Shape.pair());

    static final Getter<Long> POWER = Getter.each("nvmlDeviceGetPowerUsage", Shape.unsigned());
    static final Getter<Long> ENFORCED_LIMIT = Getter.each("nvmlDeviceGetEnforcedPowerLimit", Shape.unsigned());
    static final Getter<Long> MANAGEMENT_LIMIT = Getter.each("nvmlDeviceGetPowerManagementLimit", Shape.unsigned());
    static final Getter<Long> ENERGY = Getter.each("nvmlDeviceGetTotalEnergyConsumption", Shape.wide());

    static final Getter<Long> TEMPERATURE = Getter.of(
            "temperature",
            Pace.EACH,
            Form.of("nvmlDeviceGetTemperatureV", Shape.structure(12, 1, block -> (long) block.signed(8))),
            Form.of("nvmlDeviceGetTemperature", Shape.unsigned(0)));
    static final Getter<Long> MARGIN =
            Getter.each("nvmlDeviceGetMarginTemperature", Shape.structure(8, 1, block -> (long) block.signed(4)));
    static final Getter<Long> SHUTDOWN =
            Getter.part(Pace.SELDOM, "nvmlDeviceGetTemperatureThreshold", "SHUTDOWN", Shape.unsigned(0));
    static final Getter<Long> SLOWDOWN =
            Getter.part(Pace.SELDOM, "nvmlDeviceGetTemperatureThreshold", "SLOWDOWN", Shape.unsigned(1));
    static final Getter<List<Long>> FANS = Getter.of(
            "fans",
            Pace.EACH,
            Form.of("nvmlDeviceGetFanSpeed_v2", Getters::fans),
            Form.of("nvmlDeviceGetFanSpeed", Shape.unsigned().then(List::of)));
    static final Getter<Long> FAN_COUNT = Getter.seldom("nvmlDeviceGetNumFans", Shape.unsigned());

    static final Getter<Long> SM_CLOCK = Getter.part(Pace.EACH, "nvmlDeviceGetClockInfo", "SM", Shape.unsigned(1));
    static final Getter<Long> MEMORY_CLOCK = Getter.part(Pace.EACH, "nvmlDeviceGetClockInfo", "MEM", Shape.unsigned(2));
    static final Getter<Long> SM_CLOCK_MAX =
            Getter.part(Pace.SELDOM, "nvmlDeviceGetMaxClockInfo", "SM", Shape.unsigned(1));
    static final Getter<Long> MEMORY_CLOCK_MAX =
            Getter.part(Pace.SELDOM, "nvmlDeviceGetMaxClockInfo", "MEM", Shape.unsigned(2));
    static final Getter<Long> PERFORMANCE_STATE = Getter.of(
            "performance state",
            Pace.EACH,
            Form.of("nvmlDeviceGetPerformanceState", Shape.unsigned()),
            Form.of("nvmlDeviceGetPowerState", Shape.unsigned()));
    static final Getter<Long> THROTTLE = Getter.of(
            "throttle",
            Pace.EACH,
            Form.of("nvmlDeviceGetCurrentClocksEventReasons", Shape.wide()),
            Form.of("nvmlDeviceGetCurrentClocksThrottleReasons", Shape.wide()));

    static final Getter<Long> PCIE_GENERATION = Getter.each("nvmlDeviceGetCurrPcieLinkGeneration", Shape.unsigned());
    static final Getter<Long> PCIE_WIDTH = Getter.each("nvmlDeviceGetCurrPcieLinkWidth", Shape.unsigned());
    static final Getter<Long> PCIE_GENERATION_MAX =
            Getter.seldom("nvmlDeviceGetMaxPcieLinkGeneration", Shape.unsigned());
    static final Getter<Long> PCIE_WIDTH_MAX = Getter.seldom("nvmlDeviceGetMaxPcieLinkWidth", Shape.unsigned());
    static final Getter<Long> PCIE_TRANSMIT =
            Getter.part(Pace.SLOW, "nvmlDeviceGetPcieThroughput", "TX", Shape.unsigned(0));
    static final Getter<Long> PCIE_RECEIVE =
            Getter.part(Pace.SLOW, "nvmlDeviceGetPcieThroughput", "RX", Shape.unsigned(1));

    static final Getter<Long> COMPUTE_MODE = Getter.seldom("nvmlDeviceGetComputeMode", Shape.unsigned());
    static final Getter<Long> PERSISTENCE = Getter.seldom("nvmlDeviceGetPersistenceMode", Shape.unsigned());
    static final Getter<Pair> ECC_MODE = Getter.seldom("nvmlDeviceGetEccMode", Shape.pair());
    static final Getter<List<Long>> REMAPPED_ROWS = Getter.seldom("nvmlDeviceGetRemappedRows", Shape.unsigneds(4));
    static final Getter<Pair> MIG_MODE = Getter.each("nvmlDeviceGetMigMode", Shape.pair());

    static final Getter<Map<FieldId, Result<Field>>> FIELDS = Getter.each(
            "nvmlDeviceGetFieldValues",
            new FieldShape(
                    FieldId.POWER_INSTANT,
                    FieldId.POWER_AVERAGE,
                    FieldId.MEMORY_TEMPERATURE,
                    FieldId.PCIE_TRANSMIT,
                    FieldId.PCIE_RECEIVE,
                    FieldId.NVLINK_TRANSMIT,
                    FieldId.NVLINK_RECEIVE));
    static final Getter<Map<FieldId, Result<Field>>> SELDOM_FIELDS = new Getter<>(
            "seldom fields",
            Pace.SELDOM,
            List.of(Form.of(
                    "nvmlDeviceGetFieldValues",
                    new FieldShape(
                            FieldId.ECC_CORRECTED,
                            FieldId.ECC_UNCORRECTED,
                            FieldId.LIMIT_SHUTDOWN,
                            FieldId.LIMIT_SLOWDOWN))));

    static final Getter<List<Listed>> COMPUTE_PROCESSES = processes("nvmlDeviceGetComputeRunningProcesses");
    static final Getter<List<Listed>> GRAPHICS_PROCESSES = processes("nvmlDeviceGetGraphicsRunningProcesses");
    static final Getter<List<Listed>> MPS_PROCESSES = processes("nvmlDeviceGetMPSComputeRunningProcesses");

    /** Asked of every device. */
    static final List<Getter<?>> OF_A_DEVICE = List.of(
            NAME,
            UUID,
            PCI,
            UTILIZATION,
            MEMORY,
            BAR1,
            POWER,
            ENFORCED_LIMIT,
            MANAGEMENT_LIMIT,
            ENERGY,
            FIELDS,
            TEMPERATURE,
            MARGIN,
            SHUTDOWN,
            SLOWDOWN,
            FAN_COUNT,
            FANS,
            SM_CLOCK,
            SM_CLOCK_MAX,
            MEMORY_CLOCK,
            MEMORY_CLOCK_MAX,
            PERFORMANCE_STATE,
            THROTTLE,
            PCIE_GENERATION,
            PCIE_GENERATION_MAX,
            PCIE_WIDTH,
            PCIE_WIDTH_MAX,
            PCIE_TRANSMIT,
            PCIE_RECEIVE,
            ENCODER,
            DECODER,
            COMPUTE_MODE,
            PERSISTENCE,
            ECC_MODE,
            SELDOM_FIELDS,
            REMAPPED_ROWS,
            MIG_MODE,
            COMPUTE_PROCESSES,
            GRAPHICS_PROCESSES,
            MPS_PROCESSES);

    /** Asked of a MIG instance, which comes and goes: each time. */
    static final List<Getter<?>> OF_A_PART =
            List.of(NAME, UUID, MEMORY, COMPUTE_PROCESSES, GRAPHICS_PROCESSES, MPS_PROCESSES);

    private static final int MOST_FANS = 8;

    private Getters() {}

    /** What each process did since a moment of the driver's own count. */
    static Getter<List<ProcessShapes.Use>> processUse(long since) {
        return Getter.of(
                "process use",
                Pace.EACH,
                Form.of("nvmlDeviceGetProcessesUtilizationInfo", ProcessShapes.useInfo(since)),
                Form.of("nvmlDeviceGetProcessUtilization", ProcessShapes.use(since)));
    }

    private static Getter<List<Listed>> processes(String symbol) {
        return Getter.of(
                symbol,
                Pace.EACH,
                Form.of(symbol + "_v3", ProcessShapes.listedMaybeWide()),
                Form.of(symbol + "_v2", ProcessShapes.listed()),
                Form.of(symbol, ProcessShapes.listedOld()));
    }

    /** Each fan by its number, until there is none with it. */
    private static Shape.Outcome<List<Long>> fans(Caller caller, String symbol, Handle handle) {
        List<Long> speeds = new ArrayList<>();
        for (int fan = 0; fan < MOST_FANS; fan++) {
            Shape.Outcome<Long> speed = Shape.unsigned(fan).run(caller, symbol, handle);
            if (speed.value().isEmpty()) {
                return speeds.isEmpty()
                        ? Shape.Outcome.failed(speed.code())
                        : new Shape.Outcome<>(ReturnCode.SUCCESS.number(), Optional.of(speeds));
            }
            speeds.add(speed.value().get());
        }
        return new Shape.Outcome<>(ReturnCode.SUCCESS.number(), Optional.of(speeds));
    }

    /** Memory in bytes; {@code reserved} is negative where the call does not tell it. */
    record Memory(long total, long free, long used, long reserved) {
        private static final Shape<Memory> OLD =
                Shape.structure(24, 0, block -> new Memory(block.wide(0), block.wide(8), block.wide(16), -1));
        private static final Shape<Memory> NEW = Shape.structure(
                40, 2, block -> new Memory(block.wide(8), block.wide(24), block.wide(32), block.wide(16)));
    }

    /** Where a card sits. */
    record Pci(String busId) {
        private static final Shape<Pci> SHAPE = Shape.structure(68, 0, block -> new Pci(busId(block)));

        /** The second form of {@code nvmlPciInfo_t} only has the older, shorter text. */
        private static String busId(Block block) {
            String busId = block.text(36, 32);
            return busId.isEmpty() ? block.text(0, 16) : busId;
        }
    }
}
