// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import dev.llmtop.exposition.Combine;
import dev.llmtop.exposition.Selector;
import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.exposition.SeriesTable;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.BodyReader;
import dev.llmtop.spi.Counter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What SGLang's series mean, from 0.5.2 to 0.5.23. Sources: sgl-project/sglang, srt/observability/metrics_collector.py (before
 * 0.5.9 srt/metrics/collector.py). Pipeline stages, tensor and expert ranks repeat a scheduler's values, data-parallel ranks add.
 */
final class SglangMetrics {
    static final String PRIORITY = "priority";
    static final String DP_RANK = "dp_rank";
    static final String ABORTED = "num_aborted_requests_total";

    /** Since 0.5.9, like the live counters: tells a version that has no retraction yet from one that does not count them. */
    static final String CAPACITY = "max_total_num_tokens";

    /** Where requests wait, by a name for a person; the last four in servers that prefill or decode only. */
    static final Map<String, String> QUEUES = queues();

    private static final SeriesTable RANKED =
            SeriesTable.prefix("sglang:").keepLowest("pp_rank", "tp_rank", "moe_ep_rank");

    private static final SeriesTable GAUGES = RANKED.gauge(Metric.RUNNING, Combine.SUM, total("num_running_reqs"))
            .gauge(Metric.WAITING, Combine.SUM, total("num_queue_reqs"))
            .gauge(Metric.KV_CACHE_USED_RATIO, Combine.MAX, "token_usage")
            .gauge(Metric.KV_CACHE_USED_TOKENS, Combine.SUM, "num_used_tokens")
            .gauge(Metric.KV_CACHE_TOTAL_TOKENS, Combine.SUM, CAPACITY)
            .gauge(Metric.KV_CACHE_BLOCK_TOKENS, Combine.MAX, "page_size")
            .gauge(Metric.MAX_LORAS, Combine.MAX, "lora_pool_slots_total")
            .gauge(Metric.SPECULATIVE_ACCEPTANCE_RATIO, Combine.MAX, "spec_accept_rate")
            .gauge(Metric.SPECULATIVE_ACCEPTED_PER_DRAFT, Combine.MAX, "spec_accept_length");

    /** The live counters of 0.5.9 first; the others move when a request ends, and prompts there include what a cache had. */
    private static final SeriesTable COUNTERS = GAUGES.counter(Counter.GENERATION_TOKENS, Basis.LIVE, tokens("decode"))
            .counter(Counter.GENERATION_TOKENS, Basis.AT_REQUEST_END, "generation_tokens_total")
            .counter(Counter.PROMPT_TOKENS, Basis.AT_REQUEST_END, "prompt_tokens_total")
            .counter(Counter.COMPUTED_PROMPT_TOKENS, Basis.LIVE, tokens("prefill_compute"))
            .counter(Counter.COMPUTED_PROMPT_TOKENS, Basis.AT_REQUEST_END, "prompt_tokens_total")
            .counter(Counter.CACHED_PROMPT_TOKENS, Basis.LIVE, tokens("prefill_cache"))
            .counter(Counter.CACHED_PROMPT_TOKENS, Basis.AT_REQUEST_END, "cached_tokens_total")
            .counter(Counter.REQUESTS, Basis.LIVE, "num_requests_total")
            .counter(Counter.PREEMPTIONS, Basis.LIVE, "num_retracted_requests_total")
            .windowRatio(
                    Metric.PREFIX_CACHE_HIT_RATIO,
                    Basis.LIVE,
                    tokens("prefill_cache"),
                    tokens("prefill_cache"),
                    tokens("prefill_compute"))
            .windowRatio(
                    Metric.PREFIX_CACHE_HIT_RATIO,
                    Basis.AT_REQUEST_END,
                    Selector.named("cached_tokens_total"),
                    Selector.named("prompt_tokens_total"))
            .gauge(Metric.PREFIX_CACHE_HIT_RATIO, Combine.MAX, "cache_hit_rate");

