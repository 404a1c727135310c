// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import static dev.llmtop.model.Metric.GENERATION_TOKENS_PER_SECOND;
import static dev.llmtop.model.Metric.GENERATION_TOKENS_TOTAL;
import static dev.llmtop.rates.Readings.at;
import static dev.llmtop.rates.Readings.derive;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Counters that move when a task ends, with the progress of tasks: llama.cpp's slots. */
class LiveProgressTest {
    private static Reading.Builder counted(double seconds, double tokens) {
        return at(seconds).counter(Counter.GENERATION_TOKENS, "", tokens, Basis.AT_REQUEST_END);
    }

    private static Reading.Builder with(Reading.Builder reading, String task, double tokens) {
        return reading.progress(Counter.GENERATION_TOKENS, "", task, tokens);
    }

    private static Optional<Double> rate(Figures<Metric> figures) {
        return figures.number(GENERATION_TOKENS_PER_SECOND);
    }

    @Test
    void aRunningTaskIsALiveRateAndNoPartOfTheTotal() {
        Figures<Metric> figures = derive(
                with(counted(0, 1000), "slot=2,task=52", 116).build(),
                with(counted(2, 1000), "slot=2,task=52", 262).build());
        assertThat(rate(figures)).contains(73.0);
        assertThat(figures.known(GENERATION_TOKENS_TOTAL, Long.class)).contains(1000L);
    }

    @Test
    void theStepInWhichATaskEndsCountsItOnce() {
        Figures<Metric> figures = derive(
                with(counted(0, 1000), "slot=0,task=1", 400).build(),
                with(counted(1, 1500), "slot=0,idle,task=1", 0).build());
        assertThat(rate(figures)).contains(100.0);
    }

    @Test
    void aTaskThatBeginsCountsFromItsBeginning() {
        Figures<Metric> figures = derive(
                with(counted(0, 1000), "slot=0,idle,task=1", 0).build(),
                with(counted(1, 1000), "slot=0,task=2", 30).build());
        assertThat(rate(figures)).contains(30.0);
    }

    @Test
    void tasksShorterThanAStepAreSeenByTheCounter() {
        Figures<Metric> figures = derive(
                with(counted(0, 0), "slot=0,idle,task=1", 0).build(),
                with(counted(1, 64), "slot=0,idle,task=7", 0).build());
        assertThat(rate(figures)).contains(64.0);
    }

    @Test
    void aTaskThatEndedBetweenTheTwoAnswersIsNoJump() {
        Reading before = with(counted(0, 1000), "slot=0,task=1", 400).build();
        Reading between = with(counted(1, 1000), "slot=0,idle,task=1", 0).build();
        Reading after = with(counted(2, 1500), "slot=0,idle,task=1", 0).build();
        assertThat(rate(derive(before, between))).contains(0.0);
        assertThat(rate(derive(before, between, after))).contains(100.0);
    }

    @Test
    void aTaskThatWasGivenUpLeavesWhatIsSureOfTheOthers() {
        Figures<Metric> figures = derive(
                with(with(counted(0, 0), "slot=0,task=1", 400), "slot=1,task=2", 10)
                        .build(),
                with(with(counted(1, 0), "slot=0,idle,task=1", 0), "slot=1,task=2", 60)
                        .build());
        assertThat(rate(figures)).contains(50.0);
    }

    @Test
    void idleIsATrueZero() {
        assertThat(rate(derive(
                        with(counted(0, 5), "slot=0,idle,task=1", 0).build(),
                        with(counted(1, 5), "slot=0,idle,task=1", 0).build())))
                .contains(0.0);
    }

    @Test
    void withoutACounterOnlyTasksSeenTwiceCount() {
        Reading idle = with(with(at(0), "slot=0,idle,task=1", 0), "slot=1,idle,task=-", 0)
                .build();
        Reading begun =
                with(with(at(1), "slot=0,task=2", 20), "slot=1,idle,task=-", 0).build();
        Reading later =
                with(with(at(3), "slot=0,task=2", 80), "slot=1,idle,task=-", 0).build();
        Figures<Metric> first = derive(idle, begun);
        assertThat(first.missing(GENERATION_TOKENS_PER_SECOND).orElseThrow().reason())
                .isEqualTo(Reason.NO_SAMPLE_YET);
        assertThat(rate(derive(idle, begun, later))).contains(30.0);
        assertThat(rate(derive(
                        idle,
                        with(with(at(2), "slot=0,idle,task=1", 0), "slot=1,idle,task=-", 0)
                                .build())))
                .contains(0.0);
        assertThat(first.get(GENERATION_TOKENS_TOTAL)).isEmpty();
    }

    @Test
    void aRestartIsNoRateButWhatIsSure() {
        Figures<Metric> figures = derive(
                with(counted(0, 5_000), "slot=0,task=9", 100).build(),
                with(counted(1, 10), "slot=0,task=0", 40).build());
        assertThat(figures.missing(GENERATION_TOKENS_PER_SECOND).orElseThrow().reason())
                .isEqualTo(Reason.NO_SAMPLE_YET);
    }

    @Test
    void aSeriesThatAppearsCountsNothingAtFirst() {
        Reading before = with(counted(0, 5), "slot=0,idle,task=1", 0).build();
        Reading after = with(counted(1, 5), "slot=0,idle,task=1", 0)
                .counter(Counter.GENERATION_TOKENS, "model=b", 90_000, Basis.AT_REQUEST_END)
                .progress(Counter.GENERATION_TOKENS, "model=b", "slot=0,task=5", 3)
                .build();
        assertThat(rate(derive(before, after))).contains(0.0);
    }

    @Test
    void aReadingWithoutProgressInBetweenIsNoStep() {
        assertThat(rate(derive(
                        with(counted(0, 0), "slot=0,task=1", 10).build(),
                        counted(1, 0).build(),
                        with(counted(2, 0), "slot=0,task=1", 50).build())))
                .contains(20.0);
    }
}
