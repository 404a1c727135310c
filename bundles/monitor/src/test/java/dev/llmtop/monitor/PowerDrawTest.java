// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.spi.GpuSource.GpuSample;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PowerDrawTest {
    private final PowerDraw draw = new PowerDraw();

    @Test
    void energyOverTimeBeatsThePowerOfTheMoment() {
        see(0, 1_000.0, 10.0);
        assertThat(see(1, 1_100.0, 10.0)).hasValue(100);
        assertThat(see(2, 1_150.0, 10.0)).hasValue(50);
    }

    @Test
    void beforeTheSecondSampleThePowerOfTheMomentServes() {
        assertThat(see(0, 1_000.0, 41.5)).hasValue(41.5);
    }

    @Test
    void withoutAnEnergyCounterItIsPowerInTheMeanOfBothEnds() {
        see(0, null, 40.0);
        assertThat(see(1, null, 60.0)).hasValue(50);
    }

    @Test
    void aCounterThatFellBeginsAnew() {
        see(0, 1_000.0, 10.0);
        see(1, 1_100.0, 10.0);
        assertThat(see(2, 5.0, 20.0)).hasValue(20);
        assertThat(see(3, 75.0, 20.0)).hasValue(70);
    }

    @Test
    void samplesInQuickSuccessionMakeOneStepOfAtLeastHalfASecond() {
        see(0, 0.0, null);
        see(0.2, 0.0, null);
        see(0.4, 60.0, null);
        OptionalDouble watts = see(0.6, 60.0, null);
        assertThat(watts.orElseThrow()).isCloseTo(100, within(1e-9));
    }

    @Test
    void anOldSampleThatIsShownAgainIsNoStep() {
        see(0, 1_000.0, null);
        see(1, 1_100.0, null);
        assertThat(see(1, 1_100.0, null)).hasValue(100);
    }

    @Test
    void neitherEnergyNorPowerIsUnknown() {
        see(0, null, null);
        assertThat(see(1, null, null)).isEmpty();
    }

    @Test
    void aCardKeepsItsEnergyWhenItsIndexMoves() {
        see(0, 1_000.0, null);
        see(1, 1_100.0, null);
        assertThat(draw.watts(card(7, 0.0, null))).hasValue(100);
    }

    private OptionalDouble see(double seconds, Double joules, Double watts) {
        Gpu card = card(0, joules, watts);
        draw.see(new GpuSample(List.of(card), List.of(), Made.at(seconds)));
        return draw.watts(card);
    }

    private static Gpu card(int index, Double joules, Double watts) {
        Figures.Builder<GpuMetric> figures = Figures.of(GpuMetric.class);
        if (joules != null) {
            figures.put(GpuMetric.ENERGY_JOULES, joules);
        }
        if (watts != null) {
            figures.put(GpuMetric.POWER_WATTS, watts);
        }
        return new Gpu(
                new Gpu.Identity(index, "GPU-1", "nvidia", "card", "1", ""),
                Gpu.State.ACTIVE,
                new Gpu.Memory(false, "device"),
                figures.build(),
                List.of(),
                new Gpu.Tenants(List.of(), List.of()));
    }
}
