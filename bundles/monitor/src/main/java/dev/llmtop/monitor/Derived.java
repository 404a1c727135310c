// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.RateDeriver;
import dev.llmtop.spi.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The figures that a window of readings makes.
 *
 * @param figures of the engine
 * @param models of each model of the last reading, by id
 */
record Derived(Figures<Metric> figures, Map<String, Figures<Metric>> models) {
    /** Of no reading at all. */
    static final Derived NOTHING = new Derived(Figures.none(), Map.of());

    /** Derives the engine's figures and its models'. */
    static Derived of(List<Reading> window, Optional<RateDeriver> deriver) {
        if (window.isEmpty()) {
            return NOTHING;
        }
        Map<String, Figures<Metric>> models = new LinkedHashMap<>();
        Reading last = window.get(window.size() - 1);
        for (String model : new TreeSet<>(last.models().keySet())) {
            models.put(model, figures(ofModel(window, model), deriver));
        }
        return new Derived(figures(window, deriver), models);
    }

    /** The readings of one model within those of its engine. */
    static List<Reading> ofModel(List<Reading> window, String model) {
        return window.stream()
                .map(reading -> reading.models().get(model))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Figures<Metric> figures(List<Reading> window, Optional<RateDeriver> deriver) {
        return deriver.map(present -> present.derive(window)).orElseGet(() -> underived(window.get(window.size() - 1)));
    }

    /** Gauges as they stand; what only a deriver can make waits for one. */
    static Figures<Metric> underived(Reading last) {
        Figures.Builder<Metric> figures = Figures.of(Metric.class);
        last.counts().keySet().forEach(key -> {
            key.counter().rate().ifPresent(metric -> wait(figures, metric));
            key.counter().total().ifPresent(metric -> wait(figures, metric));
        });
        last.progress().keySet().forEach(key -> key.counter().rate().ifPresent(metric -> wait(figures, metric)));
        last.fractions().keySet().forEach(key -> wait(figures, key.metric()));
        last.histograms().keySet().forEach(key -> wait(figures, key.metric()));
        return figures.putAll(last.figures()).build();
    }

    private static void wait(Figures.Builder<Metric> figures, Metric metric) {
        figures.putUnavailable(metric, Reason.NO_SAMPLE_YET, "no rate deriver is installed");
    }
}
