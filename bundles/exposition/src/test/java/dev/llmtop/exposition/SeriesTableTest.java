// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Parts;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Source;
import dev.llmtop.model.State;
import dev.llmtop.model.Texts;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Histogram;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Reading.CountKey;
import dev.llmtop.spi.Reading.Fraction;
import dev.llmtop.spi.Reading.FractionKey;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class SeriesTableTest {
    private static final SeriesTable TABLE = SeriesTable.prefix("e:");
    private static final Combine BY_BLOCKS =
            Combine.weightedBy("cache_info", "blocks", "engine").orMax();

    private static Reason reason(Reading reading, Metric metric) {
        return reading.figures().missing(metric).orElseThrow().reason();
    }

    @Test
    void addsRequestsAndTakesTheFirstNameThatIsThereNeverBoth() {
        SeriesTable table = TABLE.gauge(Metric.RUNNING, Combine.SUM, "new", "old");
        Reading both = Pages.reading(table, "e:old 50\ne:new{n=\"0\"} 3\ne:new{n=\"1\"} 4\n");
        assertThat(both.figures().number(Metric.RUNNING)).contains(7.0);
        assertThat(both.sources().get(Metric.RUNNING))
                .isEqualTo(new Source("/metrics", List.of("e:new"), Combined.SUM, Basis.LIVE));
        Reading old = Pages.reading(table, "e:old 50\n");
        assertThat(old.figures().number(Metric.RUNNING)).contains(50.0);
        assertThat(old.sources().get(Metric.RUNNING).combined()).isEqualTo(Combined.ONLY);
    }

    @Test
    void aRatioIsWeightedByCapacityElseTheMaximumAndNeverASum() {
        SeriesTable table = TABLE.gauge(Metric.KV_CACHE_USED_RATIO, BY_BLOCKS, "used");
        String used = "e:used{engine=\"0\"} 0.9\ne:used{engine=\"1\"} 0.1\n";
        Reading weighted = Pages.reading(
                table,
                used + "e:cache_info{engine=\"0\",blocks=\"100\"} 1\ne:cache_info{engine=\"1\",blocks=\"300\"} 1\n");
        assertThat(weighted.figures().number(Metric.KV_CACHE_USED_RATIO))
                .hasValueSatisfying(value -> assertThat(value).isCloseTo(0.3, within(1e-12)));
        assertThat(weighted.sources().get(Metric.KV_CACHE_USED_RATIO).combined())
                .isEqualTo(Combined.WEIGHTED);
        assertThat(weighted.extra())
                .containsOnly(entry("e:used{engine=\"0\"}", 0.9), entry("e:used{engine=\"1\"}", 0.1));
        Reading noWeights = Pages.reading(table, used + "e:cache_info{engine=\"0\",blocks=\"None\"} 1\n");
        assertThat(noWeights.figures().number(Metric.KV_CACHE_USED_RATIO)).contains(0.9);
        assertThat(noWeights.sources().get(Metric.KV_CACHE_USED_RATIO).combined())
                .isEqualTo(Combined.MAX);
    }

    @Test
    void severalProcessesOfOnePartAreOneByTheirMaximum() {
        Reading reading = Pages.reading(TABLE.gauge(Metric.KV_CACHE_USED_RATIO, BY_BLOCKS, "used"), """
                e:used{engine="0",pid="7"} 0.2
                e:used{engine="0",pid="8"} 0.6
                e:used{engine="1",pid="7"} 0.4
                e:cache_info{engine="0",blocks="100"} 1
                e:cache_info{engine="1",blocks="100"} 1
                """);
        assertThat(reading.figures().number(Metric.KV_CACHE_USED_RATIO))
                .hasValueSatisfying(value -> assertThat(value).isCloseTo(0.5, within(1e-12)));
    }

    @Test
    void ofRanksThatRepeatASeriesTheLowestSpeaks() {
        SeriesTable table = TABLE.keepLowest("pp_rank", "tp_rank")
                .gauge(Metric.RUNNING, Combine.SUM, "running")
                .counter(Counter.GENERATION_TOKENS, Basis.LIVE, "tokens_total");
        Reading reading = Pages.reading(table, """
                e:running{dp_rank="0",tp_rank="10",pp_rank="0"} 1
                e:running{dp_rank="0",tp_rank="9",pp_rank="0"} 2
                e:running{dp_rank="0",tp_rank="1",pp_rank="1"} 4
                e:running{dp_rank="1",tp_rank="0",pp_rank="0"} 8
                e:tokens_total{tp_rank="1"} 16
                e:tokens_total{tp_rank="0"} 32
                """);
        assertThat(reading.figures().number(Metric.RUNNING)).contains(10.0);
        assertThat(reading.counts())
                .containsOnly(entry(new CountKey(Counter.GENERATION_TOKENS, "", "{tp_rank=\"0\"}"), 32.0));
        assertThat(reading.sources().get(Metric.GENERATION_TOKENS_PER_SECOND).combined())
                .isEqualTo(Combined.LOWEST_RANK);
    }

    @Test
    void everyCounterSeriesStaysByItself() {
        SeriesTable table = TABLE.counter(
                        Counter.FINISHED,
                        Basis.LIVE,
                        Selector.named("success_total").part("why"))
                .counter(
                        Counter.COMPUTED_PROMPT_TOKENS,
                        Basis.AT_REQUEST_END,
                        Selector.named("by_source_total").where("source", "computed"),
                        Selector.named("prompt_total"));
        Reading reading = Pages.reading(table, """
                e:success_total{engine="0",why="stop"} 1
                e:success_total{engine="1",why="stop"} 2
                e:by_source_total{source="computed"} 3
                e:by_source_total{source="hit"} 4
                e:prompt_total 7
                """);
        assertThat(reading.counts())
                .containsOnly(
                        entry(new CountKey(Counter.FINISHED, "stop", "{engine=\"0\",why=\"stop\"}"), 1.0),
                        entry(new CountKey(Counter.FINISHED, "stop", "{engine=\"1\",why=\"stop\"}"), 2.0),
                        entry(new CountKey(Counter.COMPUTED_PROMPT_TOKENS, "", "{source=\"computed\"}"), 3.0));
        assertThat(reading.basis(Counter.COMPUTED_PROMPT_TOKENS)).isEqualTo(Basis.AT_REQUEST_END);
        assertThat(reading.sources()).containsOnlyKeys(Metric.FINISHED_BY_REASON, Metric.PROMPT_TOKENS_PER_SECOND);
        Reading older = Pages.reading(table, "e:prompt_total 7\n");
        assertThat(older.counts()).containsOnly(entry(new CountKey(Counter.COMPUTED_PROMPT_TOKENS, "", ""), 7.0));
    }

    @Test
    void theTypeDecidesNotTheName() {
        SeriesTable table = TABLE.counter(Counter.GENERATION_TOKENS, Basis.LIVE, "tokens_total")
                .counter(Counter.PROMPT_TOKENS, Basis.AT_REQUEST_END, "input_sum")
                .gauge(Metric.RUNNING, Combine.SUM, "running");
        Reading reading = Pages.reading(table, """
                # TYPE e:tokens_total histogram
                e:tokens_total 5
                # TYPE e:input histogram
                e:input_sum 9
                # TYPE e:running counter
                e:running 3
                """);
        assertThat(reading.counts()).containsOnly(entry(new CountKey(Counter.PROMPT_TOKENS, "", ""), 9.0));
        assertThat(reason(reading, Metric.GENERATION_TOKENS_TOTAL)).isEqualTo(Reason.NOT_EXPORTED);
        assertThat(reading.figures().missing(Metric.RUNNING).orElseThrow().detail())
                .isEqualTo("e:running (counter) on /metrics does not hold this figure");
        Reading gauge = Pages.reading(table, "# TYPE e:tokens_total gauge\ne:tokens_total 5\n");
        assertThat(gauge.counts()).isEmpty();
    }

    @Test
    void ratiosJoinTheirCountersByLabels() {
        SeriesTable table = TABLE.windowRatio(Metric.PREFIX_CACHE_HIT_RATIO, "hits_total", "queries_total")
                .windowRatio(
                        Metric.EXTERNAL_CACHE_HIT_RATIO,
                        Basis.LIVE,
                        Selector.named("tokens_total").where("mode", "cache"),
                        Selector.named("tokens_total").where("mode", "cache", "compute"))
                .windowRatio(
                        Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION,
                        Basis.LIVE,
                        Selector.named("accepted_total").part("position"),
                        Selector.named("drafts_total"));
        Reading reading = Pages.reading(table, """
                e:hits_total{engine="0"} 1
                e:hits_total{engine="1"} 2
                e:queries_total{engine="1"} 20
                e:queries_total{engine="0"} 10
                e:queries_total{engine="2"} 99
                e:tokens_total{mode="cache"} 3
                e:tokens_total{mode="compute"} 5
                e:tokens_total{mode="decode"} 900
                e:accepted_total{engine="0",position="0"} 7
                e:accepted_total{engine="0",position="1"} 4
                e:drafts_total{engine="0"} 8
                """);
        assertThat(reading.fractions())
                .containsOnly(
                        entry(
                                new FractionKey(Metric.PREFIX_CACHE_HIT_RATIO, "", "{engine=\"0\"}"),
                                new Fraction(1, 10)),
                        entry(
                                new FractionKey(Metric.PREFIX_CACHE_HIT_RATIO, "", "{engine=\"1\"}"),
                                new Fraction(2, 20)),
                        entry(new FractionKey(Metric.EXTERNAL_CACHE_HIT_RATIO, "", ""), new Fraction(3, 8)),
                        entry(
                                new FractionKey(Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION, "0", "{engine=\"0\"}"),
                                new Fraction(7, 8)),
                        entry(
                                new FractionKey(Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION, "1", "{engine=\"0\"}"),
                                new Fraction(4, 8)));
    }

    @Test
    void aQuotientDividesGaugesAndNeverByZero() {
        SeriesTable table = TABLE.quotient(Metric.KV_CACHE_USED_RATIO, "now", "most");
        assertThat(Pages.reading(table, "e:now 3\ne:most 4\n").figures().number(Metric.KV_CACHE_USED_RATIO))
                .contains(0.75);
        assertThat(reason(Pages.reading(table, "e:now 3\ne:most 0\n"), Metric.KV_CACHE_USED_RATIO))
                .isEqualTo(Reason.MALFORMED);
        assertThat(reason(Pages.reading(table, "e:now 3\n"), Metric.KV_CACHE_USED_RATIO))
                .isEqualTo(Reason.NOT_EXPORTED);
    }

    @Test
    void histogramsAreOrderedAndCompleted() {
        SeriesTable table = TABLE.histogram(Metric.TIME_TO_FIRST_TOKEN, "ttft_seconds", "old_seconds");
        Reading reading = Pages.reading(table, """
                e:old_seconds_bucket{le="+Inf"} 999
                # TYPE e:ttft_seconds histogram
                e:ttft_seconds_bucket{engine="0",le="+Inf"} 9
                e:ttft_seconds_bucket{engine="0",le="1e1"} 8
                e:ttft_seconds_bucket{engine="0",le="0.5"} 3
                e:ttft_seconds_bucket{engine="0",le="2.0"} 2
                e:ttft_seconds_bucket{engine="0",le="junk"} 2
                e:ttft_seconds_sum{engine="0"} 12.5
                e:ttft_seconds_bucket{engine="1",le="0.5"} 1
                e:ttft_seconds_count{engine="1"} 4
                e:ttft_seconds_sum{engine="1"} 2
                e:ttft_seconds_bucket{engine="3",le="+Inf"} 4
                e:ttft_seconds_bucket{engine="2",le="0.5"} 1
                """);
        assertThat(reading.histograms()).hasSize(2);
        Histogram first =
                reading.histograms().get(new Reading.HistogramKey(Metric.TIME_TO_FIRST_TOKEN, "{engine=\"0\"}"));
        assertThat(first.size()).isEqualTo(3);
        assertThat(List.of(first.upperBound(0), first.upperBound(1), first.upperBound(2)))
                .containsExactly(0.5, 2.0, 10.0);
        assertThat(List.of(first.cumulativeCount(0), first.cumulativeCount(1), first.cumulativeCount(2)))
                .containsExactly(3.0, 3.0, 8.0);
        assertThat(first.count()).isEqualTo(9);
        assertThat(first.sum()).isEqualTo(12.5);
        Histogram second =
                reading.histograms().get(new Reading.HistogramKey(Metric.TIME_TO_FIRST_TOKEN, "{engine=\"1\"}"));
        assertThat(second.count()).isEqualTo(4);
        assertThat(second.size()).isEqualTo(1);
        assertThat(reading.sources().get(Metric.TIME_TO_FIRST_TOKEN).series()).containsExactly("e:ttft_seconds");
    }

    @Test
    void readsPartsTextsLabelsAndStates() {
        SeriesTable table = TABLE.parts(Metric.WAITING_BY_REASON, "reason", "waiting")
                .texts(Metric.ACTIVE_LORAS, "lora_info", "running")
                .labelNumber(Metric.KV_CACHE_TOTAL_TOKENS, Combine.SUM, "cache_info", "tokens")
                .labelNumber(Metric.KV_CACHE_TOTAL_TOKENS, Combine.MAX, "cache_info", "blocks", "size")
                .state("sleep", "state", "awake", State.SLEEPING);
        String page = """
                e:waiting{engine="0",reason="capacity"} 2
                e:waiting{engine="1",reason="capacity"} 3
                e:waiting{engine="1",reason="deferred"} 1
                e:lora_info{running="old"} 100
                e:lora_info{running="b, a"} 200
                e:lora_info{running=""} 150
                e:cache_info{blocks="10",size="16"} 1
                e:sleep{state="awake"} 0
                e:sleep{state="deep"} 1
                """;
        Reading reading = Pages.reading(table, page);
        assertThat(reading.figures().known(Metric.WAITING_BY_REASON, Parts.class))
                .contains(new Parts(Map.of("capacity", 5.0, "deferred", 1.0)));
        assertThat(reading.figures().known(Metric.ACTIVE_LORAS, Texts.class)).contains(new Texts(List.of("b", "a")));
        assertThat(reading.figures().number(Metric.KV_CACHE_TOTAL_TOKENS)).contains(160.0);
        assertThat(reading.state()).contains(State.SLEEPING);
        assertThat(Pages.reading(table, page + "e:sleep{engine=\"1\",state=\"awake\"} 1\n")
                        .state())
                .contains(State.READY);
        assertThat(Pages.reading(table, "e:x 1\n").state()).isEmpty();
    }

    @Test
    void whatIsMissingSaysWhy() {
        SeriesTable table = TABLE.gauge(Metric.RUNNING, Combine.SUM, "running")
                .gauge(Metric.KV_CACHE_USED_RATIO, Combine.MAX, "rate")
                .counter(Counter.GENERATION_TOKENS, Basis.LIVE, "tokens_total")
                .texts(Metric.ACTIVE_LORAS, "lora_info", "running")
                .missing(Reason.DISABLED, "--loras is off", Metric.ACTIVE_LORAS)
                .missing(Reason.NOT_EXPORTED, "never", Metric.SWAPPED)
                .whenEmpty(Reason.DISABLED, "--stats is off");
        Reading reading = Pages.reading(table, "# TYPE e:tokens counter\n# TYPE e:rate gauge\ne:rate -1\ne:other 1\n");
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.NOT_EXPORTED);
        assertThat(reason(reading, Metric.KV_CACHE_USED_RATIO)).isEqualTo(Reason.MALFORMED);
        assertThat(reason(reading, Metric.GENERATION_TOKENS_TOTAL)).isEqualTo(Reason.NO_SAMPLE_YET);
        assertThat(reason(reading, Metric.ACTIVE_LORAS)).isEqualTo(Reason.DISABLED);
        assertThat(reason(reading, Metric.SWAPPED)).isEqualTo(Reason.NOT_EXPORTED);
        Reading empty = Pages.reading(table, "python_info 1\n");
        assertThat(reason(empty, Metric.RUNNING)).isEqualTo(Reason.DISABLED);
        Reading lora = Pages.reading(table, "# TYPE e:lora_info gauge\n");
        assertThat(reason(lora, Metric.ACTIVE_LORAS)).isEqualTo(Reason.NO_SAMPLE_YET);
        Reading nan = Pages.reading(table, "e:rate NaN\n");
        assertThat(reason(nan, Metric.KV_CACHE_USED_RATIO)).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void whatDoesNotFitTheEngineIsNotRead() {
        SeriesTable table = TABLE.counter(Counter.GENERATION_TOKENS, Basis.LIVE, "tokens_total")
                .without(
                        Reason.NOT_EXPORTED,
                        "it embeds",
                        Metric.GENERATION_TOKENS_PER_SECOND,
                        Metric.GENERATION_TOKENS_TOTAL);
        Reading reading = Pages.reading(table, "e:tokens_total 0\n");
        assertThat(reading.counts()).isEmpty();
        assertThat(reading.figures()
                        .missing(Metric.GENERATION_TOKENS_TOTAL)
                        .orElseThrow()
                        .detail())
                .isEqualTo("it embeds");
    }

    @Test
    void anAnswerWithoutAPageGivesItsReasonToEveryMetric() {
        SeriesTable table =
                TABLE.gauge(Metric.RUNNING, Combine.SUM, "running").missing(Reason.DISABLED, "off", Metric.SWAPPED);
        Reading reading = table.reading(
                        "/metrics",
                        new Streamed<>(401, Value.unavailable(Reason.NEEDS_KEY, "answered 401"), false, Stamp.now()))
                .build();
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.NEEDS_KEY);
        assertThat(reason(reading, Metric.SWAPPED)).isEqualTo(Reason.NEEDS_KEY);
    }

    @Test
    void aCutPageIsReadAsFarAsItIsSureAndNeverHalfASum() {
        SeriesTable table = TABLE.gauge(Metric.RUNNING, Combine.SUM, "running")
                .gauge(Metric.WAITING, Combine.SUM, "waiting")
                .histogram(Metric.QUEUE_TIME, "queue")
                .missing(Reason.DISABLED, "off", Metric.ACTIVE_LORAS);
        String page =
                "# TYPE e:waiting gauge\ne:waiting 1\n# TYPE e:queue histogram\ne:queue_sum{engine=\"0\"} 1\ne:queue_bucket{engine=\"0\",le=\"+Inf\"} 1\n"
                        + "e:queue_sum{engine=\"1\"} 1\ne:queue_bucket{engine=\"1\",le=\"+Inf\"} 2\n# TYPE e:running gauge\ne:running{engine=\"0\"} 3\n"
                        + "e:running{engine=\"1\"} 4\n";
        assertThat(Pages.reading(table, page).histograms()).hasSize(2);
        for (int cut = 0; cut < page.length(); cut++) {
            Reading reading = Pages.reading(table, page.substring(0, cut), true);
            reading.figures()
                    .number(Metric.RUNNING)
                    .ifPresent(sum -> assertThat(sum).isEqualTo(7));
            assertThat(reading.histograms().size()).isIn(0, 2);
            for (Metric metric : List.of(Metric.RUNNING, Metric.WAITING, Metric.QUEUE_TIME)) {
                if (reading.figures().number(metric).isEmpty()
                        && reading.histograms().isEmpty()) {
                    assertThat(reason(reading, metric)).isEqualTo(Reason.TIMED_OUT);
                }
            }
            assertThat(reason(reading, Metric.ACTIVE_LORAS)).isEqualTo(Reason.TIMED_OUT);
        }
    }

    @Test
    void aPageThatIsCutAtTheCapOfStreamedBodiesKeepsWhatWasReadAndTheRestIsTooLarge() throws IOException {
        SeriesTable table =
                TABLE.gauge(Metric.WAITING, Combine.SUM, "waiting").gauge(Metric.RUNNING, Combine.SUM, "running");
        byte[] start = "# TYPE e:waiting gauge\ne:waiting 5\n".getBytes(StandardCharsets.UTF_8);
        byte[] noise = ("# " + "x".repeat(1_021) + "\n").repeat(1_024).getBytes(StandardCharsets.UTF_8);
        InputStream page = new ByteArrayInputStream(start);
        for (int mebibyte = 0; mebibyte < 64; mebibyte++) {
            page = new SequenceInputStream(page, new ByteArrayInputStream(noise));
        }
        SeriesPage read = table.reader().read(page);
        Reading reading = table.reading("/metrics", new Streamed<>(200, Value.of(read), true, Stamp.now()))
                .build();
        assertThat(reading.figures().number(Metric.WAITING)).contains(5.0);
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void aReadingHasTheTimeOfItsScrape() {
        Stamp scraped = new Stamp(Instant.EPOCH, 42);
        Streamed<SeriesPage> nothing =
                new Streamed<>(0, Value.unavailable(Reason.UNREACHABLE, "nobody there"), false, scraped);
        assertThat(TABLE.reading("/metrics", nothing).build().stamp()).isEqualTo(scraped);
    }

    @Test
    void labelsAreCleanedBeforeTheyNameAnything() {
        SeriesTable table = TABLE.parts(Metric.WAITING_BY_REASON, "reason", "waiting");
        Reading reading = Pages.reading(table, """
                e:waiting{reason="full\u001b[2J\u202e"} 2
                e:odd{name="\u001b]0;x\u0007"} 1
                """);
        assertThat(reading.figures().known(Metric.WAITING_BY_REASON, Parts.class))
                .contains(new Parts(Map.of("full[2J", 2.0)));
        assertThat(reading.extra()).hasSize(1);
        assertThat(reading.extra().keySet().toString()).doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void fourHundredThousandFurtherSeriesCostNoFigureOfTheTable() {
        SeriesTable table = TABLE.gauge(Metric.RUNNING, Combine.SUM, "running");
        Reading reading = endless(table, at -> at == 399_999 ? "e:running 5" : "e:noise{a=\"" + at + "\"} 1");
        assertThat(reading.figures().number(Metric.RUNNING)).contains(5.0);
        assertThat(reading.extra()).hasSize(200);
    }

    @Test
    void aSumOfMoreSeriesThanAreKeptIsTooLargeNotTooLow() {
        SeriesTable table = TABLE.gauge(Metric.RUNNING, Combine.SUM, "running")
                .gauge(Metric.WAITING, Combine.SUM, "waiting")
                .gauge(Metric.SWAPPED, Combine.SUM, "swapped");
        Reading reading = endless(table, at -> at == 0 ? "e:running 5" : "e:waiting{a=\"" + at + "\"} 1");
        assertThat(reading.figures().number(Metric.RUNNING)).contains(5.0);
        assertThat(reason(reading, Metric.WAITING)).isEqualTo(Reason.TOO_LARGE);
        assertThat(reason(reading, Metric.SWAPPED)).isEqualTo(Reason.NOT_EXPORTED);
    }

    private static Reading endless(SeriesTable table, LongFunction<String> line) {
        try {
            SeriesPage page = table.reader().read(new Pages.Endless(400_000, line));
            return table.reading("/metrics", new Streamed<>(200, Value.of(page), false, Stamp.now()))
                    .build();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void modelsThatLabelsTellApartHaveReadingsOfTheirOwn() {
        SeriesTable table = TABLE.models("model")
                .gauge(Metric.RUNNING, Combine.SUM, "running")
                .counter(Counter.GENERATION_TOKENS, Basis.LIVE, "tokens_total");
        Reading two = Pages.reading(
                table, "e:running{model=\"a\"} 1\ne:running{model=\"b\u001b[0m\"} 2\ne:tokens_total{model=\"a\"} 9\n");
        assertThat(two.figures().number(Metric.RUNNING)).contains(3.0);
        assertThat(two.models()).containsOnlyKeys("a", "b[0m");
        assertThat(two.models().get("a").figures().number(Metric.RUNNING)).contains(1.0);
        assertThat(two.models().get("a").counts()).hasSize(1);
        assertThat(two.models().get("b[0m").counts()).isEmpty();
        assertThat(Pages.reading(table, "e:running{model=\"a\"} 1\n").models()).isEmpty();
    }

    @Test
    void furtherSeriesAreKeptWithoutLabelsThatSayNothing() {
        Reading reading = Pages.reading(TABLE.gauge(Metric.RUNNING, Combine.SUM, "running"), """
                e:running{model="m"} 1
                e:rejected_total{model="m",reason="full"} 2
                e:rejected_total{model="m",reason="long"} 3
                e:took_seconds_bucket{model="m",le="1"} 4
                e:took_seconds_created{model="m"} 5
                e:took_seconds_sum{model="m"} 6
                e:odd{model="m"} NaN
                """);
        assertThat(reading.extra())
                .containsOnly(
                        entry("e:rejected_total{reason=\"full\"}", 2.0),
                        entry("e:rejected_total{reason=\"long\"}", 3.0),
                        entry("e:took_seconds_sum", 6.0));
    }

    @Test
    void aTableIsNeverChanged() {
        SeriesTable before = TABLE.gauge(Metric.RUNNING, Combine.SUM, "running");
        before.gauge(Metric.WAITING, Combine.SUM, "waiting").missing(Reason.DISABLED, "off", Metric.SWAPPED);
        Reading reading = Pages.reading(before, "e:waiting 1\n");
        assertThat(reading.figures().asMap()).containsOnlyKeys(Metric.RUNNING);
    }
}
