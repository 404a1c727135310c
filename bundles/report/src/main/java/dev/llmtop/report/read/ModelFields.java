// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelState;
import java.util.EnumMap;
import java.util.Map;

/** Reads one model of an engine. */
final class ModelFields {
    private ModelFields() {}

    static ModelSnapshot read(JsonFields model) throws UnreadableException {
        JsonGaps gaps = JsonGaps.of(model);
        return new ModelSnapshot(
                model.neededText("id"),
                Codes.of(ModelState.values(), ModelState::code, model, "state", ModelState.AVAILABLE, gaps),
                model.flag("primary"),
                facts(model),
                FigureFields.read(Metric.class, model.object("metrics"), "metrics.", gaps),
                gaps.rest());
    }

    private static Map<ModelSnapshot.Fact, Object> facts(JsonFields model) throws UnreadableException {
        Map<ModelSnapshot.Fact, Object> facts = new EnumMap<>(ModelSnapshot.Fact.class);
        for (ModelSnapshot.Fact fact : ModelSnapshot.Fact.values()) {
            if (model.has(fact.jsonName())) {
                Object value =
                        fact.type() == Long.class ? (Object) model.count(fact.jsonName()) : model.text(fact.jsonName());
                facts.put(fact, value);
            }
        }
        return facts;
    }
}
