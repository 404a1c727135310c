// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import dev.llmtop.exposition.Sample;
import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Source;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import java.util.List;
import java.util.Optional;

/**
 * A reading of one server: its page of metrics, and its slots. The page counts generated tokens when a request ends, the slots while
 * it runs; both together are live.
 */
final class LlamaReading {
    private static final String SLOTS = "/slots";

    private final Streamed<SeriesPage> page;
    private final Value<List<LlamaSlot>> slots;
    private final Reading.Builder into;

    private LlamaReading(Streamed<SeriesPage> page, Value<List<LlamaSlot>> slots, Reading.Builder into) {
        this.page = page;
        this.slots = slots;
        this.into = into;
    }

    /** What both say, or why they say nothing. */
    static Reading.Builder of(Streamed<SeriesPage> page, Value<List<LlamaSlot>> slots) {
        boolean livePrompts = has(page, LlamaMetrics.CACHED);
        boolean drafts = !has(page, "spec_decode_num_drafts_total")
                || slots.known()
                        .map(known -> known.stream().anyMatch(LlamaSlot::speculative))
                        .orElse(true);
        LlamaReading reading = new LlamaReading(
                page, slots, LlamaMetrics.of(livePrompts, drafts).reading(LlamaMetrics.PATH, page));
        reading.cachedPrompts();
        slots.known().ifPresentOrElse(known -> reading.slots(known, livePrompts), reading::noSlots);
        return reading.into;
    }

    /** A page that was not asked for, and why. */
    static Streamed<SeriesPage> notAsked(Value.Unavailable<?> why, Stamp stamp) {
        return new Streamed<>(0, Value.unavailable(why.reason(), why.detail()), false, stamp);
    }

    /** The answer with what its status means here: a 501 is a switch. */
    static Streamed<SeriesPage> explained(Streamed<SeriesPage> page) {
        return page.status() == 501 ? notAsked(metricsOff(), page.stamp()) : page;
    }

    static Value.Unavailable<?> metricsOff() {
        return new Value.Unavailable<>(Reason.DISABLED, "/metrics is off: start it with --metrics");
    }

    private static boolean has(Streamed<SeriesPage> page, String name) {
        return page.value().known().map(known -> !known.series(name).isEmpty()).orElse(false);
    }

    /** The total is of all prompt tokens, those of the cache included, where the page tells both. */
    private void cachedPrompts() {
        List<Sample> cached = page.value()
                .known()
                .map(known -> known.series(LlamaMetrics.CACHED))
                .orElse(List.of());
        if (!cached.isEmpty() && has(page, LlamaMetrics.PROMPT) && cached.get(0).value() >= 0) {
            into.counter(Counter.PROMPT_TOKENS, "cached", cached.get(0).value(), Basis.AT_REQUEST_END);
            into.source(
                    Metric.PROMPT_TOKENS_TOTAL,
                    new Source(
                            LlamaMetrics.PATH,
                            List.of("llamacpp:" + LlamaMetrics.PROMPT, "llamacpp:" + LlamaMetrics.CACHED),
                            Combined.SUM,
                            Basis.LIVE));
        }
    }

    private void slots(List<LlamaSlot> known, boolean livePrompts) {
        into.gauge(Metric.SLOTS, known.size());
        into.source(Metric.SLOTS, SLOTS, "id", Combined.SUM, Basis.LIVE);
        if (!has(page, "requests_processing")) {
            into.gauge(Metric.RUNNING, known.stream().filter(LlamaSlot::busy).count());
            into.source(Metric.RUNNING, SLOTS, "is_processing", Combined.SUM, Basis.LIVE);
        }
        if (known.stream().anyMatch(slot -> slot.busy() && slot.decoded().isPresent())
                || known.stream().noneMatch(LlamaSlot::busy)) {
            known.forEach(slot ->
                    progress(Counter.GENERATION_TOKENS, slot.key(), slot.busy() ? slot.decoded() : Optional.of(0.0)));
            into.source(
                    Metric.GENERATION_TOKENS_PER_SECOND,
                    new Source(SLOTS, List.of("next_token.n_decoded"), combined(known), Basis.SLOTS));
        }
        boolean tellsPrompts =
                known.stream().allMatch(slot -> !slot.busy() || slot.prompted().isPresent());
        // A build that tells no prompt progress of idle slots may tell none at all: then the counter stands alone.
        if (!livePrompts
                && tellsPrompts
                && known.stream().anyMatch(slot -> slot.prompted().isPresent())) {
            known.forEach(this::prompt);
            into.source(
                    Metric.PROMPT_TOKENS_PER_SECOND,
                    new Source(SLOTS, List.of("n_prompt_tokens_processed"), combined(known), Basis.SLOTS));
        }
    }

    /** A prompt that is computed is in the page's counter, if there is one; without it what was computed stands still. */
    private void prompt(LlamaSlot slot) {
        boolean counted = has(page, LlamaMetrics.PROMPT);
        boolean runs = slot.prefills() || slot.busy() && !counted;
        String key = slot.busy() && !runs ? slot.key() + ",computed" : slot.key();
        progress(Counter.COMPUTED_PROMPT_TOKENS, key, runs ? slot.prompted() : Optional.of(0.0));
    }

    private void progress(Counter counter, String task, Optional<Double> value) {
        value.ifPresent(number -> into.progress(counter, "", task, number));
    }

    private static Combined combined(List<LlamaSlot> slots) {
        return slots.size() > 1 ? Combined.SUM : Combined.ONLY;
    }

    private void noSlots() {
        slots.missing().ifPresent(why -> into.unavailable(Metric.SLOTS, why.reason(), why.detail()));
    }
}
