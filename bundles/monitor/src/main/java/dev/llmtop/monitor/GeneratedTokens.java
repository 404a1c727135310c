// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Reading.CountKey;
import dev.llmtop.spi.Reading.ProgressKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many tokens were generated within a window, for comparing models: each series by itself, a drop counts nothing, the first sight
 * neither. What tasks counted that have not ended belongs to it. A series with a counter is counter and tasks together, since a task
 * leaves its count there when it ends; one without is its tasks alone, of which one that began in between counts from its start.
 */
final class GeneratedTokens {
    private static final Counter COUNTER = Counter.GENERATION_TOKENS;

    private GeneratedTokens() {}

    static double of(List<Reading> window) {
        double tokens = 0;
        for (int at = 1; at < window.size(); at++) {
            tokens += step(window.get(at - 1), window.get(at));
        }
        return tokens;
    }

    private static double step(Reading before, Reading now) {
        double tokens = 0;
        Map<String, Double> counted = new HashMap<>();
        for (Map.Entry<CountKey, Double> series : now.counts().entrySet()) {
            Double last = before.counts().get(series.getKey());
            if (series.getKey().counter() == COUNTER && last != null) {
                counted.merge(series.getKey().series(), Math.max(0, series.getValue() - last), Double::sum);
            }
        }
        for (Map.Entry<String, Double> series : counted.entrySet()) {
            double running = running(now, series.getKey()) - running(before, series.getKey());
            tokens += Math.max(0, series.getValue() + running);
        }
        for (Map.Entry<ProgressKey, Double> task : now.progress().entrySet()) {
            ProgressKey key = task.getKey();
            if (key.counter() == COUNTER && !counted.containsKey(key.series())) {
                boolean known = before.progress().keySet().stream()
                        .anyMatch(other ->
                                other.counter() == COUNTER && other.series().equals(key.series()));
                double last = before.progress().getOrDefault(key, 0.0);
                tokens += known ? Math.max(0, task.getValue() - last) : 0;
            }
        }
        return tokens;
    }

    private static double running(Reading reading, String series) {
        double tokens = 0;
        for (Map.Entry<ProgressKey, Double> task : reading.progress().entrySet()) {
            if (task.getKey().counter() == COUNTER && task.getKey().series().equals(series)) {
                tokens += task.getValue();
            }
        }
        return tokens;
    }
}
