// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Value.Unavailable;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Reading.CountKey;
import dev.llmtop.spi.ServedModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models of an engine: described ones in the engine's own order, then those that only the figures name. */
final class Models {
    private final List<Reading> window;
    private final Map<String, Figures<Metric>> figures;

    Models(List<Reading> window, Map<String, Figures<Metric>> figures) {
        this.window = window;
        this.figures = figures;
    }

    private record Entry(ModelState state, Map<Fact, Object> facts, Map<String, Unavailable<?>> unavailable) {}

    List<ModelSnapshot> merge(Optional<Description> description) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (ServedModel model : description.map(Description::models).orElse(List.of())) {
            entries.putIfAbsent(model.id(), new Entry(model.state(), model.facts(), model.unavailable()));
        }
        for (String id : figures.keySet()) {
            entries.putIfAbsent(id, new Entry(ModelState.LOADED, Map.of(), Map.of()));
        }
        Optional<String> primary = primary(entries);
        List<ModelSnapshot> models = new ArrayList<>();
        entries.forEach((id, entry) -> models.add(new ModelSnapshot(
                id,
                entry.state(),
                primary.filter(id::equals).isPresent(),
                entry.facts(),
                figures.getOrDefault(id, Figures.none()),
                entry.unavailable())));
        return models;
    }

    /**
     * The only loaded one; of several the one with most generated tokens in the window; else none. A LoRA adapter lives inside its
     * base model and is not counted beside it.
     */
    private Optional<String> primary(Map<String, Entry> entries) {
        List<String> loaded = entries.entrySet().stream()
                .filter(entry -> entry.getValue().state() == ModelState.LOADED
                        && !entry.getValue().facts().containsKey(Fact.PARENT))
                .map(Map.Entry::getKey)
                .toList();
        if (loaded.size() == 1) {
            return Optional.of(loaded.get(0));
        }
        Optional<String> most = Optional.empty();
        double mostTokens = 0;
        for (String id : loaded) {
            double tokens = generated(Derived.ofModel(window, id));
            if (tokens > mostTokens) {
                most = Optional.of(id);
                mostTokens = tokens;
            }
        }
        return most;
    }

    /** Tokens generated within a window: each series by itself, a drop counts nothing. */
    static double generated(List<Reading> window) {
        Map<CountKey, Double> before = new HashMap<>();
        double tokens = 0;
        for (Reading reading : window) {
            for (Map.Entry<CountKey, Double> series : reading.counts().entrySet()) {
                if (series.getKey().counter() == Counter.GENERATION_TOKENS) {
                    Double last = before.put(series.getKey(), series.getValue());
                    tokens += last == null ? 0 : Math.max(0, series.getValue() - last);
                }
            }
        }
        return tokens;
    }
}
