// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Source;
import dev.llmtop.spi.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A number that stands in labels of an info series: one label, or several multiplied. */
record InfoRow(Metric metric, boolean summed, Selector info, List<String> labels) implements Row {
    InfoRow {
        labels = List.copyOf(labels);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(metric);
    }

    @Override
    public List<String> names() {
        return List.of(info.name());
    }

    @Override
    public boolean read(View view, Reading.Builder into, String path) {
        List<Sample> samples = view.named(info.name()).stream()
                .filter(sample -> Row.isInfo(sample) && info.fits(sample))
                .toList();
        List<Double> numbers = new ArrayList<>();
        samples.forEach(sample -> product(sample).ifPresent(numbers::add));
        // A sum that misses a part is no sum.
        if (numbers.isEmpty() || summed && numbers.size() < samples.size()) {
            return false;
        }
        double value = summed
                ? numbers.stream().mapToDouble(Double::doubleValue).sum()
                : numbers.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        Combined combined = numbers.size() == 1 ? Combined.ONLY : summed ? Combined.SUM : Combined.MAX;
        into.gauge(metric, value);
        into.source(metric, new Source(path, List.of(samples.get(0).name()), combined, Basis.LIVE));
        return true;
    }

    private Optional<Double> product(Sample sample) {
        NumberReader number = new NumberReader();
        double product = 1;
        for (String label : labels) {
            if (!number.read(sample.labels().value(label).orElse(""))
                    || !Double.isFinite(number.value())
                    || number.value() < 0) {
                return Optional.empty();
            }
            product *= number.value();
        }
        return Optional.of(product);
    }
}
