// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Source;
import dev.llmtop.model.State;
import dev.llmtop.model.Text;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The raw figures of an engine at one moment: counters and histograms as scraped, one by one; gauges as they stand. Rates and
 * windows are made of several readings by {@link RateDeriver}. Immutable.
 */
public final class Reading {
    private final Stamp stamp;
    private final Map<CountKey, Double> counts;
    private final Map<ProgressKey, Double> progress;
    private final Map<FractionKey, Fraction> fractions;
    private final Map<HistogramKey, Histogram> histograms;
    private final Map<Counter, Basis> bases;
    private final Figures<Metric> figures;
    private final Map<Metric, Source> sources;
    private final Map<String, Double> extra;
    private final Map<String, Reading> models;
    private final Optional<String> fingerprint;
    private final Optional<State> state;

    private Reading(Builder builder) {
        stamp = builder.stamp;
        counts = Map.copyOf(builder.counts);
        progress = Map.copyOf(builder.progress);
        fractions = Map.copyOf(builder.fractions);
        histograms = Map.copyOf(builder.histograms);
        bases = Map.copyOf(builder.bases);
        figures = builder.figures.build();
        sources = Map.copyOf(builder.sources);
        extra = Map.copyOf(builder.extra);
        models = Map.copyOf(builder.models);
        fingerprint = builder.fingerprint;
        state = builder.state;
    }

    /** One series of a counter; {@code part} is empty where the counter has no parts. */
    public record CountKey(Counter counter, String part, String series) {}

    /**
     * What one task that has not ended counted so far.
     *
     * @param series of the counter that will hold it once it ends
     * @param task unique within the series; a new task is a new key
     */
    public record ProgressKey(Counter counter, String series, String task) {}

    /** One series of a ratio over a window; {@code part} is a position, or empty. */
    public record FractionKey(Metric metric, String part, String series) {}

    /** Two counters whose differences are divided. */
    public record Fraction(double numerator, double denominator) {}

    /** One series of a histogram. */
    public record HistogramKey(Metric metric, String series) {}

    /** A reading of what an answer said; {@code stamp} is the answer's. */
    public static Builder builder(Stamp stamp) {
        return new Builder(stamp);
    }

    /** When the answer came; readings of equal stamps are one reading. */
    public Stamp stamp() {
        return stamp;
    }

    /** Counters by series. */
    public Map<CountKey, Double> counts() {
        return counts;
    }

    /** Progress of tasks that their counters do not hold yet. */
    public Map<ProgressKey, Double> progress() {
        return progress;
    }

    /** Window ratios by series. */
    public Map<FractionKey, Fraction> fractions() {
        return fractions;
    }

    /** Histograms by series. */
    public Map<HistogramKey, Histogram> histograms() {
        return histograms;
    }

    /** How a counter moves; LIVE where none is named. */
    public Basis basis(Counter counter) {
        return bases.getOrDefault(counter, Basis.LIVE);
    }

    /** Gauges as they stand, and what is unavailable with its reason. */
    public Figures<Metric> figures() {
        return figures;
    }

    /** Where each figure comes from. */
    public Map<Metric, Source> sources() {
        return sources;
    }

    /** Further series as scraped. */
    public Map<String, Double> extra() {
        return extra;
    }

    /** Readings of single models, by id. */
    public Map<String, Reading> models() {
        return models;
    }

    /** Changes when the engine should be described anew. */
    public Optional<String> fingerprint() {
        return fingerprint;
    }

    /** The state that the answer shows; empty where it shows none. */
    public Optional<State> state() {
        return state;
    }

