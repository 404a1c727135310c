// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Source;
import dev.llmtop.spi.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A ratio of counters over a window; the denominator may be a sum of several. Series are joined by their labels. */
record FractionRow(Metric metric, Basis basis, Selector numerator, List<Selector> denominators) implements Row {
    private record Key(Labels labels, String part) {}

    FractionRow {
        denominators = List.copyOf(denominators);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(metric);
    }

    @Override
    public List<String> names() {
        return Stream.concat(Stream.of(numerator), denominators.stream())
                .map(Selector::name)
                .toList();
    }

    @Override
    public boolean read(View view, Reading.Builder into, String path) {
        Map<Key, Double> tops = new LinkedHashMap<>();
        counters(view, numerator)
                .forEach(sample -> tops.merge(
                        new Key(numerator.join(sample), numerator.partOf(sample)), sample.value(), Double::sum));
        Map<Labels, Double> bottoms = new LinkedHashMap<>();
        for (Selector denominator : denominators) {
            counters(view, denominator)
                    .forEach(sample -> bottoms.merge(denominator.join(sample), sample.value(), Double::sum));
        }
        tops.keySet().removeIf(key -> !bottoms.containsKey(key.labels()));
        if (tops.isEmpty()) {
            return false;
        }
        tops.forEach((key, top) -> into.fraction(
                metric, key.part(), key.labels().key(), top, bottoms.getOrDefault(key.labels(), Double.NaN)));
        Combined combined =
                tops.keySet().stream().map(Key::labels).distinct().count() > 1 ? Combined.SUM : Combined.ONLY;
        into.source(metric, new Source(path, series(view), combined, basis));
        return true;
    }

    private static List<Sample> counters(View view, Selector selector) {
        return view.samples(selector).stream()
                .filter(sample -> Row.isCounter(sample) && Double.isFinite(sample.value()) && sample.value() >= 0)
                .toList();
    }

    private List<String> series(View view) {
        List<String> names = new ArrayList<>();
        Stream.concat(Stream.of(numerator), denominators.stream())
                .flatMap(selector -> counters(view, selector).stream().limit(1))
                .map(Sample::name)
                .distinct()
                .forEach(names::add);
        return names;
    }
}
