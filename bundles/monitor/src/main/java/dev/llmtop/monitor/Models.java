// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Value.Unavailable;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import java.util.ArrayList;
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
                Gaps.applying(figures.getOrDefault(id, Figures.none()), entry.state() == ModelState.LOADING),
                entry.unavailable())));
        return models;
    }

    /**
     * The only loaded one; of several the one with most generated tokens in the window; else none. A LoRA adapter lives inside its
     * base model, and is not counted beside it unless its own tokens are told apart. Several names of what was loaded from one place
     * are one model, which its first name stands for.
     */
    private Optional<String> primary(Map<String, Entry> entries) {
        Map<String, String> first = new LinkedHashMap<>();
        Map<String, List<String>> names = new LinkedHashMap<>();
        List<String> adapters = new ArrayList<>();
        entries.forEach((id, entry) -> {
            if (entry.state() == ModelState.LOADED && entry.facts().containsKey(Fact.PARENT)) {
                adapters.add(id);
            } else if (entry.state() == ModelState.LOADED) {
                Object root = entry.facts().get(Fact.ROOT);
                String base = root == null ? id : first.computeIfAbsent(root.toString(), unseen -> id);
                names.computeIfAbsent(base, unseen -> new ArrayList<>()).add(id);
            }
        });
        adapters.forEach(id -> names.putIfAbsent(id, List.of(id)));
        Optional<String> most = Optional.empty();
        double mostTokens = 0;
        for (Map.Entry<String, List<String>> model : names.entrySet()) {
            double tokens = model.getValue().stream()
                    .mapToDouble(id -> GeneratedTokens.of(Derived.ofModel(window, id)))
                    .sum();
            if (tokens > mostTokens) {
                most = Optional.of(model.getKey());
                mostTokens = tokens;
            }
        }
        return most.isEmpty() && names.size() - adapters.size() == 1
                ? names.keySet().stream().findFirst()
                : most;
    }
}
