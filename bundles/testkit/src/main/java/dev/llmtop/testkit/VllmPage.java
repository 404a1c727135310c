// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

/** The metrics page of a {@link FakeVllm} at a moment. Every number is a function of the time since its start. */
final class VllmPage {
    private static final int TOKENS_PER_REQUEST = 100;
    private static final int PROMPT_PER_GENERATED = 4;
    private static final double FIRST_TOKEN_SECONDS = 0.05;
    private static final double SLOW_FIRST_TOKEN_SECONDS = 0.4;
    private static final double BETWEEN_TOKENS_SECONDS = 0.02;

    private final String labels;
    private final double tokensPerSecond;
    private final long started;

    VllmPage(String model, double tokensPerSecond, long started) {
        this.labels = "engine=\"0\",model_name=\"" + model.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        this.tokensPerSecond = tokensPerSecond;
        this.started = started;
    }

    long generatedTokens(long now) {
        return (long) (tokensPerSecond * ((now - started) / 1e9));
    }

    String text(long now) {
        long generated = generatedTokens(now);
        long requests = generated / TOKENS_PER_REQUEST;
        long prompt = generated * PROMPT_PER_GENERATED;
        StringBuilder page = new StringBuilder(8192);
        one(page, "gauge", "num_requests_running", tokensPerSecond > 0 ? 3 : 0);
        one(page, "gauge", "num_requests_waiting", tokensPerSecond > 0 ? 1 : 0);
        one(page, "gauge", "kv_cache_usage_perc", 0.25);
        one(page, "counter", "prefix_cache_queries_total", prompt);
        one(page, "counter", "prefix_cache_hits_total", prompt / 2);
        one(page, "counter", "num_preemptions_total", 0);
        one(page, "counter", "prompt_tokens_total", prompt);
        one(page, "counter", "generation_tokens_total", generated);
        type(page, "counter", "request_success_total");
        line(page, "request_success_total", "finished_reason=\"stop\",", requests - requests / 4);
        line(page, "request_success_total", "finished_reason=\"length\",", requests / 4);
        type(page, "gauge", "cache_config_info");
        line(page, "cache_config_info", "block_size=\"16\",num_gpu_blocks=\"1000\",", 1);
        long slow = requests / 10;
        histogram(
                page,
                "time_to_first_token_seconds",
                new double[] {0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 1},
                new long[] {
                    0, 0, 0, requests - slow, requests - slow, requests - slow, requests - slow, requests, requests
                },
                requests,
                (requests - slow) * FIRST_TOKEN_SECONDS + slow * SLOW_FIRST_TOKEN_SECONDS);
        long between = generated - requests;
        histogram(
                page,
                "inter_token_latency_seconds",
                new double[] {0.01, 0.025, 0.05, 0.075},
                new long[] {0, between, between, between},
                between,
                between * BETWEEN_TOKENS_SECONDS);
        histogram(
                page,
                "e2e_request_latency_seconds",
                new double[] {0.3, 0.5, 1, 2, 5},
                new long[] {0, 0, 0, 0, requests},
                requests,
                requests * 2.1);
        return page.toString();
    }

    private void one(StringBuilder page, String type, String name, double value) {
        type(page, type, name);
        line(page, name, "", value);
    }

    private void histogram(
            StringBuilder page, String name, double[] bounds, long[] cumulative, long count, double sum) {
        type(page, "histogram", name);
        for (int at = 0; at < bounds.length; at++) {
            line(page, name + "_bucket", "le=\"" + bounds[at] + "\",", cumulative[at]);
        }
        line(page, name + "_bucket", "le=\"+Inf\",", count);
        line(page, name + "_count", "", count);
        line(page, name + "_sum", "", sum);
    }

    private static void type(StringBuilder page, String type, String name) {
        page.append("# HELP vllm:").append(name).append(" x\n# TYPE vllm:").append(name);
        page.append(' ').append(type).append('\n');
    }

    private void line(StringBuilder page, String name, String moreLabels, double value) {
        page.append("vllm:").append(name).append('{').append(moreLabels).append(labels);
        page.append("} ").append(value).append('\n');
    }
}
