// SPDX-License-Identifier: MIT
package dev.llmtop.model;

/** A figure of a GPU. Grows in minor versions. Source of units: NVIDIA/go-nvml gen/nvml/nvml.h. */
public enum GpuMetric implements Figure {
    MEMORY_TOTAL_BYTES("memoryTotalBytes", Form.COUNT),
    MEMORY_USED_BYTES("memoryUsedBytes", Form.COUNT),
    MEMORY_RESERVED_BYTES("memoryReservedBytes", Form.COUNT),
    BAR1_USED_BYTES("bar1UsedBytes", Form.COUNT),
    BAR1_TOTAL_BYTES("bar1TotalBytes", Form.COUNT),
    GTT_TOTAL_BYTES("gttTotalBytes", Form.COUNT),
    GTT_USED_BYTES("gttUsedBytes", Form.COUNT),
    UTILIZATION_RATIO("utilizationRatio", Form.RATIO),
    UTILIZATION_MEMORY_RATIO("utilizationMemoryRatio", Form.RATIO),
    ENCODER_RATIO("encoderRatio", Form.RATIO),
    DECODER_RATIO("decoderRatio", Form.RATIO),
    /** Of this moment where the driver knows it, else what the driver gives as its power. */
    POWER_WATTS("powerWatts", Form.NUMBER),
    /** Over the last second, where the driver tells it apart. */
    POWER_AVERAGE_WATTS("powerAverageWatts", Form.NUMBER),
    POWER_LIMIT_WATTS("powerLimitWatts", Form.NUMBER),
    /** Since the driver was loaded; differences count. */
    ENERGY_JOULES("energyJoules", Form.NUMBER),
    TEMPERATURE_CELSIUS("temperatureCelsius", Form.NUMBER),
    TEMPERATURE_SLOWDOWN_CELSIUS("temperatureSlowdownCelsius", Form.NUMBER),
    TEMPERATURE_SHUTDOWN_CELSIUS("temperatureShutdownCelsius", Form.NUMBER),
    MEMORY_TEMPERATURE_CELSIUS("memoryTemperatureCelsius", Form.NUMBER),
    SM_CLOCK_MHZ("smClockMhz", Form.NUMBER),
    SM_CLOCK_MAX_MHZ("smClockMaxMhz", Form.NUMBER),
    MEMORY_CLOCK_MHZ("memoryClockMhz", Form.NUMBER),
    MEMORY_CLOCK_MAX_MHZ("memoryClockMaxMhz", Form.NUMBER),
    /** Intended speed; may exceed 1. */
    FAN_RATIO("fanRatio", Form.NUMBER),
    PERFORMANCE_STATE("performanceState", Form.COUNT),
    PCIE_GENERATION("pcieGeneration", Form.COUNT),
    PCIE_WIDTH("pcieWidth", Form.COUNT),
    /** The most that card and slot can do together; the link is slower while idle. */
    PCIE_GENERATION_MAX("pcieGenerationMax", Form.COUNT),
    PCIE_WIDTH_MAX("pcieWidthMax", Form.COUNT),
    PCIE_TRANSMIT("pcieTransmitBytesPerSecond", Form.NUMBER),
    PCIE_RECEIVE("pcieReceiveBytesPerSecond", Form.NUMBER),
    NVLINK_TRANSMIT("nvlinkTransmitBytesPerSecond", Form.NUMBER),
    NVLINK_RECEIVE("nvlinkReceiveBytesPerSecond", Form.NUMBER),
    ECC_CORRECTED_ERRORS("eccCorrectedErrors", Form.COUNT),
    ECC_UNCORRECTED_ERRORS("eccUncorrectedErrors", Form.COUNT),
    REMAPPED_ROWS("remappedRows", Form.COUNT),
    COMPUTE_MODE("computeMode", Form.TEXT),
    PERSISTENCE("persistence", Form.FLAG);

    private final String jsonName;
    private final Form form;

    GpuMetric(String jsonName, Form form) {
        this.jsonName = jsonName;
        this.form = form;
    }

    @Override
    public String jsonName() {
        return jsonName;
    }

    @Override
    public Form form() {
        return form;
    }
}
