// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Parts;
import dev.llmtop.model.Source;
import dev.llmtop.model.Text;
import dev.llmtop.spi.Reading;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A gauge by the value of a label, each summed over its series. */
record PartsRow(Metric metric, List<Selector> selectors) implements Row {
    private static final int MOST_PARTS = 100;

    @Override
    public List<Metric> metrics() {
        return List.of(metric);
    }

    @Override
    public List<String> names() {
        return selectors.stream().map(Selector::name).toList();
    }

    @Override
    public boolean read(View view, Reading.Builder into, String path) {
        for (Selector selector : selectors) {
            Map<String, Double> parts = new TreeMap<>();
            List<Sample> samples = view.samples(selector).stream()
                    .filter(sample -> Row.isGauge(sample) && Double.isFinite(sample.value()))
                    .toList();
            for (Sample sample : samples) {
                String part = Text.clean(selector.partOf(sample));
                if (parts.size() < MOST_PARTS || parts.containsKey(part)) {
                    parts.merge(part, sample.value(), Double::sum);
                }
            }
            if (!samples.isEmpty()) {
                Combined combined = samples.size() > parts.size() ? Combined.SUM : view.lowestRankOf(samples.get(0));
                into.figure(metric, new Parts(parts));
                into.source(metric, new Source(path, List.of(samples.get(0).name()), combined, Basis.LIVE));
                return true;
            }
        }
        return false;
    }
}
