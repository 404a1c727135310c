// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.openai;

import dev.llmtop.exposition.Combine;
import dev.llmtop.exposition.Selector;
import dev.llmtop.exposition.SeriesTable;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Counter;

/** Pages of metrics that may be asked, each of the products that are known for it: reading them starts and drains nothing. */
enum Page {
    VLLM("/metrics", likeVllm("vllm:"), "--disable-log-stats turns its metrics off"),
    /** A fork with the same names. */
    APHRODITE("/metrics", likeVllm("aphrodite:"), "--disable-log-stats turns its metrics off"),
    /** The old names of vLLM. */
    LMDEPLOY("/metrics", likeVllm("lmdeploy:"), "--disable-metrics turns its metrics off"),
    SGLANG("/metrics", sglang(), "needs --enable-metrics"),
    TGI("/metrics", tgi(), "TGI serves /metrics on its main port"),
    /** Not {@code /metrics}, whose reading drains it (NVIDIA/TensorRT-LLM, PR 13405). */
    TENSORRT("/prometheus/metrics", tensorRt(), "needs return_perf_metrics: true in its options file");

    private final String path;
    private final SeriesTable table;
    private final String whatHelps;

    Page(String path, SeriesTable table, String whatHelps) {
        this.path = path;
        this.table = table.whenEmpty(Reason.DISABLED, "no series of its own on " + path + ": " + whatHelps);
        this.whatHelps = whatHelps;
    }

    String path() {
        return path;
    }

    SeriesTable table() {
        return table;
    }

    /** What turns the page on, for a person. */
    String whatHelps() {
        return whatHelps;
    }

    private static SeriesTable likeVllm(String prefix) {
        return SeriesTable.prefix(prefix)
                .gauge(Metric.RUNNING, Combine.SUM, "num_requests_running")
                .gauge(Metric.WAITING, Combine.SUM, "num_requests_waiting")
                .gauge(Metric.KV_CACHE_USED_RATIO, Combine.MAX, "kv_cache_usage_perc", "gpu_cache_usage_perc")
                .counter(Counter.GENERATION_TOKENS, Basis.LIVE, "generation_tokens_total", "generation_tokens")
                .counter(Counter.PROMPT_TOKENS, Basis.LIVE, "prompt_tokens_total", "prompt_tokens")
                .counter(Counter.COMPUTED_PROMPT_TOKENS, Basis.LIVE, "prompt_tokens_total", "prompt_tokens")
                .counter(Counter.REQUESTS, Basis.LIVE, "request_success_total", "request_success")
                .counter(Counter.PREEMPTIONS, Basis.LIVE, "num_preemptions_total", "num_preemptions")
                .windowRatio(Metric.PREFIX_CACHE_HIT_RATIO, "prefix_cache_hits_total", "prefix_cache_queries_total")
                .histogram(Metric.TIME_TO_FIRST_TOKEN, "time_to_first_token_seconds")
                .histogram(Metric.INTER_TOKEN_LATENCY, "inter_token_latency_seconds", "time_per_output_token_seconds")
                .histogram(Metric.END_TO_END_LATENCY, Basis.AT_REQUEST_END, "e2e_request_latency_seconds")
                .histogram(Metric.QUEUE_TIME, Basis.AT_REQUEST_END, "request_queue_time_seconds");
    }

    private static SeriesTable sglang() {
        return SeriesTable.prefix("sglang:")
                .keepLowest("pp_rank", "tp_rank")
                .gauge(Metric.RUNNING, Combine.SUM, "num_running_reqs")
                .gauge(Metric.WAITING, Combine.SUM, "num_queue_reqs")
                .gauge(Metric.KV_CACHE_USED_RATIO, Combine.MAX, "token_usage")
                .gauge(Metric.KV_CACHE_USED_TOKENS, Combine.SUM, "num_used_tokens")
                .counter(
                        Counter.GENERATION_TOKENS,
                        Basis.LIVE,
                        Selector.named("realtime_tokens_total").where("mode", "decode"))
                .counter(Counter.GENERATION_TOKENS, Basis.AT_REQUEST_END, "generation_tokens_total")
                .counter(Counter.PROMPT_TOKENS, Basis.AT_REQUEST_END, "prompt_tokens_total")
                .counter(Counter.REQUESTS, Basis.LIVE, "num_requests_total")
                .histogram(Metric.TIME_TO_FIRST_TOKEN, "time_to_first_token_seconds")
                .histogram(Metric.INTER_TOKEN_LATENCY, "inter_token_latency_seconds")
                .histogram(Metric.END_TO_END_LATENCY, Basis.AT_REQUEST_END, "e2e_request_latency_seconds")
                .histogram(Metric.QUEUE_TIME, "queue_time_seconds", "queue_time_s");
    }

    private static SeriesTable tgi() {
        return SeriesTable.prefix("tgi_")
                .gauge(Metric.RUNNING, Combine.SUM, "batch_current_size")
                .gauge(Metric.WAITING, Combine.SUM, "queue_size")
                .quotient(Metric.KV_CACHE_USED_RATIO, "batch_current_max_tokens", "batch_max_total_tokens")
                .counter(Counter.GENERATION_TOKENS, Basis.AT_REQUEST_END, "request_generated_tokens_sum")
                .counter(Counter.PROMPT_TOKENS, Basis.AT_REQUEST_END, "request_input_length_sum")
                .counter(Counter.REQUESTS, Basis.LIVE, "request_success", "request_count")
                .histogram(Metric.END_TO_END_LATENCY, Basis.AT_REQUEST_END, "request_duration")
                .histogram(Metric.QUEUE_TIME, Basis.AT_REQUEST_END, "request_queue_duration")
                .histogram(Metric.PER_REQUEST_TOKEN_TIME, Basis.AT_REQUEST_END, "request_mean_time_per_token_duration");
    }

    private static SeriesTable tensorRt() {
        return SeriesTable.prefix("trtllm_")
                .gauge(Metric.RUNNING, Combine.SUM, "num_requests_running")
                .gauge(Metric.WAITING, Combine.SUM, "num_requests_waiting")
                .gauge(Metric.SLOTS, Combine.MAX, "max_batch_size_runtime")
                .gauge(Metric.KV_CACHE_USED_RATIO, Combine.MAX, "kv_cache_utilization")
                .gauge(Metric.PREFIX_CACHE_HIT_RATIO, Combine.MAX, "kv_cache_hit_rate")
                .counter(Counter.GENERATION_TOKENS, Basis.AT_REQUEST_END, "generation_tokens_total")
                .counter(Counter.PROMPT_TOKENS, Basis.AT_REQUEST_END, "prompt_tokens_total")
                .histogram(Metric.TIME_TO_FIRST_TOKEN, "time_to_first_token_seconds")
                .histogram(Metric.INTER_TOKEN_LATENCY, "time_per_output_token_seconds")
                .histogram(Metric.END_TO_END_LATENCY, Basis.AT_REQUEST_END, "e2e_request_latency_seconds")
                .histogram(Metric.QUEUE_TIME, Basis.AT_REQUEST_END, "request_queue_time_seconds");
    }
}
