// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Reading.CountKey;
import dev.llmtop.spi.Reading.ProgressKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How far a counter moved in the last step that moves only when a task ends, with the progress of the tasks that run.
 *
 * <p>Counter and progress together are a live count: what a task counted leaves the progress at its end and enters the counter. Both
 * are not read in one instant: a task that ended in between is in neither, and the sum dips until the next reading. So the rise is
 * taken over the highest sum so far, and is never less than what tasks seen twice surely did. A task that was given up never enters
 * the counter; after it the rise is too low for a while, and what is sure stands.
 */
final class LiveProgress {
    private final Counter counter;
    private final List<Reading> readings;

    private LiveProgress(Counter counter, List<Reading> readings) {
        this.counter = counter;
        this.readings = readings;
    }

    /** Whether a reading tells the progress of a counter's tasks. */
    static boolean has(Reading reading, Counter counter) {
        return reading.progress().keySet().stream().anyMatch(key -> key.counter() == counter);
    }

    /** The growth per second over the last step; empty where it is not known. The last reading has progress. */
    static OptionalDouble rate(Window window, Counter counter) {
        List<Reading> told = window.readings().stream()
                .filter(reading -> has(reading, counter))
                .toList();
        return told.size() < 2 ? OptionalDouble.empty() : new LiveProgress(counter, told).rate();
    }

    private OptionalDouble rate() {
        Reading last = readings.get(readings.size() - 1);
        Reading before = readings.get(readings.size() - 2);
        double grown = 0;
        boolean known = false;
        for (String series : series(last)) {
            Optional<Double> part = grown(series, before, last);
            known |= part.isPresent();
            grown += part.orElse(0.0);
        }
        return known ? OptionalDouble.of(grown / last.stamp().secondsSince(before.stamp())) : OptionalDouble.empty();
    }

    private Set<String> series(Reading reading) {
        Set<String> series = new HashSet<>();
        reading.progress().keySet().stream()
                .filter(key -> key.counter() == counter)
                .forEach(key -> series.add(key.series()));
        reading.counts().keySet().stream()
                .filter(key -> key.counter() == counter)
                .forEach(key -> series.add(key.series()));
        return series;
    }

    private Optional<Double> grown(String series, Reading before, Reading last) {
        Optional<Double> counted = rise(series);
        Optional<Double> sure = sure(series, before, last, counted.isPresent());
        return counted.isPresent() && sure.isPresent()
                ? Optional.of(Math.max(counted.get(), sure.get()))
                : counted.or(() -> sure);
    }

    /** Of tasks seen twice. Where one began or ended, nothing but standing still is no knowledge, unless a counter tells the rest. */
    private Optional<Double> sure(String series, Reading before, Reading last, boolean counted) {
        double grown = 0;
        int pairs = 0;
        boolean changed = false;
        for (Map.Entry<ProgressKey, Double> task : last.progress().entrySet()) {
            if (task.getKey().counter() == counter && task.getKey().series().equals(series)) {
                Double earlier = before.progress().get(task.getKey());
                if (earlier == null) {
                    changed = true;
                } else if (task.getValue() >= earlier) {
                    grown += task.getValue() - earlier;
                    pairs++;
                }
            }
        }
        return pairs == 0 || changed && grown == 0 && !counted ? Optional.empty() : Optional.of(grown);
    }

    /** Of counter and progress together in the last step, over the highest before; empty where the counter is not known or began anew. */
    private Optional<Double> rise(String series) {
        CountKey key = new CountKey(counter, "", series);
        double highest = Double.NaN;
        double lastCount = Double.NaN;
        double rise = Double.NaN;
        for (Reading reading : readings) {
            Double count = reading.counts().get(key);
            if (count == null || count < lastCount) {
                highest = Double.NaN;
            }
            rise = Double.NaN;
            lastCount = Double.NaN;
            if (count != null && count >= 0) {
                double level = count + running(reading, series);
                rise = Math.max(0, level - highest);
                highest = Double.isNaN(highest) ? level : Math.max(highest, level);
                lastCount = count;
            }
        }
        return Double.isNaN(rise) ? Optional.empty() : Optional.of(rise);
    }

    private double running(Reading reading, String series) {
        return reading.progress().entrySet().stream()
                .filter(task -> task.getKey().counter() == counter
                        && task.getKey().series().equals(series))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
