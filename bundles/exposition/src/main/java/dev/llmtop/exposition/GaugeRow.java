// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Figure.Form;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Source;
import dev.llmtop.spi.Reading;
import java.util.List;
import java.util.stream.Stream;

/** A gauge: the first selector with series wins. */
record GaugeRow(Metric metric, Combine combine, List<Selector> selectors) implements Row {
    @Override
    public List<Metric> metrics() {
        return List.of(metric);
    }

    @Override
    public List<String> holders() {
        return selectors.stream().map(Selector::name).toList();
    }

    @Override
    public List<String> names() {
        return Stream.concat(selectors.stream().map(Selector::name), Stream.of(combine.info()))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @Override
    public boolean read(View view, Reading.Builder into, String path) {
        for (Selector selector : selectors) {
            List<Sample> samples =
                    view.samples(selector).stream().filter(Row::isGauge).toList();
            if (!samples.isEmpty()) {
                combine(samples, view, into, path);
                return true;
            }
        }
        return false;
    }

    private void combine(List<Sample> samples, View view, Reading.Builder into, String path) {
        List<Sample> usable =
                samples.stream().filter(sample -> sensible(sample.value())).toList();
        if (usable.isEmpty()) {
            Sample first = samples.get(0);
            into.unavailable(metric, Reason.MALFORMED, first.name() + " says " + first.value());
            return;
        }
        Combine.Outcome outcome = combine.of(usable, view);
        into.gauge(metric, outcome.value());
        into.source(metric, new Source(path, List.of(usable.get(0).name()), outcome.how(), Basis.LIVE));
        if (metric.form() == Form.RATIO && usable.size() > 1) {
            // A share of several parts hides the full one: the parts stay to be seen.
            usable.forEach(sample -> into.extra(sample.key(), sample.value()));
        }
    }

    /** vLLM's V0 hit rate is -1 where there is no prefix cache. */
    private boolean sensible(double value) {
        return Double.isFinite(value) && (metric.form() == Form.NUMBER || value >= 0);
    }
}
