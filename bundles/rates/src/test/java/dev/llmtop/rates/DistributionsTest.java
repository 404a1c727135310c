// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import static dev.llmtop.model.Metric.TIME_TO_FIRST_TOKEN;
import static dev.llmtop.rates.Readings.at;
import static dev.llmtop.rates.Readings.derive;
import static dev.llmtop.rates.Readings.firstToken;
import static dev.llmtop.rates.Readings.latency;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.model.Distribution;
import dev.llmtop.model.Distribution.Bucket;
import dev.llmtop.model.Distribution.Quantiles;
import dev.llmtop.spi.Histogram;
import dev.llmtop.spi.Reading;
import org.junit.jupiter.api.Test;

class DistributionsTest {
    @Test
    void theWindowIsTheDifferenceOfItsEnds() {
        Distribution latency = of(
                one(0, latency(100, 100, 100, 5, 100)),
                one(30, latency(110, 130, 140, 15, 140)),
                one(60, latency(120, 138, 141, 15.25, 141)));
        assertThat(latency.count()).isEqualTo(41);
        assertThat(latency.windowSeconds()).isEqualTo(60);
        assertThat(latency.mean()).hasValueSatisfying(mean -> assertThat(mean).isCloseTo(0.25, within(1e-12)));
        assertThat(latency.buckets()).containsExactly(new Bucket(0.1, 20), new Bucket(0.25, 38), new Bucket(0.5, 41));
        // Rank 20.5 is half an observation of 18 into the bucket from 0.1 to 0.25.
        assertThat(latency.quantiles().p50().orElseThrow()).isCloseTo(0.1 + 0.15 * 0.5 / 18, within(1e-12));
        assertThat(latency.quantiles().p90().orElseThrow()).isCloseTo(0.1 + 0.15 * 16.9 / 18, within(1e-12));
        assertThat(latency.quantiles().p99().orElseThrow()).isCloseTo(0.25 + 0.25 * 2.59 / 3, within(1e-12));
    }

    @Test
    void sinceStartIsOfTheLastReadingAlone() {
        Distribution all = of(one(0, latency(1, 1, 1, 1, 1)), one(1, latency(0, 5_000, 5_012, 1_002.4, 5_012)))
                .sinceStart()
                .orElseThrow();
        assertThat(all.count()).isEqualTo(5_012);
        assertThat(all.mean().orElseThrow()).isCloseTo(0.2, within(1e-12));
        assertThat(all.quantiles().p50().orElseThrow()).isCloseTo(0.1 + 0.15 * 2_506 / 5_000, within(1e-12));
        assertThat(all.sinceStart()).isEmpty();
    }

    @Test
    void oneReadingHasNoWindowButSinceStart() {
        Distribution latency = of(one(0, latency(0, 4, 4, 1, 4)));
        assertThat(latency.count()).isZero();
        assertThat(latency.windowSeconds()).isZero();
        assertThat(latency.mean()).isEmpty();
        assertThat(latency.quantiles()).isEqualTo(Quantiles.NONE);
        assertThat(latency.buckets()).isEmpty();
        assertThat(latency.sinceStart().orElseThrow().count()).isEqualTo(4);
    }

    @Test
    void nothingObservedInTheWindowIsACountOfZeroAndNothingElse() {
        Distribution latency = of(one(0, latency(0, 4, 4, 1, 4)), one(10, latency(0, 4, 4, 1, 4)));
        assertThat(latency.count()).isZero();
        assertThat(latency.windowSeconds()).isEqualTo(10);
        assertThat(latency.mean()).isEmpty();
        assertThat(latency.quantiles()).isEqualTo(Quantiles.NONE);
        assertThat(latency.buckets()).isEmpty();
    }

    @Test
    void whatTheLowestBucketHoldsHasNoQuantileButAMean() {
        Distribution latency = of(one(0, latency(0, 0, 0, 0, 0)), one(1, latency(95, 100, 100, 4, 100)));
        assertThat(latency.quantiles().p50()).isEmpty();
        assertThat(latency.quantiles().p90()).isEmpty();
        assertThat(latency.quantiles().p99().orElseThrow()).isCloseTo(0.1 + 0.15 * 4 / 5, within(1e-12));
        assertThat(latency.mean().orElseThrow()).isCloseTo(0.04, within(1e-12));
    }

