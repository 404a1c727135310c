// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import dev.llmtop.exposition.Combine;
import dev.llmtop.exposition.Selector;
import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.exposition.SeriesTable;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.spi.BodyReader;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Streamed;

/**
 * What the gateway's series mean. Tokens and latencies are told of gRPC workers only. Source: sgl-project/sglang,
 * sgl-model-gateway/src/observability/metrics.rs, and what 0.3.2 was seen to count: a stream of 13 s added 25 ms to its durations. Of vLLM's
 * router what 0.1.17 was seen to write.
 */
final class GatewayMetrics {
    private static final String OF_WORKERS = "a gateway has none of its own; see its backends";
    private static final String GRPC_ONLY = "the gateway tells it of gRPC workers only; see its backends";

    static final GatewayMetrics GATEWAY = new GatewayMetrics(SeriesTable.prefix("smg_")
            .gauge(Metric.RUNNING, Combine.SUM, "worker_requests_active")
            .counter(
                    Counter.GENERATION_TOKENS,
                    Basis.AT_REQUEST_END,
                    Selector.named("router_tokens_total").where("token_type", "output"))
            .counter(
                    Counter.PROMPT_TOKENS,
                    Basis.AT_REQUEST_END,
                    Selector.named("router_tokens_total").where("token_type", "input"))
            .counter(Counter.REQUESTS, Basis.LIVE, "router_requests_total")
            .counter(Counter.ERRORS, Basis.LIVE, "router_request_errors_total")
            .histogram(Metric.TIME_TO_FIRST_TOKEN, "router_ttft_seconds")
            .histogram(Metric.PER_REQUEST_TOKEN_TIME, Basis.AT_REQUEST_END, "router_tpot_seconds")
            .whenEmpty(Reason.NO_SAMPLE_YET, "the gateway writes each series with its first value")
            .missing(Reason.NO_SAMPLE_YET, "no request went through the gateway yet", Metric.RUNNING)
            .missing(
                    Reason.NO_SAMPLE_YET,
                    "no request went through the gateway yet",
                    Metric.REQUESTS_PER_SECOND,
                    Metric.REQUESTS_TOTAL)
            .missing(Reason.NO_SAMPLE_YET, "no request failed yet", Metric.ERRORS_PER_SECOND)
            .missing(
                    Reason.NOT_EXPORTED,
                    "smg_router_request_duration_seconds ends when a streamed answer begins; see its backends",
                    Metric.END_TO_END_LATENCY)
            .missing(
                    Reason.NOT_EXPORTED,
                    GRPC_ONLY,
                    Metric.GENERATION_TOKENS_PER_SECOND,
                    Metric.GENERATION_TOKENS_TOTAL,
                    Metric.PROMPT_TOKENS_TOTAL,
                    Metric.TIME_TO_FIRST_TOKEN,
                    Metric.PER_REQUEST_TOKEN_TIME)
            .missing(Reason.NOT_EXPORTED, OF_WORKERS, ofWorkers()));

    /** Its {@code generate_duration_seconds} ends when an answer begins, and is of lists and pages too: it is none of ours. */
    static final GatewayMetrics VLLM_ROUTER = new GatewayMetrics(SeriesTable.prefix("vllm_router_")
            .gauge(Metric.RUNNING, Combine.SUM, "running_requests")
            .counter(Counter.REQUESTS, Basis.LIVE, "requests_total")
            .counter(Counter.ERRORS, Basis.LIVE, "request_errors_total")
            .whenEmpty(Reason.NO_SAMPLE_YET, "the router writes each series with its first value")
            .missing(
                    Reason.NOT_EXPORTED,
                    "the router counts running requests with --policy cache_aware only",
                    Metric.RUNNING)
            .missing(
                    Reason.NO_SAMPLE_YET,
                    "no request went through the router yet",
                    Metric.REQUESTS_PER_SECOND,
                    Metric.REQUESTS_TOTAL)
            .missing(Reason.NO_SAMPLE_YET, "no request failed yet", Metric.ERRORS_PER_SECOND)
            .missing(
                    Reason.NOT_EXPORTED,
                    "the router counts no tokens and times no whole request; see its backends",
                    Metric.GENERATION_TOKENS_PER_SECOND,
                    Metric.GENERATION_TOKENS_TOTAL,
                    Metric.PROMPT_TOKENS_TOTAL,
                    Metric.TIME_TO_FIRST_TOKEN,
                    Metric.PER_REQUEST_TOKEN_TIME,
                    Metric.END_TO_END_LATENCY)
            .missing(Reason.NOT_EXPORTED, OF_WORKERS, ofWorkers()));

    private final SeriesTable table;

    private static Metric[] ofWorkers() {
        return new Metric[] {
            Metric.WAITING,
            Metric.WAITING_BY_REASON,
            Metric.SWAPPED,
            Metric.SLOTS,
            Metric.KV_CACHE_USED_RATIO,
            Metric.KV_CACHE_USED_TOKENS,
            Metric.KV_CACHE_TOTAL_TOKENS,
            Metric.KV_CACHE_BLOCK_TOKENS,
            Metric.PREFIX_CACHE_HIT_RATIO,
            Metric.EXTERNAL_CACHE_HIT_RATIO,
            Metric.PROMPT_TOKENS_PER_SECOND,
            Metric.CACHED_TOKENS_PER_SECOND,
            Metric.PREEMPTIONS_PER_SECOND,
            Metric.FINISHED_BY_REASON,
            Metric.INTER_TOKEN_LATENCY,
            Metric.QUEUE_TIME,
            Metric.PREFILL_TIME,
            Metric.DECODE_TIME,
            Metric.PROMPT_LENGTH,
            Metric.GENERATION_LENGTH,
            Metric.SPECULATIVE_ACCEPTANCE_RATIO,
            Metric.SPECULATIVE_ACCEPTED_PER_DRAFT,
            Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION,
            Metric.ACTIVE_LORAS,
            Metric.MAX_LORAS,
            Metric.MODEL_LOAD_PROGRESS_RATIO
        };
    }

    private GatewayMetrics(SeriesTable table) {
        this.table = table;
    }

    BodyReader<SeriesPage> reader() {
        return table.reader();
    }

    /** Where its page is off, no flag would bring what only its workers have. */
    Reading off(Streamed<SeriesPage> answer) {
        return table.without(Reason.NOT_EXPORTED, OF_WORKERS, ofWorkers())
                .reading("/metrics", answer)
                .build();
    }

    Reading reading(Streamed<SeriesPage> answer) {
        Reading.Builder into = table.reading("/metrics", answer);
        answer.value()
                .missing()
                .filter(why -> why.reason() == Reason.LOADING)
                .ifPresent(why -> into.state(State.LOADING));
        return into.build();
    }
}
