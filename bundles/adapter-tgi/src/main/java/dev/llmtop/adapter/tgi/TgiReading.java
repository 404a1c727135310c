// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.tgi;

import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Source;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Streamed;
import java.util.List;
import java.util.Optional;

/** One reading of a TGI: its page, and what its command line adds. */
final class TgiReading {
    private static final String PATH = "/metrics";
    private static final String CAPACITY = "--max-batch-total-tokens";

    private final TgiFlags flags;

    TgiReading(TgiFlags flags) {
        this.flags = flags;
    }

    Reading of(Streamed<SeriesPage> given) {
        Streamed<SeriesPage> answer = given.status() == 404 ? notThere(given) : given;
        Reading.Builder into =
                TgiMetrics.of(flags, answer.value().known().isPresent()).reading(PATH, answer);
        Reading read = into.build();
        if (read.figures().number(Metric.KV_CACHE_TOTAL_TOKENS).isEmpty()) {
            flags.number(CAPACITY).filter(tokens -> tokens > 0).ifPresent(tokens -> capacity(tokens, read, into));
        }
        unused(into);
        slots(answer, into);
        answer.value().missing().flatMap(TgiReading::state).ifPresent(into::state);
        return into.build();
    }

    /** No flag of TGI turns its page off. */
    private static Streamed<SeriesPage> notThere(Streamed<SeriesPage> answer) {
        Value<SeriesPage> none = Value.unavailable(
                Reason.NOT_EXPORTED,
                PATH + " is not there: TGI serves it on its main port, a proxy may not pass it on");
        return new Streamed<>(answer.status(), none, false, answer.stamp());
    }

    /** Before 3.0 the page has no capacity. */
    private static void capacity(long tokens, Reading read, Reading.Builder into) {
        into.gauge(Metric.KV_CACHE_TOTAL_TOKENS, tokens)
                .source(Metric.KV_CACHE_TOTAL_TOKENS, "process", CAPACITY, Combined.ONLY, Basis.LIVE);
        read.figures()
                .number(Metric.KV_CACHE_USED_TOKENS)
                .ifPresent(reserved -> into.gauge(Metric.KV_CACHE_USED_RATIO, reserved / tokens)
                        .source(
                                Metric.KV_CACHE_USED_RATIO,
                                new Source(
                                        PATH,
                                        List.of("tgi_" + TgiMetrics.RESERVED, CAPACITY),
                                        Combined.ONLY,
                                        Basis.LIVE)));
    }

    /** Where the capacity is known, the share is missing for want of what is used of it. */
    private static void unused(Reading.Builder into) {
        Reading read = into.build();
        if (read.figures().number(Metric.KV_CACHE_TOTAL_TOKENS).isPresent()
                && read.figures().number(Metric.KV_CACHE_USED_RATIO).isEmpty()) {
            read.figures()
                    .missing(Metric.KV_CACHE_USED_TOKENS)
                    .ifPresent(why -> into.unavailable(Metric.KV_CACHE_USED_RATIO, why.reason(), why.detail()));
        }
    }

    private void slots(Streamed<SeriesPage> answer, Reading.Builder into) {
        Optional<Long> given = flags.number("--max-batch-size");
        if (given.isPresent()) {
            into.gauge(Metric.SLOTS, given.get())
                    .source(Metric.SLOTS, "process", "--max-batch-size", Combined.ONLY, Basis.LIVE);
            return;
        }
        Optional<Value.Unavailable<SeriesPage>> why = answer.value().missing();
        Reason reason =
                why.map(Value.Unavailable::reason).orElse(flags.known() ? Reason.NOT_EXPORTED : Reason.NO_PERMISSION);
        String detail = why.map(Value.Unavailable::detail)
                .orElse(
                        flags.known()
                                ? "--max-batch-size is not given: the batch is bounded by its tokens"
                                : "the command line of the server is not known or may not be read");
        into.unavailable(Metric.SLOTS, reason, detail);
    }

    private static Optional<State> state(Value.Unavailable<?> why) {
        return switch (why.reason()) {
            case LOADING -> Optional.of(State.LOADING);
            case NEEDS_KEY -> Optional.of(State.BLOCKED);
            default -> Optional.empty();
        };
    }
}
