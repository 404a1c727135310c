// SPDX-License-Identifier: MIT
package dev.llmtop.tui.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SecondSeriesTest {
    @Test
    void aValueHoldsOverALateTickAndNotOverAGap() {
        SecondSeries series = new SecondSeries();
        series.put(100, 1, 2);
        series.put(103, 3, 2);
        series.put(110, 9, 2);
        assertThat(series.greatest(100, 101)).isEqualTo(3);
        assertThat(series.greatest(103, 109)).isNaN();
        assertThat(series.greatest(109, 110)).isEqualTo(9);
        assertThat(series.greatest(110, 999)).isNaN();
    }

    @Test
    void inOneSecondTheGreatestCounts() {
        SecondSeries series = new SecondSeries();
        series.put(5, 1, 0);
        series.put(5, 7, 0);
        series.put(5, Double.NaN, 0);
        series.put(5, 2, 0);
        assertThat(series.greatest(4, 5)).isEqualTo(7);
    }

    @Test
    void whatIsNotKnownTakesNoPlaceOfWhatIs() {
        SecondSeries series = new SecondSeries();
        series.put(1, Double.NaN, 5);
        assertThat(series.greatest(0, 9)).isNaN();
        series.put(2, 4, 5);
        series.put(3, Double.NaN, 5);
        assertThat(series.greatest(2, 3)).isNaN();
        assertThat(series.greatest(1, 3)).isEqualTo(4);
    }

    /** Against the plainest model there is: a map of seconds. */
    @Property(tries = 200)
    void isAMapOfTheLastHour(@ForAll @Size(max = 60) List<@IntRange(min = 1, max = 900) Integer> steps) {
        SecondSeries series = new SecondSeries();
        Map<Long, Double> model = new TreeMap<>();
        long second = 1_000_000;
        for (int step : steps) {
            second += step;
            series.put(second, step, 0);
            model.put(second, (double) step);
        }
        long end = second;
        for (long from = end - 4_000; from < end; from += 97) {
            long after = Math.max(from, end - SecondSeries.SECONDS);
            double wanted = model.entrySet().stream()
                    .filter(entry -> entry.getKey() > after && entry.getKey() <= end)
                    .mapToDouble(Map.Entry::getValue)
                    .max()
                    .orElse(Double.NaN);
            assertThat(Double.valueOf(series.greatest(from, end))).isEqualTo(Double.valueOf(wanted));
        }
    }
}
