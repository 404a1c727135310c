// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllm;

import dev.llmtop.exposition.Combine;
import dev.llmtop.exposition.Selector;
import dev.llmtop.exposition.SeriesTable;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.spi.Counter;

/**
 * What vLLM's series mean, from 0.8 (V0 names) to 0.33. Sources: vllm/v1/metrics/loggers.py, vllm/v1/spec_decode/metrics.py,
 * vllm/engine/metrics.py (V0), rust/src/metrics; recordings of 0.11.0 and 0.32.0.
 */
final class VllmMetrics {
    private static final String CACHE = "cache_config_info";

    private static final SeriesTable GAUGES = SeriesTable.prefix("vllm:")
            .models("model_name")
            .state("engine_sleep_state", "sleep_state", "awake", State.SLEEPING)
            .gauge(Metric.RUNNING, Combine.SUM, "num_requests_running")
            .gauge(Metric.WAITING, Combine.SUM, "num_requests_waiting")
            .gauge(Metric.SWAPPED, Combine.SUM, "num_requests_swapped")
            .parts(Metric.WAITING_BY_REASON, "reason", "num_requests_waiting_by_reason")
            .gauge(
                    Metric.KV_CACHE_USED_RATIO,
                    Combine.weightedBy(CACHE, "num_gpu_blocks", "engine").orMax(),
                    "kv_cache_usage_perc",
                    "gpu_cache_usage_perc")
            .labelNumber(Metric.KV_CACHE_TOTAL_TOKENS, Combine.SUM, CACHE, "kv_cache_size_tokens")
            // Before 0.26 blocks x size: each engine's num_gpu_blocks is already the sum over all engines
            // (vllm/v1/engine/utils.py),
            // hence the maximum. Not where layers differ (hybrids, Mamba): blocks then are not all of one size.
            .labelNumber(
                    Metric.KV_CACHE_TOTAL_TOKENS,
                    Combine.MAX,
                    Selector.named(CACHE)
                            .where("kv_cache_size_tokens", "")
                            .where("mamba_block_size", "", "None")
                            .where("mamba_page_size_padded", "", "None")
                            .where("is_attention_free", "", "False"),
                    "num_gpu_blocks",
                    "block_size")
            .labelNumber(Metric.KV_CACHE_BLOCK_TOKENS, Combine.MAX, CACHE, "block_size")
            .texts(Metric.ACTIVE_LORAS, "lora_requests_info", "running_lora_adapters")
            .labelNumber(Metric.MAX_LORAS, Combine.MAX, "lora_requests_info", "max_lora");

    /** Requests are counted when they end, and a step in which none ended has no finished request: that zero is true. */
    private static final SeriesTable COUNTERS = GAUGES.counter(
                    Counter.GENERATION_TOKENS, Basis.LIVE, "generation_tokens_total", "generation_tokens")
            .counter(Counter.PROMPT_TOKENS, Basis.LIVE, "prompt_tokens_total", "prompt_tokens")
            // Before 0.18 nothing tells computed tokens from those of a cache: the rate is then of both.
            .counter(
                    Counter.COMPUTED_PROMPT_TOKENS,
                    Basis.LIVE,
                    Selector.named("prompt_tokens_by_source_total").where("source", "local_compute"),
                    Selector.named("prompt_tokens_total"),
                    Selector.named("prompt_tokens"))
            .counter(
                    Counter.CACHED_PROMPT_TOKENS,
                    Basis.LIVE,
                    "prompt_tokens_cached_total",
                    "prefix_cache_hits_total",
                    "gpu_prefix_cache_hits_total")
            .counter(Counter.REQUESTS, Basis.LIVE, "request_success_total", "request_success")
            .counter(
                    Counter.FINISHED,
                    Basis.LIVE,
                    Selector.named("request_success_total").part("finished_reason"),
                    Selector.named("request_success").part("finished_reason"))
            .counter(
                    Counter.ERRORS,
                    Basis.LIVE,
                    Selector.named("request_success_total").where("finished_reason", "error"))
            .counter(Counter.PREEMPTIONS, Basis.LIVE, "num_preemptions_total", "num_preemptions")
            .windowRatio(Metric.PREFIX_CACHE_HIT_RATIO, "prefix_cache_hits_total", "prefix_cache_queries_total")
            .windowRatio(Metric.PREFIX_CACHE_HIT_RATIO, "gpu_prefix_cache_hits_total", "gpu_prefix_cache_queries_total")
            .gauge(Metric.PREFIX_CACHE_HIT_RATIO, Combine.MAX, "gpu_prefix_cache_hit_rate")
            .windowRatio(
                    Metric.EXTERNAL_CACHE_HIT_RATIO,
                    "external_prefix_cache_hits_total",
                    "external_prefix_cache_queries_total")
            .windowRatio(
                    Metric.SPECULATIVE_ACCEPTANCE_RATIO,
                    "spec_decode_num_accepted_tokens_total",
                    "spec_decode_num_draft_tokens_total")
            .windowRatio(
                    Metric.SPECULATIVE_ACCEPTED_PER_DRAFT,
                    "spec_decode_num_accepted_tokens_total",
                    "spec_decode_num_drafts_total")
            .windowRatio(
                    Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION,
                    Basis.LIVE,
                    Selector.named("spec_decode_num_accepted_tokens_per_pos_total")
                            .part("position"),
                    Selector.named("spec_decode_num_drafts_total"));

