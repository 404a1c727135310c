// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Histogram;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** An engine whose true work is known, scraped badly: what is derived is the truth where it can be, and never more than it. */
class TruthPropertyTest {
    private static final double[] BOUNDS = {0.1, 0.25, 0.5, 1, 2.5};

    /** What was really done, and what a scrape at this moment shows of it. */
    private static final class Engine {
        private final double[] counted;
        private final double[][] observed;
        private final boolean[] there;
        private double done;
        private double finished;

        Engine(int ranks) {
            counted = new double[ranks];
            observed = new double[ranks][BOUNDS.length + 1];
            there = new boolean[ranks];
            Arrays.fill(there, true);
        }

        void work(int rank, int tokens, int requests, Random random) {
            counted[rank] += tokens;
            done += tokens;
            for (int request = 0; request < requests; request++) {
                finished++;
                for (int bucket = random.nextInt(BOUNDS.length + 1); bucket <= BOUNDS.length; bucket++) {
                    observed[rank][bucket]++;
                }
            }
        }

        void restart(int rank) {
            counted[rank] = 0;
            observed[rank] = new double[BOUNDS.length + 1];
        }

        Reading scrape(double seconds, Instant wallClock) {
            Reading.Builder reading = Readings.at(seconds, wallClock);
            for (int rank = 0; rank < counted.length; rank++) {
                if (there[rank]) {
                    double count = observed[rank][BOUNDS.length];
                    reading.counter(Counter.GENERATION_TOKENS, "rank=" + rank, counted[rank], Basis.LIVE)
                            .histogram(
                                    Metric.TIME_TO_FIRST_TOKEN,
                                    "rank=" + rank,
                                    Histogram.of(BOUNDS, Arrays.copyOf(observed[rank], BOUNDS.length), count, count));
                }
            }
            return reading.build();
        }
    }

    @Property(tries = 200)
    void missedScrapesAndAWallClockThatJumpsChangeNoRate(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int ranks, @ForAll @IntRange(max = 900) int speed) {
        Random random = new Random(seed);
        Engine engine = new Engine(ranks);
        List<Reading> scraped = new ArrayList<>();
        for (int second = 0; second < 20; second++) {
            if (second < 2 || random.nextInt(3) > 0) {
                scraped.add(engine.scrape(second, Instant.ofEpochSecond(random.nextInt(1_000_000))));
            }
            IntStream.range(0, ranks).forEach(rank -> engine.work(rank, speed, 1, random));
        }
        Figures<Metric> figures = new Rates().derive(scraped);
        assertThat(figures.number(Metric.GENERATION_TOKENS_PER_SECOND).orElseThrow())
                .isCloseTo((double) speed * ranks, within(1e-6));
        Distribution latency =
                figures.known(Metric.TIME_TO_FIRST_TOKEN, Distribution.class).orElseThrow();
        assertThat(latency.count()).isEqualTo(Math.round(latency.windowSeconds() * ranks));
    }

    @Property(tries = 400)
    void ranksThatRestartComeAndGoNeverMakeMoreThanWasDone(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int ranks) {
        Random random = new Random(seed);
        Engine engine = new Engine(ranks);
        List<Reading> scraped = new ArrayList<>();
        List<Double> done = new ArrayList<>();
        List<Double> finished = new ArrayList<>();
        for (int second = 0; second < 15; second++) {
            for (int rank = 0; rank < ranks; rank++) {
                engine.work(rank, random.nextInt(400), random.nextInt(3), random);
                engine.there[rank] = random.nextInt(5) > 0;
                if (random.nextInt(7) == 0) {
                    engine.restart(rank);
                }
            }
            if (random.nextInt(4) > 0) {
                scraped.add(engine.scrape(second, Instant.EPOCH));
                done.add(engine.done);
                finished.add(engine.finished);
                neverMore(scraped, done, finished);
            }
        }
    }

    /** After a gap a series may be differenced over several steps: what it did in all of them is the bound. */
    private static void neverMore(List<Reading> scraped, List<Double> done, List<Double> finished) {
        Figures<Metric> figures = new Rates().derive(scraped);
        int last = scraped.size() - 1;
        figures.number(Metric.GENERATION_TOKENS_PER_SECOND).ifPresent(rate -> {
            int before = last - 1;
            while (scraped.get(before).counts().isEmpty()) {
                before--;
            }
            Stamp from = scraped.get(before).stamp();
            double seconds = scraped.get(last).stamp().secondsSince(from);
            assertThat(rate * seconds).isLessThanOrEqualTo(done.get(last) - done.get(before) + 1e-6);
        });
        figures.known(Metric.TIME_TO_FIRST_TOKEN, Distribution.class)
                .ifPresent(latency ->
                        assertThat((double) latency.count()).isLessThanOrEqualTo(finished.get(last) - finished.get(0)));
    }

    @Property(tries = 200)
    void whatWasObservedBeforeTheWindowMovesNoQuantileOfIt(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int requests) {
        Engine fresh = new Engine(1);
        Engine old = new Engine(1);
        old.work(0, 0, 5_000, new Random(~seed));
        List<Reading> ofFresh = new ArrayList<>(List.of(fresh.scrape(0, Instant.EPOCH)));
        List<Reading> ofOld = new ArrayList<>(List.of(old.scrape(0, Instant.EPOCH)));
        fresh.work(0, 0, requests, new Random(seed));
        old.work(0, 0, requests, new Random(seed));
        ofFresh.add(fresh.scrape(1, Instant.EPOCH));
        ofOld.add(old.scrape(1, Instant.EPOCH));
        Distribution window = latency(ofOld);
        assertThat(window.quantiles()).isEqualTo(latency(ofFresh).quantiles());
        assertThat(window.buckets()).isEqualTo(latency(ofFresh).buckets());
        assertThat(window.count()).isEqualTo(requests);
    }

    private static Distribution latency(List<Reading> readings) {
        return new Rates()
                .derive(readings)
                .known(Metric.TIME_TO_FIRST_TOKEN, Distribution.class)
                .orElseThrow();
    }
}
