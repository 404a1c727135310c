// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which series of a page a row of a {@link SeriesTable} takes: a name without the table's prefix, and label values. Immutable.
 */
public final class Selector {
    private final String name;
    private final Map<String, Set<String>> conditions;
    private final String part;

    private Selector(String name, Map<String, Set<String>> conditions, String part) {
        this.name = name;
        this.conditions = Map.copyOf(conditions);
        this.part = part;
    }

    /** All series of this name. */
    public static Selector named(String name) {
        return new Selector(name, Map.of(), "");
    }

    static List<Selector> named(String... names) {
        return List.of(names).stream().map(Selector::named).toList();
    }

    /** Only series whose label has one of these values; the empty one stands for a label that is not there. */
    public Selector where(String label, String... values) {
        Map<String, Set<String>> more = new LinkedHashMap<>(conditions);
        more.put(label, Set.of(values));
        return new Selector(name, more, part);
    }

    /** The value of this label is the part of the figure, such as a finish reason. */
    public Selector part(String label) {
        return new Selector(name, conditions, label);
    }

    String name() {
        return name;
    }

    /** The part of a series; empty where it has none. */
    String partOf(Sample sample) {
        return part.isEmpty() ? "" : sample.labels().value(part).orElse("");
    }

    boolean fits(Sample sample) {
        for (Map.Entry<String, Set<String>> condition : conditions.entrySet()) {
            if (!condition
                    .getValue()
                    .contains(sample.labels().value(condition.getKey()).orElse(""))) {
                return false;
            }
        }
        return part.isEmpty() || sample.labels().value(part).isPresent();
    }

    /** The labels by which a series is joined with those of other selectors: not those that select. */
    Labels join(Sample sample) {
        if (conditions.isEmpty() && part.isEmpty()) {
            return sample.labels();
        }
        Set<String> selecting = new LinkedHashSet<>(conditions.keySet());
        selecting.add(part);
        return sample.labels().without(selecting);
    }
}
