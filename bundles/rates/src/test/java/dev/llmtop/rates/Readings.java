// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Histogram;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import java.time.Instant;
import java.util.List;

/** Short words for hand-made readings. */
final class Readings {
    private Readings() {}

    /** A reading at this many monotonic seconds. */
    static Reading.Builder at(double seconds) {
        return at(seconds, Instant.EPOCH);
    }

    static Reading.Builder at(double seconds, Instant wallClock) {
        return Reading.builder(new Stamp(wallClock, Math.round(seconds * 1e9)));
    }

    static Reading generated(double seconds, double tokens) {
        return at(seconds)
                .counter(Counter.GENERATION_TOKENS, "engine=0", tokens, Basis.LIVE)
                .build();
    }

    static Reading.Builder firstToken(double seconds, String series, Histogram histogram) {
        return at(seconds).histogram(Metric.TIME_TO_FIRST_TOKEN, series, histogram);
    }

    /** Bounds 0.1, 0.25, 0.5. */
    static Histogram latency(double below100, double below250, double below500, double sum, double count) {
        return Histogram.of(new double[] {0.1, 0.25, 0.5}, new double[] {below100, below250, below500}, sum, count);
    }

    static Figures<Metric> derive(Reading... readings) {
        return new Rates().derive(List.of(readings));
    }
}
