// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import dev.llmtop.model.Metric;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an engine counts, and the metrics that a counter feeds. Grows in minor versions. */
public enum Counter {
    /** Generated tokens. */
    GENERATION_TOKENS(Metric.GENERATION_TOKENS_PER_SECOND, Metric.GENERATION_TOKENS_TOTAL),
    /** Prompt tokens of requests, however they came to be; no rate. */
    PROMPT_TOKENS(null, Metric.PROMPT_TOKENS_TOTAL),
    /** Prompt tokens computed in prefill; no total. */
    COMPUTED_PROMPT_TOKENS(Metric.PROMPT_TOKENS_PER_SECOND, null),
    /** Prompt tokens taken from a cache. */
    CACHED_PROMPT_TOKENS(Metric.CACHED_TOKENS_PER_SECOND, null),
    /** Finished requests. */
    REQUESTS(Metric.REQUESTS_PER_SECOND, Metric.REQUESTS_TOTAL),
    /** Finished requests by reason; needs a part. */
    FINISHED(Metric.FINISHED_BY_REASON, null),
    /** Preemptions. */
    PREEMPTIONS(Metric.PREEMPTIONS_PER_SECOND, null),
    /** Failed requests. */
    ERRORS(Metric.ERRORS_PER_SECOND, null);

    private final Optional<Metric> rate;
    private final Optional<Metric> total;

    Counter(@Nullable Metric rate, @Nullable Metric total) {
        this.rate = Optional.ofNullable(rate);
        this.total = Optional.ofNullable(total);
    }

    /** The metric that its differences feed, per second. */
    public Optional<Metric> rate() {
        return rate;
    }

    /** The metric that its sum feeds. */
    public Optional<Metric> total() {
        return total;
    }
}
