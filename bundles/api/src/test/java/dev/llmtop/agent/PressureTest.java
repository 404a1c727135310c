// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import static dev.llmtop.agent.Pressure.CRITICAL;
import static dev.llmtop.agent.Pressure.NONE;
import static dev.llmtop.agent.Pressure.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import java.util.List;
import org.junit.jupiter.api.Test;

class PressureTest {
    @Test
    void boundsBelongToTheHigherStep() {
        assertThat(List.of(Pressure.ofKvCache(0.79), Pressure.ofKvCache(0.8), Pressure.ofKvCache(0.95)))
                .containsExactly(NONE, WARN, CRITICAL);
        assertThat(List.of(Pressure.ofMemory(0.89), Pressure.ofMemory(0.9), Pressure.ofMemory(0.97)))
                .containsExactly(NONE, WARN, CRITICAL);
        assertThat(List.of(
                        Pressure.ofTimeToFirstToken(1.9),
                        Pressure.ofTimeToFirstToken(2),
                        Pressure.ofTimeToFirstToken(10)))
                .containsExactly(NONE, WARN, CRITICAL);
        assertThat(List.of(Pressure.ofAge(2.9, 1), Pressure.ofAge(3, 1), Pressure.ofAge(5, 0.5), Pressure.ofAge(9, 0)))
                .containsExactly(NONE, WARN, CRITICAL, NONE);
    }

    @Test
    void anyPreemptionIsPressure() {
        assertThat(List.of(Pressure.ofPreemptions(0), Pressure.ofPreemptions(0.01), Pressure.ofPreemptions(1.5)))
                .containsExactly(NONE, WARN, CRITICAL);
    }

    @Test
    void heatIsMeasuredAgainstTheSlowdownOfTheCard() {
        assertThat(Pressure.ofTemperature(gpu(61, 90, List.of()))).isEqualTo(NONE);
        assertThat(Pressure.ofTemperature(gpu(80, 90, List.of("SwPowerCap")))).isEqualTo(WARN);
        assertThat(Pressure.ofTemperature(gpu(61, 90, List.of("HwThermalSlowdown"))))
                .isEqualTo(CRITICAL);
    }

    private static Gpu gpu(double celsius, double slowdown, List<String> throttle) {
        Figures<GpuMetric> figures = Figures.of(GpuMetric.class)
                .putNumber(GpuMetric.TEMPERATURE_CELSIUS, celsius)
                .putNumber(GpuMetric.TEMPERATURE_SLOWDOWN_CELSIUS, slowdown)
                .build();
        return new Gpu(
                new Gpu.Identity(0, "", "nvidia", "test", "", ""),
                Gpu.State.ACTIVE,
                new Gpu.Memory(false, "device"),
                figures,
                throttle,
                new Gpu.Tenants(List.of(), List.of()));
    }
}
