// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Source;
import dev.llmtop.spi.Histogram;
import dev.llmtop.spi.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A classic histogram, each series by itself: the first name with series wins. */
record HistogramRow(Metric metric, Basis basis, List<String> histograms) implements Row {
    private static final Set<String> BOUND = Set.of("le");

    HistogramRow {
        histograms = List.copyOf(histograms);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(metric);
    }

    @Override
    public List<String> names() {
        return histograms.stream()
                .flatMap(name -> List.of(name + "_bucket", name + "_sum", name + "_count").stream())
                .toList();
    }

    @Override
    public boolean read(View view, Reading.Builder into, String path) {
        for (String name : histograms) {
            Map<Labels, BucketList> series = series(view, name);
            int found = 0;
            for (Map.Entry<Labels, BucketList> one : series.entrySet()) {
                Optional<Histogram> histogram = one.getValue().histogram();
                histogram.ifPresent(known -> into.histogram(metric, one.getKey().key(), known));
                found += histogram.isPresent() ? 1 : 0;
            }
            if (found > 0) {
                String full =
                        view.samples(Selector.named(name + "_bucket")).get(0).name();
                into.source(
                        metric,
                        new Source(path, List.of(View.base(full)), found > 1 ? Combined.SUM : Combined.ONLY, basis));
                return true;
            }
        }
        return false;
    }

    private static Map<Labels, BucketList> series(View view, String name) {
        Map<Labels, BucketList> series = new LinkedHashMap<>();
        NumberReader number = new NumberReader();
        for (Sample bucket : view.samples(Selector.named(name + "_bucket"))) {
            Optional<String> bound = bucket.labels().value("le");
            if (isHistogram(bucket) && bound.isPresent() && number.read(bound.get())) {
                series.computeIfAbsent(bucket.labels().without(BOUND), labels -> new BucketList())
                        .add(number.value(), bucket.value());
            }
        }
        for (Sample sum : view.samples(Selector.named(name + "_sum"))) {
            Optional.ofNullable(series.get(sum.labels())).ifPresent(list -> list.sum(sum.value()));
        }
        for (Sample count : view.samples(Selector.named(name + "_count"))) {
            Optional.ofNullable(series.get(count.labels())).ifPresent(list -> list.count(count.value()));
        }
        return series;
    }

    /** A gauge histogram does not only grow, so its differences mean nothing. */
    private static boolean isHistogram(Sample sample) {
        FamilyType type = sample.family().type();
        return type == FamilyType.HISTOGRAM || type == FamilyType.UNTYPED;
    }
}
