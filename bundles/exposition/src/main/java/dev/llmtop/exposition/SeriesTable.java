// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.BodyReader;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Streamed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the series of an engine's metrics page mean, row by row: a page goes in, a {@link Reading} comes out. Immutable: every
 * call makes a new table.
 *
 * <p>Of several rows for one metric, and of several names in a row, the first that the page has series of wins; never two. The
 * type on the page decides: a gauge row takes gauges, a counter row counters (or the sum or count of a histogram or summary), a
 * histogram row histograms; a series without a type is taken for what the row says. Each counter series stays by itself. Every
 * metric that the table names is known, counted or unavailable afterwards: none is silently missing.
 */
public final class SeriesTable {
    private static final int MOST_EXTRA = 200;

    final String prefix;
    final List<String> ranks;
    final String modelLabel;
    final List<Row> rows;
    final List<StateRow> states;
    final Map<Metric, Value.Unavailable<?>> missing;
    final Map<Metric, Value.Unavailable<?>> without;
    final Optional<Value.Unavailable<?>> empty;
    private final boolean quiet;

    private SeriesTable(Draft draft) {
        prefix = draft.prefix;
        ranks = List.copyOf(draft.ranks);
        modelLabel = draft.modelLabel;
        rows = List.copyOf(draft.rows);
        states = List.copyOf(draft.states);
        missing = Map.copyOf(draft.missing);
        without = Map.copyOf(draft.without);
        empty = draft.empty;
        quiet = draft.quiet;
    }

    private static final class Draft {
        private String prefix = "";
        private List<String> ranks = new ArrayList<>();
        private String modelLabel = "";
        private List<Row> rows = new ArrayList<>();
        private List<StateRow> states = new ArrayList<>();
        private Map<Metric, Value.Unavailable<?>> missing = new EnumMap<>(Metric.class);
        private Map<Metric, Value.Unavailable<?>> without = new EnumMap<>(Metric.class);
        private Optional<Value.Unavailable<?>> empty = Optional.empty();
        private boolean quiet;
    }

