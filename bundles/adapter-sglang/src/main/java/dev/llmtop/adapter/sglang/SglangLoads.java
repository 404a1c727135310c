// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Parts;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Source;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code /v1/loads}: the load of each data-parallel rank, with or without a metrics page. Source: sgl-project/sglang,
 * srt/entrypoints/v1_loads.py, srt/managers/io_struct.py (GetLoadsReqOutput).
 */
final class SglangLoads {
    private static final String PATH = "/v1/loads";
    private static final int MOST_RANKS = 10_000;
    private static final Duration SELDOM = Duration.ofSeconds(5);
    private static final List<Metric> COVERED = List.of(
            Metric.RUNNING,
            Metric.WAITING,
            Metric.WAITING_BY_REASON,
            Metric.SLOTS,
            Metric.KV_CACHE_USED_RATIO,
            Metric.KV_CACHE_USED_TOKENS,
            Metric.KV_CACHE_TOTAL_TOKENS,
            Metric.GENERATION_TOKENS_PER_SECOND,
            Metric.PREFIX_CACHE_HIT_RATIO,
            Metric.SPECULATIVE_ACCEPTANCE_RATIO,
            Metric.SPECULATIVE_ACCEPTED_PER_DRAFT);

    private final SglangFlags flags;

    SglangLoads(SglangFlags flags) {
        this.flags = flags;
    }

    /** Each tick where it is read from shared memory; before 0.5.23 it interrupts the scheduler, so every 5 s. */
    static Get request(Engine engine) {
        boolean free = engine.description()
                .flatMap(known -> known.version().known())
                .map(version -> SglangVersion.atLeast(version, 0, 5, 23))
                .orElse(false);
        return Get.of(PATH).maxAge(free ? Duration.ZERO : SELDOM);
    }

    /** Adds what it says to a reading in which everything is off so far. */
    void read(Answer answer, Reading.Builder into) {
        List<JsonNode> ranks = ranks(answer.okJson().path("loads"));
        if (ranks.isEmpty()) {
            nothing(answer, into);
            return;
        }
        sum(ranks, "num_running_reqs", Metric.RUNNING, into);
        sum(ranks, "num_waiting_reqs", Metric.WAITING, into);
        sum(ranks, "max_running_requests", Metric.SLOTS, into);
        sum(ranks, "num_used_tokens", Metric.KV_CACHE_USED_TOKENS, into);
        sum(ranks, "max_total_num_tokens", Metric.KV_CACHE_TOTAL_TOKENS, into);
        usage(ranks, into);
        throughput(ranks, into);
        maximum(ranks, Metric.PREFIX_CACHE_HIT_RATIO, 0, into, "cache_hit_rate");
        queues(ranks, into);
        speculation(ranks, into);
        into.changed("loads " + ranks.size() + " "
                + answer.okJson().path("version").asText()
                + total(ranks, "max_total_num_tokens"));
    }

    private static void nothing(Answer answer, Reading.Builder into) {
        Reason reason = answer.status() == 404 ? Reason.DISABLED : answer.reason();
        String detail = answer.status() == 404
                ? "needs --enable-metrics; /v1/loads, which works without, came with 0.5.9"
                : PATH + ": " + answer.detail();
        Reading before = into.build();
        COVERED.stream()
                .filter(metric -> before.figures().known(metric, Object.class).isEmpty())
                .forEach(metric -> into.unavailable(metric, reason, detail));
    }

    /** One entry a rank, the first that it has. */
    private static List<JsonNode> ranks(JsonNode loads) {
        List<JsonNode> ranks = new ArrayList<>();
        Set<Long> seen = new TreeSet<>();
        for (JsonNode load : loads) {
            if (load.isObject()
                    && ranks.size() < MOST_RANKS
                    && seen.add(load.path("dp_rank").asLong(0))) {
                ranks.add(load);
            }
        }
        return ranks;
    }

