// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import static dev.llmtop.model.Metric.GENERATION_TOKENS_PER_SECOND;
import static dev.llmtop.model.Metric.PREFIX_CACHE_HIT_RATIO;
import static dev.llmtop.model.Metric.TIME_TO_FIRST_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.Distribution.Bucket;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Histogram;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever an engine does: restarts, ranks that come and go, missed scrapes, a wall clock that jumps. */
class RatesPropertyTest {
    private static final double[] BOUNDS = {0.1, 0.25, 0.5, 1, 2.5};

    @Property(tries = 300)
    void nothingIsEverNegativeOrNoNumber(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int length) {
        Figures<Metric> figures = new Rates().derive(chaos(new Random(seed), length));
        figures.number(GENERATION_TOKENS_PER_SECOND)
                .ifPresent(rate -> assertThat(rate).isNotNegative());
        figures.number(PREFIX_CACHE_HIT_RATIO)
                .ifPresent(ratio -> assertThat(ratio).isBetween(0.0, 1.0));
        figures.known(TIME_TO_FIRST_TOKEN, Distribution.class).ifPresent(latency -> {
            assertThat(latency.count()).isNotNegative();
            assertThat(latency.windowSeconds()).isNotNegative();
            latency.mean().ifPresent(mean -> assertThat(mean).isNotNegative());
        });
    }

    @Property(tries = 300)
    void quantilesRiseAndLieInTheBucketThatHoldsThem(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int length) {
        new Rates()
                .derive(chaos(new Random(seed), length))
                .known(TIME_TO_FIRST_TOKEN, Distribution.class)
                .ifPresent(latency -> {
                    Distribution.Quantiles quantiles = latency.quantiles();
                    assertRises(quantiles.p50(), quantiles.p90());
                    assertRises(quantiles.p90(), quantiles.p99());
                    assertHeld(latency, quantiles.p50(), 0.5);
                    assertHeld(latency, quantiles.p90(), 0.9);
                    assertHeld(latency, quantiles.p99(), 0.99);
                    long before = 0;
                    for (Bucket bucket : latency.buckets()) {
                        assertThat(bucket.cumulativeCount()).isBetween(before, latency.count());
                        before = bucket.cumulativeCount();
                    }
                });
    }

    @Property(tries = 200)
    void theOrderOfSeriesIsIrrelevant(@ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int length) {
        Random random = new Random(seed);
        List<List<double[]>> steps = new ArrayList<>();
        for (int at = 0; at < length; at++) {
            List<double[]> ranks = new ArrayList<>();
            for (int rank = 0; rank < 4; rank++) {
                ranks.add(new double[] {rank, random.nextInt(1_000)});
            }
            steps.add(ranks);
        }
        Figures<Metric> before = new Rates().derive(readings(steps));
        steps.forEach(Collections::reverse);
        assertThat(new Rates().derive(readings(steps))).isEqualTo(before);
    }

    @Property(tries = 200)
    void splittingAStepChangesNoCountOfTheWindow(
            @ForAll @Size(min = 2, max = 12) List<@IntRange(max = 500) Integer> observations) {
        List<Reading> fine = new ArrayList<>();
        double low = 0;
        double high = 0;
        for (int at = 0; at < observations.size(); at++) {
            low += observations.get(at) / 3;
            high += observations.get(at);
            fine.add(Reading.builder(stamp(at))
                    .histogram(
                            TIME_TO_FIRST_TOKEN,
                            "",
                            Histogram.of(new double[] {0.1, 0.5}, new double[] {low, high}, high * 0.2, high))
                    .counter(Counter.GENERATION_TOKENS, "", high, Basis.AT_REQUEST_END)
                    .fraction(PREFIX_CACHE_HIT_RATIO, "", "", low, high)
                    .build());
        }
        List<Reading> coarse = List.of(fine.get(0), fine.get(fine.size() - 1));
        Figures<Metric> split = new Rates().derive(fine);
        Figures<Metric> whole = new Rates().derive(coarse);
        Distribution ofSplit =
                split.known(TIME_TO_FIRST_TOKEN, Distribution.class).orElseThrow();
        Distribution ofWhole =
                whole.known(TIME_TO_FIRST_TOKEN, Distribution.class).orElseThrow();
        assertThat(ofSplit.count()).isEqualTo(ofWhole.count());
        assertThat(ofSplit.buckets()).isEqualTo(ofWhole.buckets());
        assertThat(ofSplit.windowSeconds()).isCloseTo(ofWhole.windowSeconds(), within(1e-6));
        assertSame(split, whole, GENERATION_TOKENS_PER_SECOND);
        assertSame(split, whole, PREFIX_CACHE_HIT_RATIO);
    }

