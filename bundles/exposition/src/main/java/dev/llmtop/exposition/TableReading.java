// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Streamed;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One reading made with a table. */
final class TableReading {
    private static final int MOST_MODELS = 100;
    /** A little less than the cap of a streamed body: a page cut there is too large, a shorter one broke off. */
    private static final long NEARLY_CAP = 63L << 20;

    private final SeriesTable table;
    private final String path;
    private final Streamed<SeriesPage> answer;
    private final Reading.Builder into;

    TableReading(SeriesTable table, String path, Streamed<SeriesPage> answer) {
        this.table = table;
        this.path = path;
        this.answer = answer;
        into = Reading.builder(answer.stamp());
    }

    Reading.Builder builder() {
        if (answer.value() instanceof Value.Known<SeriesPage> known) {
            read(known.value());
        } else {
            answer.value()
                    .missing()
                    .ifPresent(reason -> metrics().forEach(metric -> unavailable(metric, withoutPage(metric, reason))));
        }
        table.without.forEach(this::unavailable);
        return into;
    }

    private void read(SeriesPage page) {
        View view = View.of(page, table.prefix, table.ranks, answer.cut());
        readRows(view, into);
        state(view).ifPresent(into::state);
        others(page);
        models(view);
        for (Metric metric : metrics()) {
            if (!into.has(metric)) {
                unavailable(metric, reason(metric, page, view));
            }
        }
    }

    private void readRows(View view, Reading.Builder reading) {
        for (Row row : table.rows) {
            boolean wanted = row.metrics().stream()
                    .noneMatch(metric -> reading.has(metric) || table.without.containsKey(metric));
            if (wanted) {
                row.read(view, reading, path);
            }
        }
    }

    private Optional<State> state(View view) {
        return table.states.stream().flatMap(state -> state.read(view).stream()).findFirst();
    }

    private void models(View view) {
        if (table.modelLabel.isEmpty()) {
            return;
        }
        Set<String> models = view.values(table.modelLabel);
        if (models.size() < 2) {
            return;
        }
        models.stream().limit(MOST_MODELS).forEach(model -> {
            Reading.Builder reading = Reading.builder(answer.stamp());
            readRows(view.only(table.modelLabel, model), reading);
            into.model(model, reading.build());
        });
    }

    /** Labels that are the same on every further series say nothing: they are left out of the names. */
    private void others(SeriesPage page) {
        Set<String> constant = constantLabels(page.others());
        for (Sample sample : page.others()) {
            into.extra(sample.name() + sample.labels().without(constant).key(), sample.value());
        }
    }

    private static Set<String> constantLabels(List<Sample> samples) {
        Map<String, String> first = new LinkedHashMap<>();
        Map<String, Integer> count = new LinkedHashMap<>();
        Set<String> varying = new HashSet<>();
        for (Sample sample : samples) {
            for (int at = 0; at < sample.labels().size(); at++) {
                String name = sample.labels().name(at);
                String value = sample.labels().value(at);
                count.merge(name, 1, Integer::sum);
                if (!first.computeIfAbsent(name, unseen -> value).equals(value)) {
                    varying.add(name);
                }
            }
        }
        Set<String> constant = new HashSet<>(first.keySet());
        constant.removeAll(varying);
        constant.removeIf(name -> count.getOrDefault(name, 0) * 2 < samples.size());
        return constant;
    }

    private Set<Metric> metrics() {
        Set<Metric> metrics = new TreeSet<>(table.missing.keySet());
        table.rows.forEach(row -> metrics.addAll(row.metrics()));
        metrics.removeAll(table.without.keySet());
        return metrics;
    }

    private Value.Unavailable<?> reason(Metric metric, SeriesPage page, View view) {
        Set<String> names = new LinkedHashSet<>();
        table.rows.stream().filter(row -> row.metrics().contains(metric)).forEach(row -> names.addAll(row.holders()));
        PageSummary summary = page.summary();
        Optional<Value.Unavailable<?>> never = never(metric);
        if (never.isPresent()) {
            return never.get();
        }
        if (names.stream().anyMatch(view::lost) && summary.skipped().dropped() > 0) {
            return new Value.Unavailable<>(Reason.TOO_LARGE, path + " has more series than are read");
        }
        if (answer.cut()) {
            return summary.bytes() >= NEARLY_CAP
                    ? new Value.Unavailable<>(Reason.TOO_LARGE, path + " was cut at its cap before this figure")
                    : new Value.Unavailable<>(
                            Reason.TIMED_OUT, path + " broke off after " + summary.bytes() + " bytes");
        }
        if (!page.hasPrefix() && table.empty.isPresent()) {
            return table.empty.get();
        }
        return onWholePage(metric, names, page);
    }

    /** Of a server that does not answer, or makes no sense, nothing at all is known. */
    private Value.Unavailable<?> withoutPage(Metric metric, Value.Unavailable<?> reason) {
        return switch (reason.reason()) {
            case UNREACHABLE, TIMED_OUT, MALFORMED, TOO_LARGE -> reason;
            default -> never(metric).orElse(reason);
        };
    }

    /** Why no page has it, whole or not: a key, a flag or another try would not bring it. */
    private Optional<Value.Unavailable<?>> never(Metric metric) {
        boolean hasRow = table.rows.stream().anyMatch(row -> row.metrics().contains(metric));
        return Optional.<Value.Unavailable<?>>ofNullable(table.missing.get(metric))
                .filter(why -> !hasRow && (why.reason() == Reason.NOT_EXPORTED || why.reason() == Reason.NOT_SAFE));
    }

    private Value.Unavailable<?> onWholePage(Metric metric, Set<String> names, SeriesPage page) {
        Map<String, FamilyType> types = new LinkedHashMap<>();
        names.forEach(name -> page.series(name).stream()
                .findFirst()
                .ifPresent(sample -> types.put(sample.name(), sample.family().type())));
        Value.Unavailable<?> known = table.missing.get(metric);
        Optional<String> declared = names.stream()
                .map(name -> table.prefix + name)
                .filter(page::declares)
                .findFirst();
        if (types.isEmpty() && declared.isPresent()) {
            return new Value.Unavailable<>(
                    Reason.NO_SAMPLE_YET, declared.get() + " is on " + path + ", but has no series yet");
        }
        if (known != null) {
            return known;
        }
        if (!types.isEmpty()) {
            Map.Entry<String, FamilyType> first = types.entrySet().iterator().next();
            return new Value.Unavailable<>(
                    Reason.NOT_EXPORTED,
                    first.getKey() + " (" + first.getValue().word() + ") on " + path + " does not hold this figure");
        }
        return new Value.Unavailable<>(
                Reason.NOT_EXPORTED, "no series " + table.prefix + String.join(", ", names) + " on " + path);
    }

    private void unavailable(Metric metric, Value.Unavailable<?> why) {
        into.unavailable(metric, why.reason(), why.detail());
    }
}
