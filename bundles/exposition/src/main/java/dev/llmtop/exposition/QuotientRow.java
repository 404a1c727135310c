// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Source;
import dev.llmtop.spi.Reading;
import java.util.List;

/** A gauge divided by another, each summed over its series. */
record QuotientRow(Metric metric, Selector numerator, Selector denominator) implements Row {
    @Override
    public List<Metric> metrics() {
        return List.of(metric);
    }

    @Override
    public List<String> names() {
        return List.of(numerator.name(), denominator.name());
    }

    @Override
    public boolean read(View view, Reading.Builder into, String path) {
        List<Sample> tops = gauges(view, numerator);
        List<Sample> bottoms = gauges(view, denominator);
        if (tops.isEmpty() || bottoms.isEmpty()) {
            return false;
        }
        double bottom = bottoms.stream().mapToDouble(Sample::value).sum();
        if (bottom <= 0) {
            into.unavailable(metric, Reason.MALFORMED, bottoms.get(0).name() + " says " + bottom);
            return true;
        }
        into.gauge(metric, tops.stream().mapToDouble(Sample::value).sum() / bottom);
        into.source(
                metric,
                new Source(
                        path,
                        List.of(tops.get(0).name(), bottoms.get(0).name()),
                        tops.size() > 1 ? Combined.SUM : view.lowestRankOf(tops.get(0)),
                        Basis.LIVE));
        return true;
    }

    private static List<Sample> gauges(View view, Selector selector) {
        return view.samples(selector).stream()
                .filter(sample -> Row.isGauge(sample) && Double.isFinite(sample.value()))
                .toList();
    }
}
