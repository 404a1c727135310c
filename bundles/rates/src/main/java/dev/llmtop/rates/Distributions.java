// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import dev.llmtop.model.Distribution;
import dev.llmtop.model.Metric;
import dev.llmtop.spi.Histogram;
import dev.llmtop.spi.Reading;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was observed in the window, of histograms. Each series is followed by itself from sighting to sighting; where anything in it
 * dropped or its bounds changed, that step is left out. The window's length is the time of the steps that count.
 */
final class Distributions {
    private Distributions() {}

    static void derive(Window window, Outcome outcome) {
        Map<Metric, Observed> inWindow = new EnumMap<>(Metric.class);
        Map<Metric, BitSet> steps = new EnumMap<>(Metric.class);
        window.pairs(Reading::histograms, (key, before, after, between) -> {
            if (Observed.follows(before, after)) {
                inWindow.computeIfAbsent(key.metric(), unused -> new Observed()).add(before, after);
                between.addTo(steps.computeIfAbsent(key.metric(), unused -> new BitSet()));
            }
        });
        Map<Metric, Observed> sinceStart = new EnumMap<>(Metric.class);
        window.last().histograms().forEach((key, histogram) -> {
            Observed observed = sinceStart.computeIfAbsent(key.metric(), unused -> new Observed());
            if (Observed.isSound(histogram)) {
                observed.add(histogram);
            }
        });
        sinceStart.forEach((metric, all) -> outcome.known(
                metric,
                inWindow.getOrDefault(metric, new Observed())
                        .distribution(
                                window.seconds(steps.getOrDefault(metric, new BitSet())),
                                Optional.of(sinceStart(all)))));
        vanished(window, sinceStart.keySet()).forEach(outcome::vanished);
    }

    /** Without buckets: the contract has them of the window alone. */
    private static Distribution sinceStart(Observed all) {
        Distribution whole = all.distribution(0, Optional.empty());
        return new Distribution(whole.quantiles(), whole.mean(), whole.count(), 0, List.of(), Optional.empty());
    }

    private static Set<Metric> vanished(Window window, Set<Metric> now) {
        Set<Metric> ever = EnumSet.noneOf(Metric.class);
        for (Reading reading : window.readings()) {
            for (Map.Entry<Reading.HistogramKey, Histogram> series :
                    reading.histograms().entrySet()) {
                ever.add(series.getKey().metric());
            }
        }
        ever.removeAll(now);
        return ever;
    }
}