    private static OptionalDouble number(JsonNode load, String... path) {
        JsonNode node = load;
        for (String field : path) {
            node = node.path(field);
        }
        double number = node.isNumber() ? node.asDouble() : Double.NaN;
        return Double.isFinite(number) && number >= 0 ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    /** Of all ranks: a sum that misses a part is none. */
    private static OptionalDouble total(List<JsonNode> ranks, String... path) {
        double sum = 0;
        for (JsonNode load : ranks) {
            sum += number(load, path).orElse(Double.NaN);
        }
        return Double.isFinite(sum) ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    private static Source source(List<JsonNode> ranks, Combined combined, Basis basis, String... fields) {
        return new Source(PATH, List.of(fields), ranks.size() > 1 ? combined : Combined.ONLY, basis);
    }

    private static void absent(Metric metric, String field, Reading.Builder into) {
        into.unavailable(
                metric, Reason.NOT_EXPORTED, PATH + " of this version has no " + field + "; needs --enable-metrics");
    }

    private static void sum(List<JsonNode> ranks, String field, Metric metric, Reading.Builder into) {
        OptionalDouble sum = total(ranks, field);
        if (sum.isPresent()) {
            into.gauge(metric, sum.getAsDouble()).source(metric, source(ranks, Combined.SUM, Basis.LIVE, field));
        } else if (into.build().figures().known(metric, Object.class).isEmpty()) {
            absent(metric, field, into);
        }
    }

    private static void maximum(
            List<JsonNode> ranks, Metric metric, double less, Reading.Builder into, String... path) {
        OptionalDouble most = ranks.stream()
                .map(load -> number(load, path))
                .flatMapToDouble(OptionalDouble::stream)
                .max();
        if (most.isPresent() && total(ranks, path).isPresent()) {
            into.gauge(metric, most.getAsDouble() - less)
                    .source(metric, source(ranks, Combined.MAX, Basis.WINDOW, String.join(".", path)));
        } else {
            absent(metric, String.join(".", path), into);
        }
    }

    /** The mean by capacity where every rank tells it, else the fullest rank. */
    private static void usage(List<JsonNode> ranks, Reading.Builder into) {
        double used = 0;
        double whole = 0;
        for (JsonNode load : ranks) {
            double capacity = number(load, "max_total_num_tokens").orElse(Double.NaN);
            used += capacity * number(load, "token_usage").orElse(Double.NaN);
            whole += capacity;
        }
        if (!Double.isFinite(used) || whole <= 0) {
            maximum(ranks, Metric.KV_CACHE_USED_RATIO, 0, into, "token_usage");
            return;
        }
        into.gauge(Metric.KV_CACHE_USED_RATIO, used / whole)
                .source(Metric.KV_CACHE_USED_RATIO, source(ranks, Combined.WEIGHTED, Basis.LIVE, "token_usage"));
        if (ranks.size() > 1) {
            for (JsonNode load : ranks) {
                into.extra(
                        "token_usage{dp_rank=\"" + load.path("dp_rank").asLong(0) + "\"}",
                        number(load, "token_usage").orElse(Double.NaN));
            }
        }
    }

    /** The engine's own average stays after its last request: where nothing runs, nothing is generated. */
    private static void throughput(List<JsonNode> ranks, Reading.Builder into) {
        double sum = 0;
        for (JsonNode load : ranks) {
            boolean idle = number(load, "num_running_reqs").orElse(1) == 0;
            double told = number(load, "gen_throughput").orElse(Double.NaN);
            sum += idle && Double.isFinite(told) ? 0 : told;
        }
        if (Double.isFinite(sum)) {
            into.gauge(Metric.GENERATION_TOKENS_PER_SECOND, sum)
                    .source(
                            Metric.GENERATION_TOKENS_PER_SECOND,
                            source(ranks, Combined.SUM, Basis.WINDOW, "gen_throughput"));
        } else {
            absent(Metric.GENERATION_TOKENS_PER_SECOND, "gen_throughput", into);
        }
    }

    private static void queues(List<JsonNode> ranks, Reading.Builder into) {
        Map<String, String[]> fields = new LinkedHashMap<>();
        fields.put("queue", new String[] {"queues", "waiting"});
        fields.put("grammar", new String[] {"queues", "grammar"});
        boolean divided = ranks.stream()
                .map(load -> load.path("disaggregation").path("mode").asText())
                .anyMatch(Set.of("prefill", "decode")::contains);
        if (divided) {
            // Called prealloc in this answer, bootstrap on the metrics page: the same queue.
            fields.put("prefill-bootstrap", new String[] {"disaggregation", "prefill_prealloc_queue_reqs"});
            fields.put("prefill-inflight", new String[] {"disaggregation", "prefill_inflight_queue_reqs"});
            fields.put("decode-prealloc", new String[] {"disaggregation", "decode_prealloc_queue_reqs"});
            fields.put("decode-transfer", new String[] {"disaggregation", "decode_transfer_queue_reqs"});
        }
        Map<String, Double> parts = new LinkedHashMap<>();
        fields.forEach((part, path) -> total(ranks, path).ifPresent(sum -> parts.put(part, sum)));
        if (parts.containsKey("queue")) {
            into.figure(Metric.WAITING_BY_REASON, new Parts(parts))
                    .source(Metric.WAITING_BY_REASON, source(ranks, Combined.SUM, Basis.LIVE, "queues"));
        } else {
            absent(Metric.WAITING_BY_REASON, "queues", into);
        }
    }

    private void speculation(List<JsonNode> ranks, Reading.Builder into) {
        double longest = ranks.stream()
                .flatMapToDouble(load -> number(load, "speculative", "accept_length").stream())
                .max()
                .orElse(0);
        if (longest >= 1) {
            maximum(ranks, Metric.SPECULATIVE_ACCEPTED_PER_DRAFT, 1, into, "speculative", "accept_length");
            maximum(ranks, Metric.SPECULATIVE_ACCEPTANCE_RATIO, 0, into, "speculative", "accept_rate");
        } else {
            SglangReading.noSpeculation(flags, into);
        }
    }
}
