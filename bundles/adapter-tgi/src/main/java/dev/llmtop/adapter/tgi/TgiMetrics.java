// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.tgi;

import dev.llmtop.exposition.Combine;
import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.exposition.SeriesTable;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.BodyReader;
import dev.llmtop.spi.Counter;

/**
 * What TGI's series mean. Sources: huggingface/text-generation-inference@db931fc, router/src/server.rs, router/src/validation.rs,
 * backends/{v2,v3}/src.
 */
final class TgiMetrics {
    static final String RESERVED = "batch_current_max_tokens";

    private static final String FIRST = "TGI writes this series with the first request";
    private static final String BATCHES = "TGI times batches (tgi_batch_inference_duration), not requests";

    private static final SeriesTable ALL = SeriesTable.prefix("tgi_")
            .gauge(Metric.RUNNING, Combine.SUM, "batch_current_size")
            .gauge(Metric.WAITING, Combine.SUM, "queue_size")
            .quotient(Metric.KV_CACHE_USED_RATIO, RESERVED, "batch_max_total_tokens")
            .gauge(Metric.KV_CACHE_USED_TOKENS, Combine.SUM, RESERVED)
            .gauge(Metric.KV_CACHE_TOTAL_TOKENS, Combine.SUM, "batch_max_total_tokens")
            .counter(Counter.GENERATION_TOKENS, Basis.AT_REQUEST_END, "request_generated_tokens_sum")
            // A prompt's length is observed when it is accepted, before it waits; cached or not.
            .counter(Counter.PROMPT_TOKENS, Basis.LIVE, "request_input_length_sum")
            .counter(Counter.COMPUTED_PROMPT_TOKENS, Basis.LIVE, "request_input_length_sum")
            .counter(Counter.REQUESTS, Basis.LIVE, "request_success")
            .counter(Counter.ERRORS, Basis.LIVE, "request_failure")
            .windowRatio(
                    Metric.SPECULATIVE_ACCEPTED_PER_DRAFT, "request_skipped_tokens_sum", "request_skipped_tokens_count")
            .histogram(Metric.END_TO_END_LATENCY, Basis.AT_REQUEST_END, "request_duration")
            .histogram(Metric.QUEUE_TIME, Basis.AT_REQUEST_END, "request_queue_duration")
            .histogram(Metric.PER_REQUEST_TOKEN_TIME, Basis.AT_REQUEST_END, "request_mean_time_per_token_duration")
            .histogram(Metric.PROMPT_LENGTH, "request_input_length")
            .histogram(Metric.GENERATION_LENGTH, Basis.AT_REQUEST_END, "request_generated_tokens")
            .whenEmpty(Reason.NO_SAMPLE_YET, "no tgi_ series on /metrics yet; TGI writes each with its first value");

    private TgiMetrics() {}

    static BodyReader<SeriesPage> reader() {
        return ALL.reader();
    }

    /** The rows for a server: what its flags leave out says so. */
    static SeriesTable of(TgiFlags flags, boolean answered) {
        SeriesTable table = missing();
        boolean drafts = flags.number("--speculate").orElse(0L) > 0 || !answered;
        // Without drafts every step "skips" 0 tokens, which would read as drafts that all fail.
        return drafts
                ? table.missing(Reason.NO_SAMPLE_YET, "nothing was drafted yet", Metric.SPECULATIVE_ACCEPTED_PER_DRAFT)
                : table.without(Reason.DISABLED, "needs --speculate", Metric.SPECULATIVE_ACCEPTED_PER_DRAFT);
    }

    private static SeriesTable missing() {
        return ALL.missing(
                        Reason.NO_SAMPLE_YET,
                        FIRST,
                        Metric.RUNNING,
                        Metric.WAITING,
                        Metric.KV_CACHE_USED_TOKENS,
                        Metric.GENERATION_TOKENS_PER_SECOND,
                        Metric.GENERATION_TOKENS_TOTAL,
                        Metric.PROMPT_TOKENS_PER_SECOND,
                        Metric.PROMPT_TOKENS_TOTAL,
                        Metric.REQUESTS_PER_SECOND,
                        Metric.REQUESTS_TOTAL,
                        Metric.END_TO_END_LATENCY,
                        Metric.QUEUE_TIME,
                        Metric.PER_REQUEST_TOKEN_TIME,
                        Metric.PROMPT_LENGTH,
                        Metric.GENERATION_LENGTH)
                .missing(
                        Reason.NO_SAMPLE_YET, "TGI writes this series with the first failure", Metric.ERRORS_PER_SECOND)
                .missing(
                        Reason.NOT_EXPORTED,
                        "TGI tells its capacity since 3.0, or --max-batch-total-tokens says it",
                        Metric.KV_CACHE_USED_RATIO,
                        Metric.KV_CACHE_TOTAL_TOKENS)
                .missing(Reason.NOT_EXPORTED, "TGI takes requests out of no batch", Metric.SWAPPED)
                .missing(
                        Reason.NOT_EXPORTED,
                        "TGI preempts no request: it reserves the whole of it",
                        Metric.PREEMPTIONS_PER_SECOND)
                .missing(Reason.NOT_EXPORTED, "TGI has one queue", Metric.WAITING_BY_REASON)
                .missing(
                        Reason.NOT_EXPORTED,
                        "TGI observes the mean of each request, see perRequestTokenTimeSeconds",
                        Metric.INTER_TOKEN_LATENCY)
                .missing(
                        Reason.NOT_EXPORTED,
                        BATCHES,
                        Metric.TIME_TO_FIRST_TOKEN,
                        Metric.PREFILL_TIME,
                        Metric.DECODE_TIME)
                .missing(
                        Reason.NOT_EXPORTED,
                        "TGI tells no reasons of an end; failures are errorsPerSecond",
                        Metric.FINISHED_BY_REASON)
                .missing(
                        Reason.NOT_EXPORTED,
                        "TGI has no series for it",
                        Metric.KV_CACHE_BLOCK_TOKENS,
                        Metric.PREFIX_CACHE_HIT_RATIO,
                        Metric.EXTERNAL_CACHE_HIT_RATIO,
                        Metric.CACHED_TOKENS_PER_SECOND,
                        Metric.SPECULATIVE_ACCEPTANCE_RATIO,
                        Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION,
                        Metric.ACTIVE_LORAS,
                        Metric.MAX_LORAS)
                .missing(Reason.NOT_EXPORTED, "TGI tells nothing while it loads", Metric.MODEL_LOAD_PROGRESS_RATIO);
    }
}