    /** Every row: how they are read is the same for every server. */
    static final SeriesTable ALL = COUNTERS.histogram(Metric.TIME_TO_FIRST_TOKEN, "time_to_first_token_seconds")
            .histogram(Metric.INTER_TOKEN_LATENCY, "inter_token_latency_seconds", "time_per_output_token_seconds")
            .histogram(Metric.PER_REQUEST_TOKEN_TIME, Basis.AT_REQUEST_END, "request_time_per_output_token_seconds")
            .histogram(Metric.END_TO_END_LATENCY, Basis.AT_REQUEST_END, "e2e_request_latency_seconds")
            .histogram(Metric.QUEUE_TIME, Basis.AT_REQUEST_END, "request_queue_time_seconds")
            .histogram(Metric.PREFILL_TIME, Basis.AT_REQUEST_END, "request_prefill_time_seconds")
            .histogram(Metric.DECODE_TIME, Basis.AT_REQUEST_END, "request_decode_time_seconds")
            .histogram(Metric.PROMPT_LENGTH, Basis.AT_REQUEST_END, "request_prompt_tokens")
            .histogram(Metric.GENERATION_LENGTH, Basis.AT_REQUEST_END, "request_generation_tokens")
            .whenEmpty(Reason.DISABLED, "no vllm: series on /metrics: --disable-log-stats turns them off")
            .missing(Reason.NOT_EXPORTED, "only the V0 engine (to 0.10) swaps", Metric.SWAPPED)
            .missing(Reason.NOT_EXPORTED, "vLLM tells it since 0.26", Metric.WAITING_BY_REASON)
            .missing(Reason.NOT_EXPORTED, "vLLM tells the share of blocks in use only", Metric.KV_CACHE_USED_TOKENS)
            .missing(
                    Reason.NOT_EXPORTED,
                    "vllm:cache_config_info does not tell it (the Rust frontend has none, hybrid models before 0.26"
                            + " have blocks of several sizes)",
                    Metric.KV_CACHE_TOTAL_TOKENS,
                    Metric.KV_CACHE_BLOCK_TOKENS)
            .missing(Reason.NOT_EXPORTED, "vLLM tells it since 0.13", Metric.EXTERNAL_CACHE_HIT_RATIO)
            .missing(Reason.NOT_EXPORTED, "vLLM tells it since 0.11", Metric.PER_REQUEST_TOKEN_TIME)
            .missing(
                    Reason.NOT_EXPORTED,
                    "vLLM tells it since 0.9, of its V1 engine",
                    Metric.CACHED_TOKENS_PER_SECOND,
                    Metric.PREFIX_CACHE_HIT_RATIO)
            .missing(Reason.NOT_EXPORTED, "vLLM counts failed requests since 0.13", Metric.ERRORS_PER_SECOND)
            .missing(Reason.NOT_EXPORTED, "vLLM tells nothing while it loads", Metric.MODEL_LOAD_PROGRESS_RATIO);

    private VllmMetrics() {}

    /** The rows as they fit a server: what its flags switch off says so. */
    static SeriesTable of(VllmFlags flags) {
        boolean loras = flags.on("--enable-lora");
        boolean speculates = flags.has("--speculative-config", "-sc");
        SeriesTable table = ALL.missing(
                        loras ? Reason.NO_SAMPLE_YET : Reason.DISABLED,
                        loras ? "no request has used an adapter yet" : "needs --enable-lora",
                        Metric.ACTIVE_LORAS,
                        Metric.MAX_LORAS)
                .missing(
                        speculates ? Reason.NOT_EXPORTED : Reason.DISABLED,
                        speculates ? "no vllm:spec_decode_ series for it on /metrics" : "needs --speculative-config",
                        Metric.SPECULATIVE_ACCEPTANCE_RATIO,
                        Metric.SPECULATIVE_ACCEPTED_PER_DRAFT,
                        Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION);
        return flags.pooling() ? pooling(table) : table;
    }

    /** Its series are there and stay 0, which would read as an engine that is slow. */
    private static SeriesTable pooling(SeriesTable table) {
        return table.without(
                Reason.NOT_EXPORTED,
                "a pooling model generates no tokens",
                Metric.GENERATION_TOKENS_PER_SECOND,
                Metric.GENERATION_TOKENS_TOTAL,
                Metric.INTER_TOKEN_LATENCY,
                Metric.DECODE_TIME,
                Metric.PER_REQUEST_TOKEN_TIME,
                Metric.GENERATION_LENGTH,
                Metric.SPECULATIVE_ACCEPTANCE_RATIO,
                Metric.SPECULATIVE_ACCEPTED_PER_DRAFT,
                Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION);
    }
}
