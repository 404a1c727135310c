// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import dev.llmtop.model.Metric;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import java.util.EnumSet;
import java.util.Set;

/** Which metrics a reading speaks of: with a figure, with what a rate, a ratio or a window is made of, or with a reason. */
public final class ReadingCoverage {
    private ReadingCoverage() {}

    /** The metrics of which it says nothing. Tokens per joule are the agent's and never among them. */
    public static Set<Metric> silentGaps(Reading reading) {
        Set<Metric> gaps = EnumSet.allOf(Metric.class);
        gaps.remove(Metric.TOKENS_PER_JOULE);
        gaps.removeAll(reading.figures().asMap().keySet());
        reading.fractions().keySet().forEach(key -> gaps.remove(key.metric()));
        reading.histograms().keySet().forEach(key -> gaps.remove(key.metric()));
        reading.counts().keySet().forEach(key -> {
            key.counter().rate().ifPresent(gaps::remove);
            key.counter().total().ifPresent(gaps::remove);
        });
        // Progress of unfinished tasks feeds rates and no total.
        reading.progress().keySet().stream()
                .map(key -> key.counter())
                .map(Counter::rate)
                .forEach(rate -> rate.ifPresent(gaps::remove));
        return gaps;
    }
}