    private SeriesTable with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.prefix = prefix;
        draft.ranks = new ArrayList<>(ranks);
        draft.modelLabel = modelLabel;
        draft.rows = new ArrayList<>(rows);
        draft.states = new ArrayList<>(states);
        draft.missing.putAll(missing);
        draft.without.putAll(without);
        draft.empty = empty;
        draft.quiet = quiet;
        change.accept(draft);
        return new SeriesTable(draft);
    }

    private SeriesTable row(Row row) {
        return with(draft -> draft.rows.add(row));
    }

    /** A table of series whose names begin so; rows name them without it. */
    public static SeriesTable prefix(String prefix) {
        Draft draft = new Draft();
        draft.prefix = prefix;
        return new SeriesTable(draft);
    }

    /**
     * Ranks that repeat each other's series: of those that differ in these labels alone, the one of the lowest rank is kept.
     *
     * @param labels the first counts most
     */
    public SeriesTable keepLowest(String... labels) {
        return with(draft -> draft.ranks = Arrays.asList(labels));
    }

    /** The label that names the model: where it has several values, each becomes a reading of its own besides the engine's. */
    public SeriesTable models(String label) {
        return with(draft -> draft.modelLabel = label);
    }

    /** A gauge, by names. */
    public SeriesTable gauge(Metric metric, Combine combine, String... names) {
        return row(new GaugeRow(metric, combine, Selector.named(names)));
    }

    /** A gauge, by selectors. */
    public SeriesTable gauge(Metric metric, Combine combine, Selector... selectors) {
        return row(new GaugeRow(metric, combine, List.of(selectors)));
    }

    /** A counter, by names. */
    public SeriesTable counter(Counter counter, Basis basis, String... names) {
        return row(new CounterRow(counter, basis, Selector.named(names)));
    }

    /** A counter, by selectors. */
    public SeriesTable counter(Counter counter, Basis basis, Selector... selectors) {
        return row(new CounterRow(counter, basis, List.of(selectors)));
    }

    /** A ratio of two counters over the window, series by series. */
    public SeriesTable windowRatio(Metric metric, String numerator, String denominator) {
        return windowRatio(metric, Basis.LIVE, Selector.named(numerator), Selector.named(denominator));
    }

    /** The same by selectors: the denominator is the sum of those given, the numerator may have parts. */
    public SeriesTable windowRatio(Metric metric, Basis basis, Selector numerator, Selector... denominators) {
        return row(new FractionRow(metric, basis, numerator, List.of(denominators)));
    }

    /** A gauge divided by another. */
    public SeriesTable quotient(Metric metric, String numerator, String denominator) {
        return row(new QuotientRow(metric, Selector.named(numerator), Selector.named(denominator)));
    }

    /** A histogram that moves while requests run. */
    public SeriesTable histogram(Metric metric, String... names) {
        return histogram(metric, Basis.LIVE, names);
    }

    /** A histogram. */
    public SeriesTable histogram(Metric metric, Basis basis, String... names) {
        return row(new HistogramRow(metric, basis, List.of(names)));
    }

    /** A gauge by the value of a label. */
    public SeriesTable parts(Metric metric, String label, String... names) {
        return row(new PartsRow(
                metric,
                Selector.named(names).stream()
                        .map(selector -> selector.part(label))
                        .toList()));
    }

    /**
     * A number that stands in a label of an info series, or the product of several; over several series the sum, or the maximum
     * where each of them already speaks for all.
     */
    public SeriesTable labelNumber(Metric metric, Combine sumOrMax, String info, String... labels) {
        return labelNumber(metric, sumOrMax, Selector.named(info), labels);
    }

    /** The same, of the info series that a selector takes. */
    public SeriesTable labelNumber(Metric metric, Combine sumOrMax, Selector info, String... labels) {
        return row(new InfoRow(metric, sumOrMax == Combine.SUM, info, List.of(labels)));
    }

    /** Names, separated by commas, in a label of an info series whose value is a time: the newest series wins. */
    public SeriesTable texts(Metric metric, String info, String label) {
        return row(new TextsRow(metric, info, label));
    }

    /** The state that a set of series shows: {@code otherwise} where one of them is 1 and none whose label is {@code normal}. */
    public SeriesTable state(String name, String label, String normal, State otherwise) {
        return with(draft -> draft.states.add(new StateRow(name, label, normal, otherwise)));
    }

    /**
     * Why metrics are not known where a whole page has no series for them; {@code NOT_EXPORTED} where nothing is said. Of metrics
     * without a row {@code NOT_EXPORTED} and {@code NOT_SAFE} stand whatever is answered: no key, no flag and no whole page would bring them.
     */
    public SeriesTable missing(Reason reason, String detail, Metric... metrics) {
        return with(draft -> put(draft.missing, reason, detail, metrics));
    }

    /** Metrics that are not read at all, and why: what does not fit this engine as it was started. */
    public SeriesTable without(Reason reason, String detail, Metric... metrics) {
        return with(draft -> put(draft.without, reason, detail, metrics));
    }

    /** Why nothing is known where a whole page has no series with the prefix. */
    public SeriesTable whenEmpty(Reason reason, String detail) {
        return with(draft -> draft.empty = Optional.of(new Value.Unavailable<>(reason, detail)));
    }

    /** Keeps no series beyond those of the rows: for pages whose labels name persons. */
    public SeriesTable rowsOnly() {
        return with(draft -> draft.quiet = true);
    }

    private static void put(Map<Metric, Value.Unavailable<?>> into, Reason reason, String detail, Metric... metrics) {
        for (Metric metric : metrics) {
            into.put(metric, new Value.Unavailable<>(reason, detail));
        }
    }

    /** Reads a page: for {@link dev.llmtop.spi.Probe#stream}. Keeps only what the rows name, and up to 200 further series. */
    public BodyReader<SeriesPage> reader() {
        Set<String> names = new HashSet<>();
        rows.forEach(row -> row.names().forEach(name -> names.add(prefix + name)));
        states.forEach(state -> names.add(prefix + state.name()));
        return body -> {
            SeriesPage.Collector collector = new SeriesPage.Collector(prefix, names, quiet ? 0 : MOST_EXTRA);
            return collector.page(ExpositionReader.read(body, collector));
        };
    }

    /**
     * What an answer says: the figures of its page; where there is no page, the reason for every metric of the table. The adapter
     * adds what it knows from elsewhere and builds.
     *
     * @param path of the request, for {@link dev.llmtop.model.Source}
     */
    public Reading.Builder reading(String path, Streamed<SeriesPage> answer) {
        return new TableReading(this, path, answer).builder();
    }
}