    @Test
    void whatLiesBeyondTheLastBoundHasNoQuantile() {
        Distribution latency = of(one(0, latency(0, 0, 0, 0, 0)), one(1, latency(0, 60, 80, 900, 100)));
        assertThat(latency.quantiles().p50()).isPresent();
        assertThat(latency.quantiles().p90()).isEmpty();
        assertThat(latency.quantiles().p99()).isEmpty();
    }

    @Test
    void aStepWithAResetIsLeftOutWithItsTime() {
        Distribution latency = of(
                one(0, latency(0, 100, 100, 20, 100)),
                one(10, latency(0, 110, 110, 22, 110)),
                one(20, latency(0, 3, 3, 1, 3)),
                one(30, latency(0, 8, 8, 2, 8)));
        assertThat(latency.count()).isEqualTo(15);
        assertThat(latency.windowSeconds()).isEqualTo(20);
        assertThat(latency.mean().orElseThrow()).isCloseTo(3.0 / 15, within(1e-12));
    }

    @Test
    void aDroppedBucketIsAResetEvenWhereTheCountRose() {
        assertThat(of(one(0, latency(0, 100, 100, 20, 100)), one(10, latency(0, 90, 120, 25, 120)))
                        .count())
                .isZero();
    }

    @Test
    void ranksAreAddedUp() {
        Reading before = firstToken(0, "engine=0", latency(0, 0, 0, 0, 0))
                .histogram(TIME_TO_FIRST_TOKEN, "engine=1", latency(7, 7, 7, 0.5, 7))
                .build();
        Reading after = firstToken(5, "engine=0", latency(0, 10, 10, 2, 10))
                .histogram(TIME_TO_FIRST_TOKEN, "engine=1", latency(7, 7, 17, 4.5, 17))
                .build();
        Distribution latency = of(before, after);
        assertThat(latency.count()).isEqualTo(20);
        assertThat(latency.buckets()).containsExactly(new Bucket(0.1, 0), new Bucket(0.25, 10), new Bucket(0.5, 20));
        assertThat(latency.mean().orElseThrow()).isCloseTo(0.3, within(1e-12));
        assertThat(latency.windowSeconds()).isEqualTo(5);
    }

    @Test
    void ofDifferingBoundsTheCommonOnesAreKept() {
        Histogram none = Histogram.of(new double[] {0.25, 1}, new double[] {0, 0}, 0, 0);
        Histogram some = Histogram.of(new double[] {0.25, 1}, new double[] {6, 10}, 3, 10);
        Reading before = firstToken(0, "a", latency(0, 0, 0, 0, 0))
                .histogram(TIME_TO_FIRST_TOKEN, "b", none)
                .build();
        Reading after = firstToken(1, "a", latency(1, 4, 10, 3, 10))
                .histogram(TIME_TO_FIRST_TOKEN, "b", some)
                .build();
        Distribution latency = of(before, after);
        assertThat(latency.buckets()).containsExactly(new Bucket(0.25, 10));
        assertThat(latency.count()).isEqualTo(20);
        assertThat(latency.mean()).isPresent();
    }

    @Test
    void aRankThatAnswersOnlySometimesLosesNothing() {
        Distribution latency = of(one(0, latency(0, 1, 1, 0.2, 1)), at(1).build(), one(2, latency(0, 5, 5, 1, 5)));
        assertThat(latency.count()).isEqualTo(4);
        assertThat(latency.windowSeconds()).isEqualTo(2);
    }

    @Test
    void numbersThatAreNoneRaiseNothing() {
        Distribution latency = of(
                one(0, latency(0, Double.NaN, 1, 1, 1)),
                one(1, latency(0, 2, Double.POSITIVE_INFINITY, Double.NaN, 2)));
        assertThat(latency.count()).isZero();
        assertThat(latency.sinceStart().orElseThrow().count()).isZero();
    }

    @Test
    void aHistogramWithoutBoundsHasAMean() {
        Histogram before = Histogram.of(new double[0], new double[0], 1, 1);
        Histogram after = Histogram.of(new double[0], new double[0], 7, 3);
        Distribution latency = of(one(0, before), one(1, after));
        assertThat(latency.mean()).hasValue(3.0);
        assertThat(latency.quantiles()).isEqualTo(Quantiles.NONE);
    }

    private static Reading one(double seconds, Histogram histogram) {
        return firstToken(seconds, "engine=0", histogram).build();
    }

    private static Distribution of(Reading... readings) {
        return derive(readings).known(TIME_TO_FIRST_TOKEN, Distribution.class).orElseThrow();
    }
}
