// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllmrouter;

import dev.llmtop.exposition.Combine;
import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.exposition.SeriesTable;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Streamed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What the router's series mean: {@code vllm:} names of its own, with the label {@code server}. Its counters of tokens hold requests
 * without streaming only, and feed nothing. Source: vllm-project/production-stack@a6c01db, src/vllm_router/services/
 * metrics_service/__init__.py, services/request_service/request.py.
 */
final class RouterMetrics {
    static final String PATH = "/metrics";
    /** A gauge for each backend. */
    static final String BACKENDS = "healthy_pods_total";

    private static final String OF_BACKENDS = "a router has none of its own; see its backends";
    private static final String NOT_STREAMED =
            "the router counts tokens of requests without streaming only; see its backends";

    private static final SeriesTable TABLE = SeriesTable.prefix("vllm:")
            .gauge(Metric.RUNNING, Combine.SUM, "num_requests_running")
            .counter(Counter.REQUESTS, Basis.LIVE, "request_latency_seconds_count")
            .counter(Counter.ERRORS, Basis.LIVE, "request_errors_total")
            .histogram(Metric.END_TO_END_LATENCY, Basis.AT_REQUEST_END, "request_latency_seconds")
            .missing(Reason.NO_SAMPLE_YET, "no request went through the router yet", Metric.RUNNING)
            .missing(
                    Reason.NO_SAMPLE_YET,
                    "no request ended yet; a router of before 2026 does not tell it",
                    Metric.REQUESTS_PER_SECOND,
                    Metric.REQUESTS_TOTAL,
                    Metric.END_TO_END_LATENCY)
            .missing(Reason.NO_SAMPLE_YET, "no request failed yet", Metric.ERRORS_PER_SECOND)
            .missing(
                    Reason.NOT_EXPORTED,
                    NOT_STREAMED,
                    Metric.GENERATION_TOKENS_PER_SECOND,
                    Metric.GENERATION_TOKENS_TOTAL,
                    Metric.PROMPT_TOKENS_PER_SECOND,
                    Metric.PROMPT_TOKENS_TOTAL)
            .missing(
                    Reason.NOT_EXPORTED,
                    "the router averages it over its --request-stats-window; see its backends",
                    Metric.TIME_TO_FIRST_TOKEN,
                    Metric.INTER_TOKEN_LATENCY)
            .missing(Reason.NOT_EXPORTED, OF_BACKENDS, ofBackends());

    /** Names the gauge of the backends too, so that its series are kept. */
    private static final SeriesTable READER = TABLE.gauge(Metric.SLOTS, Combine.SUM, BACKENDS);

    private RouterMetrics() {}

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
            Metric.CACHED_TOKENS_PER_SECOND,
            Metric.PREEMPTIONS_PER_SECOND,
            Metric.FINISHED_BY_REASON,
            Metric.QUEUE_TIME,
            Metric.PREFILL_TIME,
            Metric.DECODE_TIME,
            Metric.PER_REQUEST_TOKEN_TIME,
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

    /** Held, unlike a stream, so that figures and description share an answer that costs the router a tenth of a second. */
    static Streamed<SeriesPage> page(Answer answer) {
        Value<SeriesPage> page = Value.unavailable(answer.reason(), PATH + ": " + answer.detail());
        boolean cut = false;
        if (answer instanceof Answer.Received received && received.ok()) {
            page = parsed(received.body());
            cut = received.cut();
        }
        return new Streamed<>(answer.status(), page, cut, answer.stamp());
    }

    private static Value<SeriesPage> parsed(String body) {
        try {
            return Value.of(READER.reader().read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
        } catch (IOException malformed) {
            return Value.unavailable(Reason.MALFORMED, PATH + ": " + malformed.getMessage());
        }
    }

    static Reading reading(Streamed<SeriesPage> page) {
        Reading.Builder into = TABLE.reading(PATH, page);
        page.value().missing().ifPresent(why -> {
            switch (why.reason()) {
                case LOADING -> into.state(State.LOADING);
                case NEEDS_KEY -> into.state(State.BLOCKED);
                default -> {}
            }
        });
        return into.build();
    }
}