    private static final SeriesTable ALL = COUNTERS.histogram(Metric.TIME_TO_FIRST_TOKEN, "time_to_first_token_seconds")
            .histogram(Metric.INTER_TOKEN_LATENCY, "inter_token_latency_seconds")
            .histogram(Metric.END_TO_END_LATENCY, Basis.AT_REQUEST_END, "e2e_request_latency_seconds")
            .histogram(Metric.QUEUE_TIME, "queue_time_seconds", "queue_time_s")
            .histogram(Metric.PROMPT_LENGTH, Basis.AT_REQUEST_END, "prompt_tokens_histogram")
            .histogram(Metric.GENERATION_LENGTH, Basis.AT_REQUEST_END, "generation_tokens_histogram")
            .whenEmpty(
                    Reason.NO_SAMPLE_YET, "no sglang: series on /metrics yet; SGLang writes each with its first value");

    /** What no version tells, and why. */
    private static final Map<Metric, String> NEVER = never();

    private SglangMetrics() {}

    private static Map<String, String> queues() {
        Map<String, String> queues = new LinkedHashMap<>();
        queues.put("queue", "num_queue_reqs");
        queues.put("grammar", "num_grammar_queue_reqs");
        queues.put("prefill-bootstrap", "num_prefill_bootstrap_queue_reqs");
        queues.put("prefill-inflight", "num_prefill_inflight_queue_reqs");
        queues.put("decode-prealloc", "num_decode_prealloc_queue_reqs");
        queues.put("decode-transfer", "num_decode_transfer_queue_reqs");
        return Collections.unmodifiableMap(queues);
    }

    private static Map<Metric, String> never() {
        Map<Metric, String> never = new EnumMap<>(Metric.class);
        never.put(Metric.SWAPPED, "SGLang does not swap; it retracts requests");
        never.put(
                Metric.EXTERNAL_CACHE_HIT_RATIO,
                "SGLang tells tokens of host and storage caches (cached_tokens_total), not what was asked of them");
        never.put(Metric.ERRORS_PER_SECOND, "SGLang counts aborted requests only, see finishedByReason");
        never.put(Metric.PREFILL_TIME, "SGLang tells stages of requests, none of which is prefill alone");
        never.put(Metric.DECODE_TIME, "SGLang tells stages of requests, none of which is decode alone");
        never.put(Metric.PER_REQUEST_TOKEN_TIME, "SGLang observes each token, not the mean of a request");
        never.put(Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION, "SGLang tells no positions of drafts");
        never.put(Metric.ACTIVE_LORAS, "SGLang tells how many adapters are in memory, not which");
        never.put(Metric.MODEL_LOAD_PROGRESS_RATIO, "SGLang tells nothing while it loads");
        return never;
    }

    /** With priorities each has a series of its own besides the sum, whose label is empty. */
    private static Selector total(String name) {
        return Selector.named(name).where(PRIORITY, "");
    }

    private static Selector tokens(String mode) {
        return Selector.named("realtime_tokens_total").where("mode", mode);
    }

    /** Reads all that any of the tables here wants. */
    static BodyReader<SeriesPage> reader() {
        SeriesTable wanted = ALL.counter(Counter.ERRORS, Basis.LIVE, ABORTED);
        for (String queue : QUEUES.values()) {
            wanted = wanted.gauge(Metric.WAITING, Combine.SUM, queue);
        }
        return wanted.reader();
    }

    /** One queue as {@link Metric#WAITING}. */
    static SeriesTable queue(String name) {
        return RANKED.gauge(Metric.WAITING, Combine.SUM, total(name));
    }

    /** Use and capacity of the KV cache of each data-parallel rank, as if each were a model. */
    static SeriesTable byRank() {
        return RANKED.models(DP_RANK)
                .gauge(Metric.KV_CACHE_USED_RATIO, Combine.MAX, "token_usage")
                .gauge(Metric.KV_CACHE_TOTAL_TOKENS, Combine.SUM, CAPACITY);
    }

