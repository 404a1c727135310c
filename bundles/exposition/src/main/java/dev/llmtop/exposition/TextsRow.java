// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Source;
import dev.llmtop.model.Text;
import dev.llmtop.model.Texts;
import dev.llmtop.spi.Reading;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Names in a label of an info series whose value is the time when it was said: the newest wins. */
record TextsRow(Metric metric, String info, String label) implements Row {
    private static final int MOST_TEXTS = 200;

    @Override
    public List<Metric> metrics() {
        return List.of(metric);
    }

    @Override
    public List<String> names() {
        return List.of(info);
    }

    @Override
    public boolean read(View view, Reading.Builder into, String path) {
        Optional<Sample> newest = view.named(info).stream()
                .filter(sample -> Row.isInfo(sample) && !Double.isNaN(sample.value()))
                .max(Comparator.comparingDouble(Sample::value));
        newest.ifPresent(sample -> {
            List<String> texts = Arrays.stream(
                            sample.labels().value(label).orElse("").split(",", -1))
                    .map(text -> Text.clean(text).strip())
                    .filter(text -> !text.isEmpty())
                    .limit(MOST_TEXTS)
                    .toList();
            into.figure(metric, new Texts(texts));
            into.source(metric, new Source(path, List.of(sample.name()), Combined.ONLY, Basis.LIVE));
        });
        return newest.isPresent();
    }
}
