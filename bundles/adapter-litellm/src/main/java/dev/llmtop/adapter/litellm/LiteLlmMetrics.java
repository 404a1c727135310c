// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.litellm;

import dev.llmtop.exposition.Combine;
import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.exposition.SeriesTable;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.BodyReader;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Streamed;

/**
 * What the proxy's series mean. Their labels name keys, teams and persons: series are summed, and none is passed on by its labels.
 * Source: BerriAI/litellm, integrations/prometheus.py, types/integrations/prometheus.py.
 */
final class LiteLlmMetrics {
    static final String PATH = "/metrics/";
    static final String NEEDS_CALLBACK = "needs callbacks: [\"prometheus\"] under litellm_settings of its --config";
    private static final String OF_BACKENDS = "a proxy has none of its own; see its backends";
    private static final String NOT_PREMIUM = "not_a_premium_user_metric_total";

    private static final SeriesTable TABLE = SeriesTable.prefix("litellm_")
            .rowsOnly()
            .gauge(Metric.RUNNING, Combine.SUM, "in_flight_requests")
            .counter(
                    Counter.REQUESTS,
                    Basis.LIVE,
                    "proxy_total_requests_metric_total",
                    "proxy_total_requests_metric",
                    "requests_metric_total",
                    "requests_metric")
            .counter(
                    Counter.ERRORS,
                    Basis.LIVE,
                    "proxy_failed_requests_metric_total",
                    "proxy_failed_requests_metric",
                    "llm_api_failed_requests_metric_total",
                    "llm_api_failed_requests_metric")
            .counter(
                    Counter.GENERATION_TOKENS,
                    Basis.AT_REQUEST_END,
                    "output_tokens_metric_total",
                    "output_tokens_metric")
            .counter(Counter.PROMPT_TOKENS, Basis.AT_REQUEST_END, "input_tokens_metric_total", "input_tokens_metric")
            .counter(
                    Counter.CACHED_PROMPT_TOKENS,
                    Basis.AT_REQUEST_END,
                    "input_cached_tokens_metric_total",
                    "input_cached_tokens_metric")
            .histogram(Metric.TIME_TO_FIRST_TOKEN, Basis.AT_REQUEST_END, "llm_api_time_to_first_token_metric")
            .histogram(Metric.END_TO_END_LATENCY, Basis.AT_REQUEST_END, "request_total_latency_metric")
            .histogram(Metric.QUEUE_TIME, Basis.AT_REQUEST_END, "request_queue_time_seconds")
            .histogram(Metric.PER_REQUEST_TOKEN_TIME, Basis.AT_REQUEST_END, "deployment_latency_per_output_token")
            .missing(Reason.NOT_EXPORTED, "this version has no litellm_in_flight_requests", Metric.RUNNING)
            .missing(Reason.NOT_EXPORTED, "this version has no litellm_request_queue_time_seconds", Metric.QUEUE_TIME)
            .missing(Reason.NO_SAMPLE_YET, "no request failed yet", Metric.ERRORS_PER_SECOND)
            .missing(Reason.NO_SAMPLE_YET, "no request took tokens from a cache yet", Metric.CACHED_TOKENS_PER_SECOND)
            .missing(Reason.NO_SAMPLE_YET, "no request that was streamed ended yet", Metric.TIME_TO_FIRST_TOKEN)
            .missing(Reason.NO_SAMPLE_YET, "no request ended yet", ofRequests())
            .missing(Reason.NOT_EXPORTED, OF_BACKENDS, ofBackends());

    private static Metric[] ofRequests() {
        return new Metric[] {
            Metric.REQUESTS_PER_SECOND,
            Metric.REQUESTS_TOTAL,
            Metric.GENERATION_TOKENS_PER_SECOND,
            Metric.GENERATION_TOKENS_TOTAL,
            Metric.PROMPT_TOKENS_TOTAL,
            Metric.END_TO_END_LATENCY,
            Metric.PER_REQUEST_TOKEN_TIME
        };
    }

    private static Metric[] ofPage() {
        return new Metric[] {
            Metric.RUNNING,
            Metric.REQUESTS_PER_SECOND,
            Metric.REQUESTS_TOTAL,
            Metric.ERRORS_PER_SECOND,
            Metric.GENERATION_TOKENS_PER_SECOND,
            Metric.GENERATION_TOKENS_TOTAL,
            Metric.PROMPT_TOKENS_TOTAL,
            Metric.CACHED_TOKENS_PER_SECOND,
            Metric.TIME_TO_FIRST_TOKEN,
            Metric.END_TO_END_LATENCY,
            Metric.QUEUE_TIME,
            Metric.PER_REQUEST_TOKEN_TIME
        };
    }

    private static Metric[] ofBackends() {
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
            Metric.PREEMPTIONS_PER_SECOND,
            Metric.FINISHED_BY_REASON,
            Metric.INTER_TOKEN_LATENCY,
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

    private LiteLlmMetrics() {}

    static BodyReader<SeriesPage> reader() {
        // The row is there to see the series, which an unlicensed proxy of before 1.80 has instead of all others.
        return TABLE.counter(Counter.PREEMPTIONS, Basis.LIVE, NOT_PREMIUM).reader();
    }

    /**
     * A page read.
     *
     * @param oneOfMany whether each page shows one of several processes only
     */
    static Reading.Builder reading(Streamed<SeriesPage> page, boolean oneOfMany) {
        if (page.status() == 404) {
            return without(Reason.DISABLED, NEEDS_CALLBACK, page);
        }
        boolean licence = page.value()
                .known()
                .filter(known -> !known.series(NOT_PREMIUM).isEmpty())
                .isPresent();
        if (licence) {
            return without(
                    Reason.NOT_EXPORTED,
                    "this version fills its page only with an enterprise licence; 1.80 does without",
                    page);
        }
        if (oneOfMany) {
            return without(
                    Reason.DISABLED,
                    "each page shows one of its --num_workers only; PROMETHEUS_MULTIPROC_DIR joins them",
                    page);
        }
        return TABLE.reading(PATH, page);
    }

    private static Reading.Builder without(Reason reason, String detail, Streamed<SeriesPage> page) {
        return TABLE.without(reason, detail, ofPage())
                .without(Reason.NOT_EXPORTED, OF_BACKENDS, ofBackends())
                .reading(PATH, page);
    }
}
