// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.Combined;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A page as rows see it: incomplete metrics gone, only the lowest rank of repeated series, and perhaps only one model. */
final class View {
    private static final Set<String> SUFFIXES = Set.of("_bucket", "_sum", "_count", "_gsum", "_gcount");

    private final SeriesPage page;
    private final String prefix;
    private final List<String> ranks;
    private final Set<String> lost;
    private final Predicate<Sample> model;
    private final Map<String, List<Sample>> cache;
    private final Set<String> ranked;

    private View(SeriesPage page, String prefix, List<String> ranks, Set<String> lost) {
        this.page = page;
        this.prefix = prefix;
        this.ranks = ranks;
        this.lost = lost;
        model = sample -> true;
        cache = new HashMap<>();
        ranked = new HashSet<>();
    }

    private View(View whole, Predicate<Sample> model) {
        page = whole.page;
        prefix = whole.prefix;
        ranks = whole.ranks;
        lost = whole.lost;
        cache = whole.cache;
        ranked = whole.ranked;
        this.model = model;
    }

    /** The whole page. {@code cut} says that it broke off: then the metric that stood last is incomplete. */
    static View of(SeriesPage page, String prefix, List<String> ranks, boolean cut) {
        Set<String> lost = new HashSet<>();
        page.incomplete().forEach(name -> lost.add(base(name)));
        if (cut) {
            page.open().ifPresent(name -> lost.add(base(name)));
        }
        return new View(page, prefix, ranks, lost);
    }

    /** Only series whose label has this value. */
    View only(String label, String value) {
        return new View(this, sample -> sample.labels().value(label).orElse("").equals(value));
    }

    /** The series that a selector takes, of any type. */
    List<Sample> samples(Selector selector) {
        return named(selector.name()).stream()
                .filter(sample -> model.test(sample) && selector.fits(sample))
                .toList();
    }

    /** All series of a name, of all models. */
    List<Sample> named(String name) {
        return cache.computeIfAbsent(
                prefix + name, full -> lowestRanks(page.byName().getOrDefault(full, List.of())));
    }

    /** A number that stands in a label of an info series, by the value of another label. */
    Map<String, Double> labelNumbers(String info, String label, String by) {
        Map<String, Double> numbers = new HashMap<>();
        NumberReader reader = new NumberReader();
        for (Sample sample : named(info)) {
            String text = sample.labels().value(label).orElse("");
            if (reader.read(text) && Double.isFinite(reader.value())) {
                numbers.put(sample.labels().value(by).orElse(""), reader.value());
            }
        }
        return numbers;
    }

    /** ONLY, or LOWEST_RANK where other ranks repeated the series. */
    Combined lowestRankOf(Sample sample) {
        return ranked.contains(sample.name()) ? Combined.LOWEST_RANK : Combined.ONLY;
    }

    /** The values of a label that tells models apart. */
    Set<String> values(String label) {
        Set<String> values = new LinkedHashSet<>();
        for (String name : page.byName().keySet()) {
            named(name.substring(prefix.length()))
                    .forEach(sample -> sample.labels().value(label).ifPresent(values::add));
        }
        return values;
    }

    private List<Sample> lowestRanks(List<Sample> samples) {
        if (samples.isEmpty() || lost.contains(base(samples.get(0).name()))) {
            return List.of();
        }
        if (ranks.isEmpty()) {
            return samples;
        }
        Map<Labels, Sample> lowest = new LinkedHashMap<>();
        Set<String> without = Set.copyOf(ranks);
        for (Sample sample : samples) {
            lowest.merge(sample.labels().without(without), sample, (one, other) -> rank(one, other) <= 0 ? one : other);
        }
        if (lowest.size() < samples.size()) {
            ranked.add(samples.get(0).name());
        }
        return new ArrayList<>(lowest.values());
    }

    private int rank(Sample one, Sample other) {
        for (String label : ranks) {
            int compared = Double.compare(
                    rank(one.labels().value(label)), rank(other.labels().value(label)));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    /** A series without the label speaks for all ranks. */
    private static double rank(Optional<String> value) {
        NumberReader reader = new NumberReader();
        return value.isEmpty() ? -1 : reader.read(value.get()) ? reader.value() : Double.MAX_VALUE;
    }

    /** Whether a metric is known to be incomplete. */
    boolean lost(String name) {
        return lost.contains(base(prefix + name));
    }

    /** The name that all samples of a histogram share; other names stay. */
    static String base(String name) {
        int suffix = name.lastIndexOf('_');
        return suffix > 0 && SUFFIXES.contains(name.substring(suffix)) ? name.substring(0, suffix) : name;
    }
}
