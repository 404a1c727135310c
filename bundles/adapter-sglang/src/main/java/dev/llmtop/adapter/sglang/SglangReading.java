// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import dev.llmtop.exposition.Sample;
import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Source;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** One reading of an SGLang: of its metrics page, or without one of {@code /v1/loads}. */
final class SglangReading {
    private static final String PROCESS = "process";
    private static final String NEEDS_METRICS = "needs --enable-metrics";
    /** What one table keeps apart: of more ranks than that no mean is made. */
    private static final int MOST_RANKS = 99;

    private final Engine engine;
    private final SglangFlags flags;

    SglangReading(Engine engine, SglangFlags flags) {
        this.engine = engine;
        this.flags = flags;
    }

    /** Whether it is known that there is no metrics page: then it is not asked for. */
    boolean metricsOff() {
        return flags.metricsOff()
                || engine.description()
                        .map(known -> Boolean.FALSE.equals(known.config().get(SglangDescription.METRICS)))
                        .orElse(false);
    }

    /** No answer: the same reason for all. */
    Reading failed(Streamed<SeriesPage> answer) {
        Reading.Builder into = SglangMetrics.failed().reading(SglangAdapter.METRICS, answer);
        Value.Unavailable<?> why =
                answer.value().missing().orElseThrow(() -> new IllegalArgumentException("an answer that failed"));
        for (Metric metric : List.of(Metric.SLOTS, Metric.WAITING_BY_REASON)) {
            into.unavailable(metric, why.reason(), why.detail());
        }
        ofProcess(into);
        state(why.reason()).ifPresent(into::state);
        return into.build();
    }

    /** The metrics page. */
    Reading page(Streamed<SeriesPage> answer) {
        SeriesPage page = answer.value().known().orElseThrow();
        boolean recent = !page.series(SglangMetrics.CAPACITY).isEmpty();
        boolean requested = !page.series("generation_tokens_total").isEmpty();
        Reading.Builder into = SglangMetrics.of(flags, recent, requested).reading(SglangAdapter.METRICS, answer);
        Reading read = into.build();
        SglangQueues.read(answer, page, read, into);
        cache(answer, read, into);
        speculation(read, into);
        aborted(answer, page, into);
        described(into);
        ofProcess(into);
        if (!answer.cut()) {
            into.changed(fingerprint(page));
        }
        return into.build();
    }

    /** {@code /v1/loads}, which works without the metrics page. */
    Reading loads(Answer answer) {
        boolean answered = answer.status() == 200 || answer.status() == 404 || SglangIdentity.isClosed(answer);
        if (!answered) {
            return failed(new Streamed<>(
                    answer.status(), Value.unavailable(answer.reason(), answer.detail()), false, answer.stamp()));
        }
        Reading.Builder into = SglangMetrics.off(flags).reading(SglangAdapter.METRICS, off(answer.stamp()));
        into.unavailable(Metric.SLOTS, Reason.DISABLED, NEEDS_METRICS);
        described(into);
        new SglangLoads(flags).read(answer, into);
        ofProcess(into);
        if (SglangIdentity.isClosed(answer)) {
            into.state(State.BLOCKED);
        }
        return into.build();
    }

    private static Streamed<SeriesPage> off(Stamp stamp) {
        return new Streamed<>(404, Value.unavailable(Reason.DISABLED, NEEDS_METRICS), false, stamp);
    }

    /** The mean over data-parallel ranks by capacity, where each tells its own; the hit ratio of a gauge is no live one. */
    private static void cache(Streamed<SeriesPage> answer, Reading read, Reading.Builder into) {
        Map<String, Reading> ranks = SglangMetrics.byRank()
                .reading(SglangAdapter.METRICS, answer)
                .build()
                .models();
        boolean known = read.figures().number(Metric.KV_CACHE_USED_RATIO).isPresent();
        if (known && ranks.size() > 1 && ranks.size() <= MOST_RANKS) {
            double used = 0;
            double whole = 0;
            for (Reading rank : ranks.values()) {
                double capacity =
                        rank.figures().number(Metric.KV_CACHE_TOTAL_TOKENS).orElse(Double.NaN);
                used += capacity
                        * rank.figures().number(Metric.KV_CACHE_USED_RATIO).orElse(Double.NaN);
                whole += capacity;
            }
            if (Double.isFinite(used) && whole > 0) {
                into.gauge(Metric.KV_CACHE_USED_RATIO, used / whole);
                into.source(
                        Metric.KV_CACHE_USED_RATIO,
                        SglangAdapter.METRICS,
                        "sglang:token_usage",
                        Combined.WEIGHTED,
                        Basis.LIVE);
            }
        }
        Source hits = read.sources().get(Metric.PREFIX_CACHE_HIT_RATIO);
        if (hits != null && hits.series().equals(List.of("sglang:cache_hit_rate"))) {
            into.source(
                    Metric.PREFIX_CACHE_HIT_RATIO,
                    new Source(hits.path(), hits.series(), hits.combined(), Basis.WINDOW));
        }
    }

