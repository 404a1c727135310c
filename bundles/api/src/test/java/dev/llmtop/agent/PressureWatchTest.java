// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import static dev.llmtop.agent.Pressure.CRITICAL;
import static dev.llmtop.agent.Pressure.NONE;
import static dev.llmtop.agent.Pressure.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.PressureWatch.Pressed;
import dev.llmtop.agent.PressureWatch.Sign;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Role;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PressureWatchTest {
    private static final long GIB = 1L << 30;

    private final PressureWatch watch = new PressureWatch();

    @Test
    void aLevelIsToldOnceWhileTheValueSwingsAboutItsBound() {
        assertThat(rises(0, kv(0.81))).containsExactly("KV 81%");
        for (int second = 1; second < 300; second++) {
            assertThat(rises(second, kv(second % 2 == 0 ? 0.81 : 0.79))).isEmpty();
        }
    }

    @Test
    void aWorseLevelIsToldAndALesserOneIsNot() {
        assertThat(rises(0, kv(0.85))).containsExactly("KV 85%");
        assertThat(rises(1, kv(0.96))).containsExactly("KV 96%");
        assertThat(rises(2, kv(0.85))).isEmpty();
        assertThat(rises(3, kv(0.96))).isEmpty();
    }

    @Test
    void aLevelThatEndsLeavesTheLesserOneAndThatIsNoRise() {
        assertThat(rises(0, kv(0.96))).hasSize(1);
        for (int second = 1; second < 200; second++) {
            assertThat(rises(second, kv(0.85))).isEmpty();
        }
        assertThat(watch.follow(snapshot(kv(0.85)), seconds(200)).get(0).level())
                .isEqualTo(WARN);
        assertThat(rises(201, kv(0.96))).hasSize(1);
    }

    @Test
    void afterAMinuteWithoutItIsNewAgain() {
        assertThat(rises(0, kv(0.96))).hasSize(1);
        assertThat(rises(59, kv(0.5))).isEmpty();
        assertThat(rises(61, kv(0.96))).hasSize(1);
    }

    @Test
    void theLevelOfNowAndTheHeldOneAreApart() {
        watch.follow(snapshot(kv(0.96)), 0);
        Pressed pressed = watch.follow(snapshot(kv(0.5)), seconds(2)).get(0);
        assertThat(pressed.now()).isEqualTo(NONE);
        assertThat(pressed.level()).isEqualTo(CRITICAL);
        assertThat(pressed.value()).isEqualTo("96%");
        assertThat(watch.follow(snapshot(kv(0.5)), seconds(70))).isEmpty();
    }

    @Test
    void requestsThatWaitForFiveSecondsAreAWarning() {
        assertThat(rises(0, waiting(1, 8))).isEmpty();
        assertThat(rises(4, waiting(1, 8))).isEmpty();
        assertThat(rises(5, waiting(3, 8))).containsExactly("waiting 3");
        assertThat(watch.waiting("e")).isEqualTo(WARN);
        rises(6, waiting(0, 8));
        assertThat(watch.waiting("e")).isEqualTo(NONE);
    }

    @Test
    void aQueueThatEmptiedBeginsAnew() {
        rises(0, waiting(1, 8));
        rises(4, waiting(0, 8));
        assertThat(rises(5, waiting(1, 8))).isEmpty();
        assertThat(rises(9, waiting(1, 8))).isEmpty();
        assertThat(rises(10, waiting(1, 8))).hasSize(1);
    }

    @Test
    void moreWaitingThanRunningForHalfAMinuteIsCritical() {
        for (int second = 0; second < 30; second++) {
            rises(second, waiting(9, 8));
        }
        assertThat(watch.waiting("e")).isEqualTo(WARN);
        assertThat(rises(30, waiting(9, 8))).containsExactly("waiting 9");
        assertThat(watch.waiting("e")).isEqualTo(CRITICAL);
    }

    @Test
    void whereTheRunningOnesAreNotKnownWaitingIsNeverCritical() {
        Figures<Metric> figures =
                Figures.of(Metric.class).put(Metric.WAITING, 9L).build();
        for (int second = 0; second < 100; second++) {
            rises(second, figures);
        }
        assertThat(watch.waiting("e")).isEqualTo(WARN);
    }

    @Test
    void aQueueThatCouldNotBeReadBeginsAnew() {
        rises(0, waiting(1, 8));
        rises(3, Figures.none());
        assertThat(rises(6, waiting(1, 8))).isEmpty();
    }

    @Test
    void firstTokensAndPreemptionsCount() {
        Distribution slow = new Distribution(
                new Distribution.Quantiles(Optional.of(1.0), Optional.of(2.0), Optional.of(12.0)),
                Optional.of(1.0),
                50,
                60,
                List.of(),
                Optional.empty());
        assertThat(rises(
                        0,
                        Figures.of(Metric.class)
                                .put(Metric.TIME_TO_FIRST_TOKEN, slow)
                                .put(Metric.PREEMPTIONS_PER_SECOND, 0.5)
                                .build()))
                .containsExactly("TTFT p99 12.0s", "preemptions 0.50/s");
    }

    @Test
    void anEngineThatDoesNotAnswerSaysNothingNew() {
        EngineSnapshot gone = engine(State.UNREACHABLE, kv(0.96));
        assertThat(watch.follow(snapshot(List.of(), gone), 0)).isEmpty();
    }

    @Test
    void aGpuSharesTheMachinesMemory() {
        List<Pressed> pressed = watch.follow(snapshot(List.of(gpu(true, 61, List.of()))), 0);
        assertThat(pressed).singleElement().satisfies(one -> {
            assertThat(one.subject().sign()).isEqualTo(Sign.MEMORY);
            assertThat(one.subject().gpu()).hasValue(0);
            assertThat(one.now()).isEqualTo(CRITICAL);
            assertThat(one.says()).isEqualTo("memory 98%");
        });
    }

    @Test
    void heatCounts() {
        assertThat(watch.follow(snapshot(List.of(gpu(false, 85, List.of()))), 0))
                .extracting(Pressed::says)
                .containsExactly("temperature 85C");
        assertThat(watch.follow(snapshot(List.of(gpu(false, 85, List.of("HwThermalSlowdown")))), 1)
                        .get(0)
                        .rose())
                .isTrue();
    }

    private List<String> rises(int second, Figures<Metric> figures) {
        return watch.follow(snapshot(figures), seconds(second)).stream()
                .filter(Pressed::rose)
                .map(Pressed::says)
                .toList();
    }

    private static long seconds(int seconds) {
        return seconds * 1_000_000_000L;
    }

    private static Figures<Metric> kv(double ratio) {
        return Figures.of(Metric.class)
                .putNumber(Metric.KV_CACHE_USED_RATIO, ratio)
                .build();
    }

    private static Figures<Metric> waiting(long waiting, long running) {
        return Figures.of(Metric.class)
                .put(Metric.WAITING, waiting)
                .put(Metric.RUNNING, running)
                .build();
    }

    private static Gpu gpu(boolean unified, double celsius, List<String> throttle) {
        return new Gpu(
                new Gpu.Identity(0, "", "nvidia", "test", "", ""),
                Gpu.State.ACTIVE,
                new Gpu.Memory(unified, unified ? "system" : "device"),
                Figures.of(GpuMetric.class)
                        .put(GpuMetric.TEMPERATURE_CELSIUS, celsius)
                        .put(GpuMetric.TEMPERATURE_SLOWDOWN_CELSIUS, 90.0)
                        .build(),
                throttle,
                new Gpu.Tenants(List.of(), List.of()));
    }

    private static EngineSnapshot engine(State state, Figures<Metric> figures) {
        return new EngineSnapshot(
                new EngineSnapshot.Identity("e", "vllm", "vLLM", Value.of("1"), Role.ENGINE, state),
                new EngineSnapshot.Placement(
                        "http://e", OptionalInt.empty(), List.of(), Optional.empty(), Optional.empty()),
                List.of(),
                new EngineSnapshot.Serving(Map.of(), List.of(), List.of()),
                new EngineSnapshot.Measured(figures, Map.of(), Map.of(), Optional.empty()),
                new EngineSnapshot.Findings(List.of(), Map.of()));
    }

    private static Snapshot snapshot(Figures<Metric> figures) {
        return snapshot(List.of(), engine(State.READY, figures));
    }

    private static Snapshot snapshot(List<Gpu> gpus, EngineSnapshot... engines) {
        Figures<HostMetric> host = Figures.of(HostMetric.class)
                .put(HostMetric.MEMORY_TOTAL_BYTES, 120 * GIB)
                .put(HostMetric.MEMORY_AVAILABLE_BYTES, 2 * GIB)
                .build();
        return new Snapshot(
                Instant.EPOCH,
                new Snapshot.AgentInfo("0.1.0", 1, 1, 0, false),
                new Snapshot.Machine(new Host("box", "", "", "", 1, host), gpus),
                List.of(engines),
                new Snapshot.Totals(Figures.none(), List.of()),
                new Snapshot.Findings(
                        new Scan(new Scan.Processes(0, 0), new Scan.Listeners(0, 0, 0), 1, List.of()),
                        List.of(),
                        List.of()));
    }
}
