// SPDX-License-Identifier: MIT
package dev.llmtop.model;

/**
 * A figure of an engine, and of a model where the engine tells its models apart. Grows in minor versions: keep a {@code default}
 * when switching over it.
 */
public enum Metric implements Figure {
    /** Requests in the batch. */
    RUNNING("running", Form.COUNT),
    /** Requests queued. */
    WAITING("waiting", Form.COUNT),
    /** Requests swapped out of GPU memory. */
    SWAPPED("swapped", Form.COUNT),
    /** The most requests that run at once. */
    SLOTS("slots", Form.COUNT),
    /** Queued requests by reason. */
    WAITING_BY_REASON("waitingByReason", Form.PARTS),
    /** Share of the KV cache in use, 0..1. */
    KV_CACHE_USED_RATIO("kvCacheUsedRatio", Form.RATIO),
    /** Tokens held in the KV cache. */
    KV_CACHE_USED_TOKENS("kvCacheUsedTokens", Form.COUNT),
    /** Capacity of the KV cache in tokens. */
    KV_CACHE_TOTAL_TOKENS("kvCacheTotalTokens", Form.COUNT),
    /** Tokens in one KV cache block. */
    KV_CACHE_BLOCK_TOKENS("kvCacheBlockTokens", Form.COUNT),
    /** Prefix cache: hits / queried tokens over the window, 0..1. */
    PREFIX_CACHE_HIT_RATIO("prefixCacheHitRatio", Form.RATIO),
    /** External (KV connector) cache: hits / queried tokens over the window, 0..1. */
    EXTERNAL_CACHE_HIT_RATIO("externalCacheHitRatio", Form.RATIO),
    /** Prompt tokens computed (prefill) per second, over the last step. */
    PROMPT_TOKENS_PER_SECOND("promptTokensPerSecond", Form.NUMBER),
    /** Prompt tokens taken from a cache per second, over the last step. */
    CACHED_TOKENS_PER_SECOND("cachedTokensPerSecond", Form.NUMBER),
    /** Generated tokens (decode) per second, over the last step. */
    GENERATION_TOKENS_PER_SECOND("generationTokensPerSecond", Form.NUMBER),
    /** Finished requests per second, over the last step. */
    REQUESTS_PER_SECOND("requestsPerSecond", Form.NUMBER),
    /** Preemptions per second, over the last step. */
    PREEMPTIONS_PER_SECOND("preemptionsPerSecond", Form.NUMBER),
    /** Failed requests per second, over the last step. */
    ERRORS_PER_SECOND("errorsPerSecond", Form.NUMBER),
    /** Prompt tokens since the engine's start. */
    PROMPT_TOKENS_TOTAL("promptTokensTotal", Form.COUNT),
    /** Generated tokens since the engine's start. */
    GENERATION_TOKENS_TOTAL("generationTokensTotal", Form.COUNT),
    /** Finished requests since the engine's start. */
    REQUESTS_TOTAL("requestsTotal", Form.COUNT),
    /** Requests per second by finish reason (stop, length, abort, error ...), over the last step. */
    FINISHED_BY_REASON("finishedByReason", Form.PARTS),
    /** TTFT. */
    TIME_TO_FIRST_TOKEN("timeToFirstTokenSeconds", Form.DISTRIBUTION),
    /** Inter-token latency, an observation per token. */
    INTER_TOKEN_LATENCY("interTokenLatencySeconds", Form.DISTRIBUTION),
    /** End-to-end request latency. */
    END_TO_END_LATENCY("endToEndLatencySeconds", Form.DISTRIBUTION),
    /** Time a request waited before it ran. */
    QUEUE_TIME("queueTimeSeconds", Form.DISTRIBUTION),
    /** Time in prefill, per request. */
    PREFILL_TIME("prefillTimeSeconds", Form.DISTRIBUTION),
    /** Time in decode, per request. */
    DECODE_TIME("decodeTimeSeconds", Form.DISTRIBUTION),
    /** Mean time per output token of a request, an observation per request. */
    PER_REQUEST_TOKEN_TIME("perRequestTokenTimeSeconds", Form.DISTRIBUTION),
    /** Prompt length, per request. */
    PROMPT_LENGTH("promptLengthTokens", Form.DISTRIBUTION),
    /** Generated length, per request. */
    GENERATION_LENGTH("generationLengthTokens", Form.DISTRIBUTION),
    /** Speculative decoding: accepted / drafted tokens over the window, 0..1. */
    SPECULATIVE_ACCEPTANCE_RATIO("speculativeAcceptanceRatio", Form.RATIO),
    /** Speculative decoding: accepted tokens per draft over the window. */
    SPECULATIVE_ACCEPTED_PER_DRAFT("speculativeAcceptedPerDraft", Form.NUMBER),
    /** Speculative decoding: accepted / drafts by position over the window, each 0..1. */
    SPECULATIVE_ACCEPTANCE_BY_POSITION("speculativeAcceptanceByPosition", Form.NUMBERS),
    /** LoRA adapters in use, by id. */
    ACTIVE_LORAS("activeLoras", Form.TEXTS),
    /** The most LoRA adapters in one batch. */
    MAX_LORAS("maxLoras", Form.COUNT),
    /** Progress of a model's load, 0..1; only while loading. */
    MODEL_LOAD_PROGRESS_RATIO("modelLoadProgressRatio", Form.RATIO),
    /** Generated tokens per joule of the engine's GPUs, only while it is alone on them. */
    TOKENS_PER_JOULE("tokensPerJoule", Form.NUMBER);

    private final String jsonName;
    private final Form form;

    Metric(String jsonName, Form form) {
        this.jsonName = jsonName;
        this.form = form;
    }

    @Override
    public String jsonName() {
        return jsonName;
    }

    @Override
    public Form form() {
        return form;
    }
}
