// SPDX-License-Identifier: MIT
package dev.llmtop.tui.history;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.state.RowId;
import dev.llmtop.tui.state.Trends;
import dev.llmtop.tui.state.Trends.Trend;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The series of every row for an hour: at most 96 rows, 72 KB each. Of more rows those that were silent longest are forgotten. */
final class SeriesBook {
    private static final int MOST_ROWS = 96;

    /** Least recently written first. */
    private final Map<RowId, Map<Trend, SecondSeries>> rows = new LinkedHashMap<>(16, 0.75f, true);

    void add(Snapshot snapshot) {
        long second = snapshot.time().getEpochSecond();
        // A value holds until the next tick, and one tick may be late.
        int held = (int)
                Math.min(SecondSeries.SECONDS, Math.ceil(2 * snapshot.agent().tickSeconds()));
        for (EngineSnapshot engine : snapshot.engines()) {
            String id = engine.identity().id();
            put(RowId.of(id), engine.measured().metrics(), second, held);
            for (ModelSnapshot model : engine.models()) {
                if (!model.metrics().asMap().isEmpty()) {
                    put(RowId.of(id, model.id()), model.metrics(), second, held);
                }
            }
        }
        Iterator<RowId> oldest = rows.keySet().iterator();
        while (rows.size() > MOST_ROWS) {
            oldest.next();
            oldest.remove();
        }
    }

    private void put(RowId row, Figures<Metric> figures, long second, int held) {
        Map<Trend, SecondSeries> series = rows.computeIfAbsent(row, none -> new EnumMap<>(Trend.class));
        for (Trend trend : Trend.values()) {
            series.computeIfAbsent(trend, none -> new SecondSeries())
                    .put(second, figures.number(metric(trend)).orElse(Double.NaN), held);
        }
    }

    void clear() {
        rows.clear();
    }

    /** The series as they ended at a moment; to be read by the thread that adds. */
    Trends until(Instant moment) {
        long end = moment.getEpochSecond();
        return (row, trend, window, points) -> series(find(row, trend), end, window, points);
    }

    private @Nullable SecondSeries find(RowId row, Trend trend) {
        Map<Trend, SecondSeries> series = rows.get(row);
        return series == null ? null : series.get(trend);
    }

    private static double[] series(@Nullable SecondSeries series, long end, Duration window, int points) {
        double[] found = new double[Math.max(0, points)];
        double seconds = Math.max(1, window.toSeconds());
        for (int point = 0; point < found.length; point++) {
            long until = end - Math.round(seconds * (points - 1 - point) / points);
            long after = end - Math.round(seconds * (points - point) / points);
            found[point] = series == null ? Double.NaN : series.greatest(Math.min(after, until - 1), until);
        }
        return found;
    }

    private static Metric metric(Trend trend) {
        return switch (trend) {
            case DECODE -> Metric.GENERATION_TOKENS_PER_SECOND;
            case PREFILL -> Metric.PROMPT_TOKENS_PER_SECOND;
            case RUNNING -> Metric.RUNNING;
            case WAITING -> Metric.WAITING;
            case KV -> Metric.KV_CACHE_USED_RATIO;
        };
    }
}
