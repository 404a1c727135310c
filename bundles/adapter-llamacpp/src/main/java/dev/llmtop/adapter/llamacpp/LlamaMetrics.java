// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import dev.llmtop.exposition.Combine;
import dev.llmtop.exposition.Selector;
import dev.llmtop.exposition.SeriesTable;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Counter;

/** What the series of {@code /metrics} mean, from b5361 to b11549. Source: ggml-org/llama.cpp tools/server/server-context.cpp. */
final class LlamaMetrics {
    static final String PATH = "/metrics";
    static final String PREDICTED = "tokens_predicted_total";
    static final String PROMPT = "prompt_tokens_total";
    /** Since the rework of its statistics (about b10423), with which the counter of prompt tokens became live. */
    static final String CACHED = "prompt_tokens_cached_total";

    private static final String NO_REQUESTS = "llama.cpp counts tokens, not requests";
    private static final String NO_LATENCY = "llama.cpp measures no latency: it has no histograms";
    private static final String NO_KV =
            "llama.cpp tells nothing of its KV cache since 2025-05 (PR 13660); slots x context is not its size";

    private static final SeriesTable ROWS = SeriesTable.prefix("llamacpp:")
            .gauge(Metric.RUNNING, Combine.SUM, "requests_processing")
            .gauge(Metric.WAITING, Combine.SUM, "requests_deferred")
            .gauge(Metric.KV_CACHE_USED_RATIO, Combine.MAX, "kv_cache_usage_ratio")
            .gauge(Metric.KV_CACHE_USED_TOKENS, Combine.SUM, "kv_cache_tokens")
            .counter(Counter.GENERATION_TOKENS, Basis.AT_REQUEST_END, PREDICTED)
            .counter(Counter.PROMPT_TOKENS, Basis.AT_REQUEST_END, PROMPT)
            .counter(Counter.CACHED_PROMPT_TOKENS, Basis.LIVE, CACHED)
            .windowRatio(
                    Metric.PREFIX_CACHE_HIT_RATIO,
                    Basis.LIVE,
                    Selector.named(CACHED),
                    Selector.named(CACHED),
                    Selector.named(PROMPT));

    /** The names of the first days had no {@code _total}: PR 26389. */
    private static final SeriesTable SPECULATION = ROWS.windowRatio(
                    Metric.SPECULATIVE_ACCEPTANCE_RATIO,
                    "spec_decode_num_accepted_tokens_total",
                    "spec_decode_num_draft_tokens_total")
            .windowRatio(
                    Metric.SPECULATIVE_ACCEPTANCE_RATIO,
                    "spec_decode_num_accepted_tokens",
                    "spec_decode_num_draft_tokens")
            .windowRatio(
                    Metric.SPECULATIVE_ACCEPTED_PER_DRAFT,
                    "spec_decode_num_accepted_tokens_total",
                    "spec_decode_num_drafts_total")
            .windowRatio(
                    Metric.SPECULATIVE_ACCEPTED_PER_DRAFT, "spec_decode_num_accepted_tokens", "spec_decode_num_drafts")
            .windowRatio(
                    Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION,
                    Basis.LIVE,
                    Selector.named("spec_decode_num_accepted_tokens_per_pos_total")
                            .part("position"),
                    Selector.named("spec_decode_num_drafts_total"));

    private static final SeriesTable ALL = SPECULATION
            .whenEmpty(Reason.MALFORMED, "no llamacpp: series on /metrics")
            .missing(Reason.NOT_EXPORTED, NO_REQUESTS, Metric.REQUESTS_PER_SECOND, Metric.REQUESTS_TOTAL)
            .missing(Reason.NOT_EXPORTED, NO_REQUESTS, Metric.FINISHED_BY_REASON, Metric.ERRORS_PER_SECOND)
            .missing(
                    Reason.NOT_EXPORTED,
                    NO_LATENCY,
                    Metric.TIME_TO_FIRST_TOKEN,
                    Metric.INTER_TOKEN_LATENCY,
                    Metric.END_TO_END_LATENCY,
                    Metric.QUEUE_TIME,
                    Metric.PREFILL_TIME,
                    Metric.DECODE_TIME,
                    Metric.PER_REQUEST_TOKEN_TIME,
                    Metric.PROMPT_LENGTH,
                    Metric.GENERATION_LENGTH)
            .missing(
                    Reason.NOT_EXPORTED,
                    NO_KV,
                    Metric.KV_CACHE_USED_RATIO,
                    Metric.KV_CACHE_USED_TOKENS,
                    Metric.KV_CACHE_TOTAL_TOKENS,
                    Metric.KV_CACHE_BLOCK_TOKENS)
            .missing(
                    Reason.NOT_EXPORTED,
                    "llama.cpp tells it since about b10423 (2026-08)",
                    Metric.CACHED_TOKENS_PER_SECOND,
                    Metric.PREFIX_CACHE_HIT_RATIO)
            .missing(
                    Reason.NOT_EXPORTED,
                    "llama.cpp tells it since 2026-08 (PR 26389)",
                    Metric.SPECULATIVE_ACCEPTANCE_RATIO,
                    Metric.SPECULATIVE_ACCEPTED_PER_DRAFT,
                    Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION)
            .missing(
                    Reason.NOT_EXPORTED,
                    "llama.cpp has no such thing",
                    Metric.SWAPPED,
                    Metric.WAITING_BY_REASON,
                    Metric.EXTERNAL_CACHE_HIT_RATIO,
                    Metric.PREEMPTIONS_PER_SECOND)
            .missing(
                    Reason.NOT_SAFE,
                    "/lora-adapters would tell it and is not asked: it wakes a sleeping model",
                    Metric.ACTIVE_LORAS,
                    Metric.MAX_LORAS)
            .missing(Reason.NOT_EXPORTED, "llama.cpp tells no progress of a load", Metric.MODEL_LOAD_PROGRESS_RATIO)
            .missing(Reason.NOT_EXPORTED, "/slots tells it", Metric.SLOTS);

    private static final SeriesTable LIVE_PROMPTS = ALL.counter(Counter.COMPUTED_PROMPT_TOKENS, Basis.LIVE, PROMPT);
    private static final SeriesTable PROMPTS_AT_END =
            ALL.counter(Counter.COMPUTED_PROMPT_TOKENS, Basis.AT_REQUEST_END, PROMPT);

    /** Names every series that a table of this class reads. */
    static final SeriesTable READER = LIVE_PROMPTS;

    private LlamaMetrics() {}

    /**
     * The rows as they fit a server.
     *
     * @param livePrompts whether its counter of prompt tokens moves while a prompt is computed
     * @param speculates whether any slot drafts tokens
     */
    static SeriesTable of(boolean livePrompts, boolean speculates) {
        SeriesTable table = livePrompts ? LIVE_PROMPTS : PROMPTS_AT_END;
        return speculates
                ? table
                : table.without(
                        Reason.DISABLED,
                        "no slot drafts tokens: needs a draft model (--model-draft)",
                        Metric.SPECULATIVE_ACCEPTANCE_RATIO,
                        Metric.SPECULATIVE_ACCEPTED_PER_DRAFT,
                        Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION);
    }
}