    /** Builds a {@link Reading}. Not safe for several threads. Numbers that are not finite are left out. */
    public static final class Builder {
        private final Stamp stamp;
        private final Map<CountKey, Double> counts = new LinkedHashMap<>();
        private final Map<ProgressKey, Double> progress = new LinkedHashMap<>();
        private final Map<FractionKey, Fraction> fractions = new LinkedHashMap<>();
        private final Map<HistogramKey, Histogram> histograms = new LinkedHashMap<>();
        private final Map<Counter, Basis> bases = new EnumMap<>(Counter.class);
        private final Figures.Builder<Metric> figures = Figures.of(Metric.class);
        private final Map<Metric, Source> sources = new EnumMap<>(Metric.class);
        private final Map<String, Double> extra = new LinkedHashMap<>();
        private final Map<String, Reading> models = new LinkedHashMap<>();
        private Optional<String> fingerprint = Optional.empty();
        private Optional<State> state = Optional.empty();

        private Builder(Stamp stamp) {
            this.stamp = stamp;
        }

        /**
         * One series of a counter.
         *
         * @param series a key of the series, unique within the counter, such as its labels; a new key is a new series
         */
        public Builder counter(Counter counter, String series, double value, Basis basis) {
            return counter(counter, "", series, value, basis);
        }

        /** One series of a part of a counter, such as a finish reason. */
        public Builder counter(Counter counter, String part, String series, double value, Basis basis) {
            if (Double.isFinite(value)) {
                counts.put(new CountKey(counter, Text.clean(part), series), value);
                bases.put(counter, basis);
            }
            return this;
        }

        /**
         * What an unfinished task counted so far, for a counter that holds it only once the task ended (llama.cpp's slots). It feeds
         * the rate and never the total; with it the rate is live, and of {@link Basis#SLOTS}. Also of a place where nothing runs, as 0,
         * so that it is known that nothing does.
         *
         * @param series of the counter that will hold it; the counter need not be there
         * @param task such as {@code slot=2,task=52}
         */
        public Builder progress(Counter counter, String series, String task, double value) {
            if (Double.isFinite(value) && value >= 0) {
                progress.put(new ProgressKey(counter, series, task), value);
            }
            return this;
        }

        /** One series of a ratio of two counters over the window. */
        public Builder fraction(Metric metric, String part, String series, double numerator, double denominator) {
            if (Double.isFinite(numerator) && Double.isFinite(denominator)) {
                fractions.put(new FractionKey(metric, Text.clean(part), series), new Fraction(numerator, denominator));
            }
            return this;
        }

        /** A number as it stands. */
        public Builder gauge(Metric metric, double value) {
            figures.putNumber(metric, value);
            return this;
        }

        /** Any figure as it stands, in the form of its metric. */
        public Builder figure(Metric metric, Object value) {
            figures.put(metric, value);
            return this;
        }

        /** One series of a histogram. */
        public Builder histogram(Metric metric, String series, Histogram histogram) {
            histograms.put(new HistogramKey(metric, series), histogram);
            return this;
        }

        /** Why a metric is not known; a figure set later replaces it. */
        public Builder unavailable(Metric metric, Reason reason, String detail) {
            figures.putUnavailable(metric, reason, Text.clean(detail));
            return this;
        }

        /** Where a metric comes from. */
        public Builder source(Metric metric, Source source) {
            sources.put(metric, source);
            return this;
        }

        /** A further series as scraped. */
        public Builder extra(String series, double value) {
            if (Double.isFinite(value)) {
                extra.put(Text.clean(series), value);
            }
            return this;
        }

        /** The reading of one model. */
        public Builder model(String id, Reading reading) {
            models.put(Text.clean(id), reading);
            return this;
        }

        /** What changes when the engine should be described anew. */
        public Builder changed(String newFingerprint) {
            fingerprint = Optional.of(newFingerprint);
            return this;
        }

        /** The state that the answer shows. */
        public Builder state(State shown) {
            state = Optional.of(shown);
            return this;
        }

        /** Whether the metric has a source so far: a figure, a counter that feeds it, a ratio or a histogram. */
        public boolean has(Metric metric) {
            return figures.has(metric) || sources.containsKey(metric);
        }

        /** How several series became one: for {@link #source}. */
        public Builder source(Metric metric, String path, String series, Combined combined, Basis basis) {
            return source(metric, new Source(path, List.of(series), combined, basis));
        }

        /** The reading. */
        public Reading build() {
            return new Reading(this);
        }
    }
}