    @Property(tries = 200)
    void theWallClockIsIrrelevant(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int length) {
        List<Reading> jumping = chaos(new Random(seed), length);
        List<Reading> steady = new ArrayList<>();
        for (Reading reading : jumping) {
            Reading.Builder copy =
                    Reading.builder(new Stamp(Instant.EPOCH, reading.stamp().nanos()));
            reading.counts()
                    .forEach((key, value) ->
                            copy.counter(key.counter(), key.part(), key.series(), value, reading.basis(key.counter())));
            reading.fractions()
                    .forEach((key, value) -> copy.fraction(
                            key.metric(), key.part(), key.series(), value.numerator(), value.denominator()));
            reading.histograms().forEach((key, value) -> copy.histogram(key.metric(), key.series(), value));
            steady.add(copy.build());
        }
        assertThat(new Rates().derive(steady)).isEqualTo(new Rates().derive(jumping));
    }

    private static void assertSame(Figures<Metric> one, Figures<Metric> other, Metric metric) {
        assertThat(one.number(metric).isPresent())
                .isEqualTo(other.number(metric).isPresent());
        one.number(metric)
                .ifPresent(number ->
                        assertThat(number).isCloseTo(other.number(metric).orElseThrow(), within(1e-6)));
    }

    private static void assertRises(Optional<Double> low, Optional<Double> high) {
        if (low.isPresent() && high.isPresent()) {
            assertThat(low.get()).isLessThanOrEqualTo(high.get());
        }
    }

    private static void assertHeld(Distribution latency, Optional<Double> value, double quantile) {
        value.ifPresent(estimate -> {
            double lower = 0;
            for (Bucket bucket : latency.buckets()) {
                if (bucket.cumulativeCount() >= quantile * latency.count()) {
                    assertThat(estimate).isBetween(lower, bucket.upperBound());
                    return;
                }
                lower = bucket.upperBound();
            }
            throw new AssertionError("an estimate that no bucket holds: " + estimate);
        });
    }

    private static List<Reading> readings(List<List<double[]>> steps) {
        List<Reading> readings = new ArrayList<>();
        for (int at = 0; at < steps.size(); at++) {
            Reading.Builder reading = Reading.builder(stamp(at));
            for (double[] rank : steps.get(at)) {
                reading.counter(Counter.GENERATION_TOKENS, "rank=" + rank[0], rank[1], Basis.LIVE);
                reading.fraction(PREFIX_CACHE_HIT_RATIO, "", "rank=" + rank[0], rank[1] / 2, rank[1]);
            }
            readings.add(reading.build());
        }
        return readings;
    }

    /** Two ranks that grow, begin anew, leave out pages, repeat a stamp. */
    private static List<Reading> chaos(Random random, int length) {
        List<Reading> readings = new ArrayList<>();
        double[] tokens = new double[2];
        double[][] buckets = new double[2][BOUNDS.length + 1];
        double seconds = 0;
        for (int at = 0; at < length; at++) {
            seconds += random.nextInt(5) == 0 ? 0 : random.nextDouble() * 10;
            Reading.Builder reading = Reading.builder(
                    new Stamp(Instant.ofEpochSecond(random.nextInt(1_000_000)), Math.round(seconds * 1e9)));
            for (int rank = 0; rank < 2; rank++) {
                if (random.nextInt(6) == 0) {
                    tokens[rank] = 0;
                    buckets[rank] = new double[BOUNDS.length + 1];
                }
                tokens[rank] += random.nextInt(300);
                observe(buckets[rank], random);
                if (random.nextInt(6) > 0) {
                    add(reading, "rank=" + rank, tokens[rank], buckets[rank]);
                }
            }
            readings.add(reading.build());
        }
        return readings;
    }

    private static void observe(double[] buckets, Random random) {
        for (int observation = random.nextInt(20); observation > 0; observation--) {
            int lowest = random.nextInt(buckets.length);
            for (int bucket = lowest; bucket < buckets.length; bucket++) {
                buckets[bucket]++;
            }
        }
    }

    private static void add(Reading.Builder reading, String series, double tokens, double[] buckets) {
        double count = buckets[BOUNDS.length];
        reading.counter(Counter.GENERATION_TOKENS, series, tokens, Basis.LIVE)
                .fraction(PREFIX_CACHE_HIT_RATIO, "", series, tokens / 3, tokens)
                .histogram(
                        TIME_TO_FIRST_TOKEN,
                        series,
                        Histogram.of(BOUNDS, Arrays.copyOf(buckets, BOUNDS.length), count * 0.4, count));
    }

    private static Stamp stamp(int second) {
        return new Stamp(Instant.EPOCH, second * 1_000_000_000L);
    }
}
