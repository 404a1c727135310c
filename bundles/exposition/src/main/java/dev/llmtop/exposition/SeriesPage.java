// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a {@link SeriesTable} kept of a page: the series of its rows, and a few others. Immutable once read. */
public final class SeriesPage {
    private final String prefix;
    private final Map<String, List<Sample>> byName;
    private final List<Sample> others;
    private final Set<String> declared;
    private final Set<String> incomplete;
    private final PageSummary summary;

    private SeriesPage(Collector collector, PageSummary summary) {
        prefix = collector.prefix;
        byName = collector.byName;
        others = collector.others;
        declared = collector.declared;
        incomplete = collector.incomplete;
        this.summary = summary;
    }

    /** Whether the page has a metric with the table's prefix, with series or only declared. */
    public boolean hasPrefix() {
        return !declared.isEmpty() || !byName.isEmpty() || !others.isEmpty();
    }

    /** The series of a row's name, as the page has them; the name without the table's prefix. */
    public List<Sample> series(String name) {
        return List.copyOf(byName.getOrDefault(prefix + name, List.of()));
    }

    /** The values that a label has on the series of the rows, in the order of the page. */
    public List<String> values(String label) {
        Set<String> values = new LinkedHashSet<>();
        byName.values()
                .forEach(samples ->
                        samples.forEach(sample -> sample.labels().value(label).ifPresent(values::add)));
        return List.copyOf(values);
    }

    /** What reading came to. */
    public PageSummary summary() {
        return summary;
    }

    Map<String, List<Sample>> byName() {
        return byName;
    }

    List<Sample> others() {
        return others;
    }

    /** Whether a metric was declared, by the name of one of its samples. */
    boolean declares(String sample) {
        return declared.contains(sample)
                || declared.contains(withoutSuffix(sample, "_bucket"))
                || declared.contains(withoutSuffix(sample, "_total"));
    }

    /** Metrics that the page has more series of than were kept. */
    Set<String> incomplete() {
        return incomplete;
    }

    static String withoutSuffix(String name, String suffix) {
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }

    /** Takes the wanted series of a page. */
    static final class Collector implements PageConsumer {
        private static final int MOST_DECLARED = 8_192;

        private final String prefix;
        private final Set<String> names;
        private final int mostOthers;
        private final Map<String, List<Sample>> byName = new LinkedHashMap<>();
        private final List<Sample> others = new ArrayList<>();
        private final Set<String> declared = new LinkedHashSet<>();
        private final Set<String> incomplete = new LinkedHashSet<>();

        /**
         * A collector.
         *
         * @param names with the prefix
         * @param mostOthers how many further series are kept
         */
        Collector(String prefix, Set<String> names, int mostOthers) {
            this.prefix = prefix;
            this.names = names;
            this.mostOthers = mostOthers;
        }

        SeriesPage page(PageSummary summary) {
            return new SeriesPage(this, summary);
        }

        @Override
        public String prefix() {
            return prefix;
        }

        @Override
        public boolean wants(String name) {
            return names.contains(name) || others.size() < mostOthers && isOther(name);
        }

        private static boolean isOther(String name) {
            return !name.endsWith("_bucket") && !name.endsWith("_created");
        }

        @Override
        public void sample(Sample sample) {
            if (names.contains(sample.name())) {
                byName.computeIfAbsent(sample.name(), name -> new ArrayList<>()).add(sample);
            } else {
                others.add(sample);
            }
        }

        @Override
        public void declared(Family family) {
            if (declared.size() < MOST_DECLARED) {
                declared.add(family.name());
            }
        }

        @Override
        public void dropped(String name) {
            incomplete.add(name);
        }
    }

    /** The family name of the sample that stood last on a page that broke off. */
    Optional<String> open() {
        return summary.end().open().isEmpty()
                ? Optional.empty()
                : Optional.of(summary.end().open());
    }
}
