// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import static dev.llmtop.model.Metric.FINISHED_BY_REASON;
import static dev.llmtop.model.Metric.GENERATION_TOKENS_PER_SECOND;
import static dev.llmtop.model.Metric.GENERATION_TOKENS_TOTAL;
import static dev.llmtop.model.Metric.PROMPT_TOKENS_PER_SECOND;
import static dev.llmtop.model.Metric.PROMPT_TOKENS_TOTAL;
import static dev.llmtop.rates.Readings.at;
import static dev.llmtop.rates.Readings.derive;
import static dev.llmtop.rates.Readings.generated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Parts;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CounterRatesTest {
    @Test
    void oneReadingHasATotalAndNoRate() {
        Figures<Metric> figures = derive(generated(5, 99_123));
        assertThat(figures.known(GENERATION_TOKENS_TOTAL, Long.class)).hasValue(99_123L);
        assertReason(figures, GENERATION_TOKENS_PER_SECOND, Reason.NO_SAMPLE_YET);
    }

    @Test
    void theRateIsOverTheLastStepAndItsRealTime() {
        Figures<Metric> figures = derive(generated(0, 0), generated(10, 5_000), generated(12, 5_286.4));
        assertThat(rate(figures)).isCloseTo(143.2, within(1e-9));
    }

    @Test
    void onlyMonotonicTimeCounts() {
        Reading before = at(1, Instant.parse("2026-01-01T12:00:00Z"))
                .counter(Counter.GENERATION_TOKENS, "", 100, Basis.LIVE)
                .build();
        Reading after = at(3, Instant.parse("2026-01-01T11:00:00Z"))
                .counter(Counter.GENERATION_TOKENS, "", 120, Basis.LIVE)
                .build();
        assertThat(rate(derive(before, after))).isEqualTo(10);
    }

    @Test
    void anIdleLiveCounterIsATrueZero() {
        assertThat(rate(derive(generated(0, 7), generated(1, 7)))).isZero();
    }

    @Test
    void equalStampsAreOneReading() {
        assertThat(rate(derive(generated(0, 0), generated(2, 100), generated(2, 100))))
                .isEqualTo(50);
        assertReason(derive(generated(2, 100), generated(2, 100)), GENERATION_TOKENS_PER_SECOND, Reason.NO_SAMPLE_YET);
    }

    @Test
    void aReadingThatIsOlderThanItsPredecessorIsLeftOut() {
        assertThat(rate(derive(generated(0, 0), generated(5, 10), generated(1, 4), generated(10, 20))))
                .isEqualTo(2);
    }

    @Test
    void aResetIsUnknownAndNotNegativeNorTheNewValue() {
        Figures<Metric> figures = derive(generated(0, 9_000), generated(1, 40));
        assertReason(figures, GENERATION_TOKENS_PER_SECOND, Reason.NO_SAMPLE_YET);
        assertThat(figures.known(GENERATION_TOKENS_TOTAL, Long.class)).hasValue(40L);
    }

    @Test
    void aResetOfOneRankLeavesTheOthers() {
        Figures<Metric> figures = derive(ranks(0, 1_000, 2_000), ranks(2, 5, 2_060));
        assertThat(rate(figures)).isEqualTo(30);
        assertThat(figures.known(GENERATION_TOKENS_TOTAL, Long.class)).hasValue(2_065L);
    }

    @Test
    void aSeriesSeenForTheFirstTimeCountsNothing() {
        assertThat(rate(derive(generated(0, 10), ranks(1, 20, 700_000)))).isEqualTo(10);
    }

    @Test
    void aSeriesThatVanishedCountsNothing() {
        assertThat(rate(derive(ranks(0, 10, 500), generated(1, 30)))).isEqualTo(20);
    }

    @Test
    void nothingButNewSeriesHasNoRate() {
        Reading before = slot(0, "slot=0,task=1", 400);
        Reading after = slot(1, "slot=0,task=2", 12);
        assertReason(derive(before, after), GENERATION_TOKENS_PER_SECOND, Reason.NO_SAMPLE_YET);
        assertThat(rate(derive(before, after, slot(2, "slot=0,task=2", 52)))).isEqualTo(40);
    }

    @Test
    void aPageWithoutTheCounterInBetweenIsNoStep() {
        assertThat(rate(derive(generated(0, 0), at(1).build(), generated(2, 50))))
                .isEqualTo(25);
    }

    @Test
    void aCounterThatLeftHasNoRateUnlessTheReadingSaysWhy() {
        Reading silent = at(2).build();
        assertReason(derive(generated(0, 1), silent), GENERATION_TOKENS_PER_SECOND, Reason.NO_SAMPLE_YET);
        Reading explained = at(2).unavailable(GENERATION_TOKENS_PER_SECOND, Reason.DISABLED, "--disable-log-stats")
                .build();
        assertReason(derive(generated(0, 1), explained), GENERATION_TOKENS_PER_SECOND, Reason.DISABLED);
    }

    @Test
    void aCounterReplacesAReasonButNoKnownFigure() {
        Reading.Builder before = at(0).counter(Counter.COMPUTED_PROMPT_TOKENS, "", 10, Basis.LIVE);
        Reading unavailable = at(1).counter(Counter.COMPUTED_PROMPT_TOKENS, "", 30, Basis.LIVE)
                .unavailable(PROMPT_TOKENS_PER_SECOND, Reason.NOT_EXPORTED, "no such series")
                .build();
        assertThat(derive(before.build(), unavailable).number(PROMPT_TOKENS_PER_SECOND))
                .hasValue(20.0);
        Reading known = at(1).counter(Counter.COMPUTED_PROMPT_TOKENS, "", 30, Basis.LIVE)
                .gauge(PROMPT_TOKENS_PER_SECOND, 812)
                .build();
        assertThat(derive(known).number(PROMPT_TOKENS_PER_SECOND)).hasValue(812.0);
    }

    @Test
    void aCounterOfRequestEndsThatStandsStillWhileRequestsRunIsNoZero() {
        assertReason(
                derive(atEnd(0, 500, 2), atEnd(30, 500, 2), atEnd(60, 500, 2)),
                GENERATION_TOKENS_PER_SECOND,
                Reason.NO_SAMPLE_YET);
    }

    @Test
    void aCounterOfRequestEndsThatStandsStillWithoutRequestsIsZero() {
        assertThat(rate(derive(atEnd(0, 500, 0), atEnd(30, 500, 0)))).isZero();
    }

    @Test
    void aCounterOfRequestEndsIsNoZeroWhereNobodyKnowsWhetherRequestsRun() {
        Reading before = at(0).counter(Counter.GENERATION_TOKENS, "", 5, Basis.AT_REQUEST_END)
                .build();
        Reading after = at(1).counter(Counter.GENERATION_TOKENS, "", 5, Basis.AT_REQUEST_END)
                .build();
        assertReason(derive(before, after), GENERATION_TOKENS_PER_SECOND, Reason.NO_SAMPLE_YET);
    }

    @Test
    void aCounterOfRequestEndsIsTakenOverTheWholeWindow() {
        assertThat(rate(derive(atEnd(0, 0, 2), atEnd(20, 600, 2), atEnd(60, 600, 2))))
                .isEqualTo(10);
    }

    @Test
    void aStepWithAResetIsLeftOutOfTheWindowAndItsTimeToo() {
        assertThat(rate(derive(atEnd(0, 900, 1), atEnd(10, 1_000, 1), atEnd(30, 20, 1), atEnd(40, 120, 1))))
                .isEqualTo(10);
    }

    @Test
    void finishedRequestsAreByReason() {
        Reading before = finished(0, 10, 4).build();
        Reading after = finished(2, 14, 4)
                .counter(Counter.FINISHED, "error", "e", 9, Basis.LIVE)
                .build();
        Parts parts =
                derive(before, after).known(FINISHED_BY_REASON, Parts.class).orElseThrow();
        assertThat(parts.byName()).containsOnly(entry("stop", 2.0), entry("length", 0.0));
    }

    @Test
    void counterValuesBeyondAllNumbersAreMalformedAndRaiseNothing() {
        assertReason(
                derive(ranks(0, 0, 0), ranks(1, Double.MAX_VALUE, Double.MAX_VALUE)),
                GENERATION_TOKENS_PER_SECOND,
                Reason.MALFORMED);
    }

    @Test
    void counterValuesBelowZeroCountNothing() {
        Figures<Metric> figures = derive(generated(0, -50), generated(1, -10));
        assertReason(figures, GENERATION_TOKENS_PER_SECOND, Reason.NO_SAMPLE_YET);
        assertThat(figures.known(GENERATION_TOKENS_TOTAL, Long.class)).hasValue(0L);
    }

    @Test
    void whatNoCounterFeedsIsAbsent() {
        assertThat(derive(generated(0, 1)).asMap())
                .containsOnlyKeys(GENERATION_TOKENS_PER_SECOND, GENERATION_TOKENS_TOTAL);
        assertThat(derive(generated(0, 1)).get(PROMPT_TOKENS_TOTAL)).isEmpty();
    }

    private static double rate(Figures<Metric> figures) {
        return figures.number(GENERATION_TOKENS_PER_SECOND).orElseThrow();
    }

    private static void assertReason(Figures<Metric> figures, Metric metric, Reason reason) {
        assertThat(figures.missing(metric)).hasValueSatisfying(missing -> {
            assertThat(missing.reason()).isEqualTo(reason);
            assertThat(missing.detail()).isNotEmpty();
        });
    }

    private static Reading ranks(double seconds, double first, double second) {
        return at(seconds)
                .counter(Counter.GENERATION_TOKENS, "engine=0", first, Basis.LIVE)
                .counter(Counter.GENERATION_TOKENS, "engine=1", second, Basis.LIVE)
                .build();
    }

    private static Reading slot(double seconds, String series, double tokens) {
        return at(seconds)
                .counter(Counter.GENERATION_TOKENS, series, tokens, Basis.SLOTS)
                .build();
    }

    private static Reading atEnd(double seconds, double tokens, long running) {
        return at(seconds)
                .counter(Counter.GENERATION_TOKENS, "", tokens, Basis.AT_REQUEST_END)
                .gauge(Metric.RUNNING, running)
                .build();
    }

    private static Reading.Builder finished(double seconds, double stopped, double cut) {
        return at(seconds)
                .counter(Counter.FINISHED, "stop", "s", stopped, Basis.LIVE)
                .counter(Counter.FINISHED, "length", "l", cut, Basis.LIVE);
    }
}
