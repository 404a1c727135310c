// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Source;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import java.util.List;
import java.util.stream.Stream;

/** A counter: the first selector with series wins, and each series stays by itself. */
record CounterRow(Counter counter, Basis basis, List<Selector> selectors) implements Row {
    @Override
    public List<Metric> metrics() {
        return Stream.concat(counter.rate().stream(), counter.total().stream()).toList();
    }

    @Override
    public List<String> names() {
        return selectors.stream().map(Selector::name).toList();
    }

    @Override
    public boolean read(View view, Reading.Builder into, String path) {
        for (Selector selector : selectors) {
            List<Sample> samples = view.samples(selector).stream()
                    .filter(sample -> Row.isCounter(sample) && Double.isFinite(sample.value()) && sample.value() >= 0)
                    .toList();
            if (!samples.isEmpty()) {
                samples.forEach(sample -> into.counter(
                        counter, selector.partOf(sample), sample.labels().key(), sample.value(), basis));
                Combined combined = samples.size() > 1 ? Combined.SUM : view.lowestRankOf(samples.get(0));
                Source source = new Source(path, List.of(samples.get(0).name()), combined, basis);
                metrics().forEach(metric -> into.source(metric, source));
                return true;
            }
        }
        return false;
    }
}
