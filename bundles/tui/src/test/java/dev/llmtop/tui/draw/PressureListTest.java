// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.tui.sample.EngineSample;
import dev.llmtop.tui.sample.Machines;
import dev.llmtop.tui.sample.Samples;
import dev.llmtop.tui.sample.Scenes;
import dev.llmtop.tui.state.Trends;
import dev.llmtop.tui.state.Trends.Trend;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PressureListTest {
    private static PressureList of(EngineSample engine, Trends trends) {
        Snapshot mockup = Samples.mockup();
        Snapshot snapshot = Samples.snapshot(
                Machines.empty().machine().host(), List.of(), List.of(engine.build()), mockup.totals(), List.of());
        return PressureList.of(Scenes.of(snapshot).trends(trends).build());
    }

    private static EngineSample waiting(long count) {
        return EngineSample.at("vLLM", 8000).put(Metric.WAITING, count).put(Metric.RUNNING, 2L);
    }

    /** So many wait since so many seconds ago, before that none; two run. */
    private static Trends since(int seconds, double count) {
        return (row, trend, window, points) -> {
            double[] values = new double[points];
            Arrays.fill(values, trend == Trend.RUNNING ? 2 : 0);
            if (trend == Trend.WAITING) {
                Arrays.fill(values, Math.max(0, points - seconds), points, count);
            }
            return values;
        };
    }

    @Test
    void requestsThatWaitForSecondsAreAWarning() {
        assertThat(of(waiting(1), since(4, 1)).all()).isEmpty();
        assertThat(of(waiting(1), since(5, 1)).all())
                .containsExactly(new PressureList.Item(Pressure.WARN, ":8000 waiting 1"));
        assertThat(of(waiting(1), since(5, 1)).waiting("127.0.0.1:8000")).isEqualTo(Pressure.WARN);
    }

    @Test
    void moreThanRunForHalfAMinuteIsCritical() {
        assertThat(of(waiting(3), since(29, 3)).worstWaiting()).isEqualTo(Pressure.WARN);
        assertThat(of(waiting(3), since(30, 3)).worstWaiting()).isEqualTo(Pressure.CRITICAL);
        assertThat(of(waiting(2), since(60, 2)).worstWaiting()).isEqualTo(Pressure.WARN);
    }

    @Test
    void aHistoryThatIsTooShortIsNoPressure() {
        Trends young = (row, trend, window, points) -> {
            double[] values = new double[points];
            Arrays.fill(values, Double.NaN);
            values[points - 1] = 9;
            return values;
        };
        assertThat(of(waiting(9), young).all()).isEmpty();
        assertThat(of(waiting(0), since(60, 3)).all()).isEmpty();
    }

    @Test
    void anEngineThatDoesNotAnswerIsNotCounted() {
        EngineSample engine = waiting(9).state(State.UNREACHABLE).put(Metric.KV_CACHE_USED_RATIO, 0.99);
        assertThat(of(engine, since(60, 9)).all()).isEmpty();
    }

    @Test
    void eachSignCountsAndTheWorstIsFirst() {
        EngineSample engine = waiting(0)
                .put(Metric.KV_CACHE_USED_RATIO, 0.85)
                .put(Metric.PREEMPTIONS_PER_SECOND, 0.4)
                .put(Metric.TIME_TO_FIRST_TOKEN, Samples.latency(1, 2, 11))
                .age(4);
        assertThat(of(engine, since(0, 0)).all())
                .extracting(PressureList.Item::says)
                .containsExactly(":8000 TTFT p99 11.0s", ":8000 KV 85%", ":8000 preempts 0.40/s", ":8000 is 4s old");
    }

    @Test
    void gpusCountTheirMemoryAndTheirHeat() {
        PressureList list = PressureList.of(Scenes.of(Machines.eightGpus()).build());
        assertThat(list.all())
                .extracting(PressureList.Item::says)
                .containsExactly("GPU4 memory 99%", "GPU4 83\u00b0C", "GPU5 memory 95%");
    }
}
