// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Parts;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.ClosedPort;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SglangAdapterTest {
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final String[] ON = {
        "python3", "-m", "sglang.launch_server", "--model-path", "/models/m", "--enable-metrics", "--page-size", "64"
    };
    private static final String[] OFF = {"python3", "-m", "sglang.launch_server", "--model-path", "/models/m"};

    private final SglangAdapter adapter = new SglangAdapter();
    private EngineServer server;
    private ClosedPort closed;
    private String page;

    @BeforeEach
    void start() throws IOException {
        closed = new ClosedPort();
        page = Files.readString(CASES.resolve("0.5.23-tp2-pp2-dp2/metrics.1.txt"));
        server = EngineServer.start().answer("/metrics", CannedAnswer.metrics(page));
    }

    @AfterEach
    void close() throws IOException {
        closed.close();
        server.close();
    }

    private Engine engine(String... argv) {
        return Sglang.engine(Sglang.hinted(server.endpoint(), argv), Match.none());
    }

    private Reading metrics(Engine engine) {
        Reading reading = adapter.metrics(engine, Sglang.probe(server));
        assertThat(Sglang.silentGaps(reading)).isEmpty();
        return reading;
    }

    private static Reason reason(Reading reading, Metric metric) {
        return reading.figures().missing(metric).orElseThrow().reason();
    }

    private static String detail(Reading reading, Metric metric) {
        return reading.figures().missing(metric).orElseThrow().detail();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 2_000, 9_000, 20_000, 26_000})
    void halfAPageGivesWhatItHasAndSaysWhyTheRestIsMissing(int length) throws IOException {
        try (EngineServer half = EngineServer.start()) {
            half.otherwise(CannedAnswer.metrics(page).brokenOffAfter(length));
            Engine engine = Sglang.engine(Sglang.hinted(half.endpoint(), ON), Match.none());
            Reading reading = adapter.metrics(engine, LocalProbe.to(half.endpoint(), Sglang.PATHS));
            assertThat(Sglang.silentGaps(reading)).isEmpty();
            assertThat(reason(reading, Metric.GENERATION_LENGTH)).isIn(Reason.TIMED_OUT, Reason.TOO_LARGE);
            assertThat(reading.fingerprint()).isEmpty();
            reading.figures()
                    .number(Metric.RUNNING)
                    .ifPresent(running -> assertThat(running).isEqualTo(8.0));
            reading.figures()
                    .number(Metric.WAITING)
                    .ifPresent(waiting -> assertThat(waiting).isEqualTo(2.0));
        }
    }

    @Test
    void aQueueThatIsCutOffMakesTheSumUnknown() throws IOException {
        int cut = page.indexOf("# HELP sglang:num_grammar_queue_reqs");
        try (EngineServer half = EngineServer.start()) {
            half.otherwise(CannedAnswer.metrics(page).brokenOffAfter(cut + 120));
            Engine engine = Sglang.engine(Sglang.hinted(half.endpoint(), ON), Match.none());
            Reading reading = adapter.metrics(engine, LocalProbe.to(half.endpoint(), Sglang.PATHS));
            assertThat(reading.figures().number(Metric.RUNNING)).contains(8.0);
            assertThat(reason(reading, Metric.WAITING)).isEqualTo(Reason.TIMED_OUT);
            assertThat(reason(reading, Metric.WAITING_BY_REASON)).isEqualTo(Reason.TIMED_OUT);
        }
    }

    @Test
    void prioritiesAreNotAddedToTheirSum() {
        server.replace(
                "/metrics",
                CannedAnswer.metrics("sglang:num_running_reqs{model_name=\"m\",priority=\"\"} 5\n"
                        + "sglang:num_running_reqs{model_name=\"m\",priority=\"1\"} 2\n"
                        + "sglang:num_running_reqs{model_name=\"m\",priority=\"2\"} 3\n"
                        + "sglang:num_queue_reqs{model_name=\"m\",priority=\"\"} 4\n"
                        + "sglang:num_queue_reqs{model_name=\"m\",priority=\"1\"} 4\n"));
        Reading reading = metrics(engine(ON));
        assertThat(reading.figures().number(Metric.RUNNING)).contains(5.0);
        assertThat(reading.figures().number(Metric.WAITING)).contains(4.0);
    }

    @Test
    void withoutCapacitiesTheFullestRankStandsAndThePartsCanBeSeen() {
        server.replace(
                "/metrics",
                CannedAnswer.metrics("sglang:token_usage{dp_rank=\"0\",tp_rank=\"0\"} 0.5\n"
                        + "sglang:token_usage{dp_rank=\"1\",tp_rank=\"4\"} 0.75\n"));
        Reading reading = metrics(engine(ON));
        assertThat(reading.figures().number(Metric.KV_CACHE_USED_RATIO)).contains(0.75);
        assertThat(reading.extra()).hasSize(2);
    }

    @Test
    void anEmptyPageHasNoSampleYetAndNothingIsZero() {
        server.replace("/metrics", CannedAnswer.metrics("# TYPE python_info gauge\npython_info 1\n"));
        Reading reading = metrics(engine(ON));
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.NO_SAMPLE_YET);
        assertThat(reading.counts()).isEmpty();
        assertThat(reading.figures().number(Metric.KV_CACHE_BLOCK_TOKENS)).contains(64.0);
    }

    @Test
    void whereTheFlagIsMissingThePageIsNotEvenAskedFor() {
        server.answer("/v1/loads", CannedAnswer.json("{\"loads\":[{\"dp_rank\":0,\"num_running_reqs\":1}]}"));
        Reading reading = metrics(engine(OFF));
        assertThat(server.paths()).containsExactly("/v1/loads");
        assertThat(reading.figures().number(Metric.RUNNING)).contains(1.0);
        assertThat(reason(reading, Metric.TIME_TO_FIRST_TOKEN)).isEqualTo(Reason.DISABLED);
        assertThat(detail(reading, Metric.TIME_TO_FIRST_TOKEN)).contains("--enable-metrics");
        assertThat(reason(reading, Metric.WAITING)).isEqualTo(Reason.NOT_EXPORTED);
    }

    @Test
    void anUnknownProcessWithoutAPageIsReadByItsLoads() {
        server.replace("/metrics", CannedAnswer.of(404, "application/json", "{}"))
                .answer(
                        "/v1/loads",
                        CannedAnswer.json("{\"loads\":[{\"num_running_reqs\":0,\"gen_throughput\":88.5}]}"));
        Reading reading = metrics(Sglang.engine(Sglang.stranger(server.endpoint()), Match.none()));
        assertThat(reading.figures().number(Metric.RUNNING)).contains(0.0);
        // The average of an earlier load: nothing runs, so nothing is generated.
        assertThat(reading.figures().number(Metric.GENERATION_TOKENS_PER_SECOND))
                .contains(0.0);
    }

    @Test
    void anOldServerWithoutEitherNamesTheFlagAndTheVersion() {
        Reading reading = metrics(engine(OFF));
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.DISABLED);
        assertThat(detail(reading, Metric.RUNNING)).contains("--enable-metrics").contains("0.5.9");
        assertThat(reading.figures().missing(Metric.SWAPPED).orElseThrow().reason())
                .isEqualTo(Reason.NOT_EXPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "7",
                "{}",
                "{\"loads\":null}",
                "{\"loads\":{}}",
                "{\"loads\":[]}",
                "{\"loads\":[null,7,\"x\",[]]}",
                "{\"loads\":[{\"num_running_reqs\":\"x\",\"token_usage\":-1,\"gen_throughput\":null,\"queues\":7}]}",
                "{\"loads\":[{\"num_running_reqs\":1e999,\"speculative\":{\"accept_length\":[]}}]}",
                "{\"loads\":[{\"dp_rank\":0,\"num_running_reqs\":3},{\"dp_rank\":1}]}",
                "{\"loads\":[{\"max_total_num_tokens\":0,\"token_usage\":\"0.5\"}]}",
                "not json"
            })
    void loadsOfAnyShapeGiveFiguresOrReasons(String json) {
        server.answer("/v1/loads", CannedAnswer.json(json));
        Reading reading = metrics(engine(OFF));
        assertThat(reading.figures().number(Metric.RUNNING)).isEmpty();
        assertThat(reading.figures().number(Metric.KV_CACHE_USED_RATIO)).isEmpty();
    }

    @Test
    void aRankTwiceCountsOnce() {
        server.answer(
                "/v1/loads",
                CannedAnswer.json(
                        "{\"loads\":[{\"dp_rank\":0,\"num_running_reqs\":3},{\"dp_rank\":0,\"num_running_reqs\":3}]}"));
        assertThat(metrics(engine(OFF)).figures().number(Metric.RUNNING)).contains(3.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5.9", "0.5.22", "x", "99999999999.1.1"})
    void beforeSharedMemoryLoadsAreAskedSeldom(String version) {
        assertThat(SglangLoads.request(described(version)).maxAge()).hasSeconds(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5.23", "0.5.24.post1", "0.6.0", "1.0.0rc1"})
    void fromSharedMemoryTheyAreAskedAtEachTick(String version) {
        assertThat(SglangLoads.request(described(version)).maxAge()).isZero();
    }

    private Engine described(String version) {
        Candidate candidate = Sglang.stranger(server.endpoint());
        return new Engine(
                server.id(),
                candidate,
                Match.none(),
                Optional.of(Description.builder().version(version).build()));
    }

    @Test
    void whatDoesNotListenIsLoadingAndIsNotAsked() {
        Engine engine = Sglang.engine(Sglang.notListening(Sglang.hinted(server.endpoint(), ON)), Match.none());
        Reading reading = metrics(engine);
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.LOADING);
        assertThat(reading.state()).contains(State.LOADING);
        Description description = adapter.describe(engine, Sglang.probe(server));
        assertThat(description.state()).contains(State.LOADING);
        assertThat(description.models().get(0).state()).isEqualTo(ModelState.LOADING);
        assertThat(description.models().get(0).facts()).containsEntry(Fact.ROOT, "/models/m");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aRefusedConnectionIsLoadingOnlyWhereItWasLoadingBefore() {
        Endpoint refused = closed.endpoint();
        LocalProbe probe = LocalProbe.to(refused, Sglang.PATHS);
        Match loading = Match.of(Strength.HINTED).state(State.LOADING).build();
        Candidate candidate = Sglang.hinted(refused, ON);
        assertThat(reason(adapter.metrics(Sglang.engine(candidate, loading), probe), Metric.RUNNING))
                .isEqualTo(Reason.LOADING);
        for (String[] argv : new String[][] {ON, OFF}) {
            Reading gone = adapter.metrics(Sglang.engine(Sglang.hinted(refused, argv), Match.none()), probe);
            assertThat(Sglang.silentGaps(gone)).isEmpty();
            for (Metric metric : Metric.values()) {
                boolean known = gone.figures().known(metric, Object.class).isPresent();
                assertThat(!known || gone.sources().get(metric).path().equals("process"))
                        .as(metric.jsonName())
                        .isTrue();
            }
            assertThat(reason(gone, Metric.SWAPPED)).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void a503IsLoading() {
        server.replace("/metrics", CannedAnswer.of(503, "text/plain", "no"));
        Reading reading = metrics(engine(ON));
        assertThat(reason(reading, Metric.WAITING)).isEqualTo(Reason.LOADING);
        assertThat(reading.state()).contains(State.LOADING);
    }

    @Test
    void aClosedPageNeedsAKey() {
        server.replace("/metrics", CannedAnswer.of(401, "application/json", "{}"));
        Reading reading = metrics(engine(ON));
        assertThat(reason(reading, Metric.RUNNING)).isEqualTo(Reason.NEEDS_KEY);
        assertThat(reading.state()).contains(State.BLOCKED);
    }

    @Test
    void draftsAreOffUnlessTheFlagIsThere() {
        assertThat(detail(metrics(engine(ON)), Metric.SPECULATIVE_ACCEPTED_PER_DRAFT))
                .contains("--speculative-algorithm");
        String[] drafts = {"sglang", "serve", "/models/m", "--enable-metrics", "--speculative-algorithm", "NGRAM"};
        assertThat(reason(metrics(engine(drafts)), Metric.SPECULATIVE_ACCEPTED_PER_DRAFT))
                .isEqualTo(Reason.NO_SAMPLE_YET);
        server.replace(
                "/metrics",
                CannedAnswer.metrics(
                        "# TYPE sglang:spec_accept_length gauge\nsglang:spec_accept_length{tp_rank=\"0\"} 3.5\n"
                                + "# TYPE sglang:spec_accept_rate gauge\nsglang:spec_accept_rate{tp_rank=\"0\"} 0.625\n"));
        Reading reading = metrics(engine(drafts));
        assertThat(reading.figures().number(Metric.SPECULATIVE_ACCEPTED_PER_DRAFT))
                .contains(2.5);
        assertThat(reading.figures().number(Metric.SPECULATIVE_ACCEPTANCE_RATIO))
                .contains(0.625);
    }

    @Test
    void aModelOfEmbeddingsGeneratesNothing() {
        Reading reading = metrics(engine("sglang", "serve", "/models/m", "--enable-metrics", "--is-embedding"));
        assertThat(reason(reading, Metric.GENERATION_TOKENS_PER_SECOND)).isEqualTo(Reason.NOT_EXPORTED);
        assertThat(reading.figures().number(Metric.RUNNING)).contains(8.0);
    }

    @Test
    void hostileTextIsCleanedEverywhere() {
        server.replace(
                "/metrics",
                CannedAnswer.metrics("sglang:num_running_reqs{model_name=\"a\u001b[2J\u202e\"} 1\n"
                        + "sglang:odd{a=\"\u001b]0;x\u0007\"} 1\nsglang:num_queue_reqs{model_name=\"b\"} NaN\n"));
        Reading reading = metrics(engine(ON));
        assertThat(reading.extra().keySet().toString()).doesNotContainPattern("[\\p{Cntrl}\u202e]");
        assertThat(reading.figures().known(Metric.WAITING_BY_REASON, Parts.class))
                .isEmpty();
        server.answer(
                "/v1/models",
                CannedAnswer.json("{\"data\":[{\"id\":\"m\\u001b[31m\\u202e\",\"max_model_len\":-5,\"parent\":7}]}"));
        Description description = adapter.describe(engine(ON), Sglang.probe(server));
        assertThat(description.models().get(0).id()).doesNotContainPattern("[\\p{Cntrl}\u202e]");
        assertThat(description.models().get(0).unavailable()).containsKey("contextTokens");
    }
}