    /** The rows for a page: what its server's flags, version or youth leave out says so. */
    static SeriesTable of(SglangFlags flags, boolean recent, boolean requested) {
        return embedding(flags, neverTold(rows(recent, requested), false));
    }

    private static SeriesTable rows(boolean recent, boolean requested) {
        return ALL.missing(
                        Reason.NO_SAMPLE_YET,
                        "SGLang writes this series with the first request that ends",
                        Metric.GENERATION_TOKENS_PER_SECOND,
                        Metric.GENERATION_TOKENS_TOTAL,
                        Metric.PROMPT_TOKENS_PER_SECOND,
                        Metric.PROMPT_TOKENS_TOTAL,
                        Metric.REQUESTS_PER_SECOND,
                        Metric.REQUESTS_TOTAL,
                        Metric.TIME_TO_FIRST_TOKEN,
                        Metric.INTER_TOKEN_LATENCY,
                        Metric.END_TO_END_LATENCY,
                        Metric.QUEUE_TIME)
                .missing(
                        Reason.NO_SAMPLE_YET,
                        "SGLang writes this series with the first prompt that meets its cache",
                        Metric.CACHED_TOKENS_PER_SECOND)
                .missing(
                        Reason.NO_SAMPLE_YET,
                        "SGLang writes this series with the first aborted request; it counts no other reason",
                        Metric.FINISHED_BY_REASON)
                .missing(Reason.NOT_EXPORTED, "SGLang tells it since 0.5.9", Metric.KV_CACHE_TOTAL_TOKENS)
                .missing(
                        Reason.NOT_EXPORTED,
                        "this version does not tell page_size and --page-size is not on the command line",
                        Metric.KV_CACHE_BLOCK_TOKENS)
                .missing(Reason.DISABLED, "needs --enable-lora", Metric.MAX_LORAS)
                .missing(
                        requested ? Reason.DISABLED : Reason.NO_SAMPLE_YET,
                        requested
                                ? "needs --collect-tokens-histogram"
                                : "SGLang writes this series with the first request that ends",
                        Metric.PROMPT_LENGTH,
                        Metric.GENERATION_LENGTH)
                .missing(
                        recent ? Reason.NO_SAMPLE_YET : Reason.NOT_EXPORTED,
                        recent
                                ? "SGLang writes this series when it first retracts a request"
                                : "SGLang counts retracted requests since 0.5.9, before it tells those of the last batch only",
                        Metric.PREEMPTIONS_PER_SECOND);
    }

    /** The rows where nothing came: the reason is the same for all. */
    static SeriesTable failed() {
        return neverTold(rows(true, true), false);
    }

    /** The rows where the page is off: {@code DISABLED} is given by the caller, except for what no flag would bring. */
    static SeriesTable off(SglangFlags flags) {
        return embedding(flags, neverTold(rows(true, true), true));
    }

    private static SeriesTable neverTold(SeriesTable table, boolean whateverComes) {
        SeriesTable told = table;
        for (Map.Entry<Metric, String> one : NEVER.entrySet()) {
            told = whateverComes
                    ? told.without(Reason.NOT_EXPORTED, one.getValue(), one.getKey())
                    : told.missing(Reason.NOT_EXPORTED, one.getValue(), one.getKey());
        }
        return told;
    }

    private static SeriesTable embedding(SglangFlags flags, SeriesTable table) {
        return flags.embeds()
                ? table.without(
                        Reason.NOT_EXPORTED,
                        "a model of embeddings generates no tokens",
                        Metric.GENERATION_TOKENS_PER_SECOND,
                        Metric.GENERATION_TOKENS_TOTAL,
                        Metric.INTER_TOKEN_LATENCY,
                        Metric.GENERATION_LENGTH)
                : table;
    }
}
