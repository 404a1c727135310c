// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Metric;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** A server of slots that works at random, and what its readings make of it. */
class LiveProgressPropertyTest {
    private static final int STEPS = 40;

    /** What the server did, and how much of it a reading says: all, or all but the slots. */
    private static final class Server {
        private final Random random;
        private final double[] decoded;
        private final int[] task;
        private double counted;
        private double generated;

        Server(long seed, int slots) {
            random = new Random(seed);
            decoded = new double[slots];
            task = new int[slots];
        }

        /** Every slot may end its task, begin one, or go on. */
        void step(double givenUp) {
            for (int slot = 0; slot < decoded.length; slot++) {
                double more = random.nextInt(100);
                boolean ends = random.nextInt(4) == 0;
                decoded[slot] += more;
                generated += more;
                if (ends) {
                    counted += random.nextDouble() < givenUp ? 0 : decoded[slot];
                    decoded[slot] = random.nextInt(50);
                    generated += decoded[slot];
                    task[slot]++;
                }
            }
        }

        Reading reading(double seconds, boolean withSlots) {
            Reading.Builder reading =
                    Readings.at(seconds).counter(Counter.GENERATION_TOKENS, "", counted, Basis.AT_REQUEST_END);
            for (int slot = 0; withSlots && slot < decoded.length; slot++) {
                reading.progress(Counter.GENERATION_TOKENS, "", "slot=" + slot + ",task=" + task[slot], decoded[slot]);
            }
            return reading.build();
        }
    }

    private static double rate(List<Reading> window) {
        return new Rates()
                .derive(window)
                .number(Metric.GENERATION_TOKENS_PER_SECOND)
                .orElseThrow();
    }

    @Property(tries = 100)
    void everyTokenIsCountedOnceAlsoWhereReadingsLackTheSlots(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int slots) {
        Server server = new Server(seed, slots);
        List<Reading> window = new ArrayList<>(List.of(server.reading(0, true)));
        double seen = 0;
        double last = 0;
        for (int step = 1; step <= STEPS; step++) {
            server.step(0);
            boolean told = step == STEPS || server.random.nextInt(5) > 0;
            window.add(server.reading(step, told));
            if (told) {
                seen += rate(window) * (step - last);
                last = step;
            }
        }
        assertThat(seen).isCloseTo(server.generated, within(1e-6 * Math.max(1, server.generated)));
    }

    @Property(tries = 100)
    void tasksGivenUpNeverMakeARateThatIsNegativeOrMoreThanWasDone(
            @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 1) double givenUp) {
        Server server = new Server(seed, 3);
        List<Reading> window = new ArrayList<>(List.of(server.reading(0, true)));
        double seen = 0;
        for (int step = 1; step <= STEPS; step++) {
            double before = server.generated;
            server.step(givenUp);
            window.add(server.reading(step, true));
            double rate = new Rates()
                    .derive(window)
                    .number(Metric.GENERATION_TOKENS_PER_SECOND)
                    .orElse(0.0);
            assertThat(rate).isBetween(0.0, server.generated - before + 1e-6);
            seen += rate;
        }
        assertThat(seen).isLessThanOrEqualTo(server.generated + 1e-6);
    }
}