    /** The length counts the token that comes without a draft; it is 0 where nothing is drafted. */
    private void speculation(Reading read, Reading.Builder into) {
        Optional<Double> length = read.figures().number(Metric.SPECULATIVE_ACCEPTED_PER_DRAFT);
        if (length.isPresent() && length.get() >= 1) {
            into.gauge(Metric.SPECULATIVE_ACCEPTED_PER_DRAFT, length.get() - 1);
            for (Metric metric : List.of(Metric.SPECULATIVE_ACCEPTED_PER_DRAFT, Metric.SPECULATIVE_ACCEPTANCE_RATIO)) {
                Optional.ofNullable(read.sources().get(metric))
                        .ifPresent(source -> into.source(
                                metric, new Source(source.path(), source.series(), source.combined(), Basis.WINDOW)));
            }
        } else if (length.isPresent()) {
            noSpeculation(flags, into);
        }
    }

    static void noSpeculation(SglangFlags flags, Reading.Builder into) {
        Reason reason = flags.speculates() ? Reason.NO_SAMPLE_YET : Reason.DISABLED;
        String detail = flags.speculates() ? "nothing was drafted yet" : "needs --speculative-algorithm";
        into.unavailable(Metric.SPECULATIVE_ACCEPTED_PER_DRAFT, reason, detail);
        into.unavailable(Metric.SPECULATIVE_ACCEPTANCE_RATIO, reason, detail);
    }

    private static void aborted(Streamed<SeriesPage> answer, SeriesPage page, Reading.Builder into) {
        List<Sample> samples = answer.cut() ? List.of() : page.series(SglangMetrics.ABORTED);
        for (Sample sample : samples) {
            if (sample.value() >= 0) {
                into.counter(Counter.FINISHED, "abort", sample.labels().key(), sample.value(), Basis.LIVE);
                into.source(
                        Metric.FINISHED_BY_REASON,
                        SglangAdapter.METRICS,
                        sample.name(),
                        samples.size() > 1 ? Combined.SUM : Combined.ONLY,
                        Basis.LIVE);
            }
        }
    }

    /** What {@code /server_info} said once. */
    private void described(Reading.Builder into) {
        told(Metric.SLOTS, "effective_max_running_requests_per_dp", into);
        if (!into.has(Metric.SLOTS)) {
            Optional<Value.Unavailable<?>> why =
                    engine.description().map(known -> known.unavailable().get(SglangDescription.MAX_RUNNING));
            into.unavailable(
                    Metric.SLOTS,
                    why.map(Value.Unavailable::reason).orElse(Reason.NOT_EXPORTED),
                    why.map(Value.Unavailable::detail)
                            .orElse(
                                    "/server_info does not tell it and --max-running-requests is not on the command line"));
        }
        boolean total =
                into.build().figures().number(Metric.KV_CACHE_TOTAL_TOKENS).isPresent();
        if (!total) {
            told(Metric.KV_CACHE_TOTAL_TOKENS, "memory_usage.token_capacity", into);
        }
    }

    private void told(Metric metric, String field, Reading.Builder into) {
        engine.description()
                .flatMap(known -> known.figures().number(metric))
                .ifPresent(number ->
                        into.gauge(metric, number).source(metric, "/server_info", field, Combined.SUM, Basis.LIVE));
    }

    /** What its command line says holds whatever it answers. */
    private void ofProcess(Reading.Builder into) {
        Reading read = into.build();
        boolean single =
                flags.number("--dp-size", "--data-parallel-size", "--dp").orElse(1L) <= 1;
        if (single && read.figures().number(Metric.SLOTS).isEmpty()) {
            flags.number("--max-running-requests")
                    .ifPresent(slots -> into.gauge(Metric.SLOTS, slots)
                            .source(Metric.SLOTS, PROCESS, "--max-running-requests", Combined.ONLY, Basis.LIVE));
        }
        if (read.figures().number(Metric.KV_CACHE_BLOCK_TOKENS).isEmpty()) {
            flags.number("--page-size")
                    .ifPresent(size -> into.gauge(Metric.KV_CACHE_BLOCK_TOKENS, size)
                            .source(Metric.KV_CACHE_BLOCK_TOKENS, PROCESS, "--page-size", Combined.ONLY, Basis.LIVE));
        }
    }

    private static Optional<State> state(Reason reason) {
        return switch (reason) {
            case LOADING -> Optional.of(State.LOADING);
            case NEEDS_KEY -> Optional.of(State.BLOCKED);
            default -> Optional.empty();
        };
    }

    /** What changes when the server was started anew with another model, part or cache; in no order. */
    private static String fingerprint(SeriesPage page) {
        Set<String> facts = new TreeSet<>(page.values("model_name"));
        facts.addAll(page.values("engine_type"));
        page.series(SglangMetrics.CAPACITY).forEach(sample -> facts.add(sample.key() + sample.value()));
        return UUID.nameUUIDFromBytes(String.join("\n", facts).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
