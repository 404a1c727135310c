// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.model.Value.Unavailable;
import dev.llmtop.monitor.EngineAssembly.GpuView;
import dev.llmtop.monitor.EngineAssembly.Surroundings;
import dev.llmtop.rates.Rates;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.spi.Strength;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineAssemblyTest {
    private static final Unavailable<?> REFUSED = new Unavailable<>(Reason.UNREACHABLE, "connection refused");
    private static final Description DESCRIPTION = Description.builder()
            .version("0.11.0")
            .config("tensorParallel", 1)
            .figure(Metric.SLOTS, 256)
            .model(ServedModel.of("qwen3-32b").build())
            .unavailable("config.kvTransfer", Reason.NOT_EXPORTED, "no KV connector in this server")
            .build();

    private final Found found = Made.vllm(8000);

    @Test
    void figuresStandWithTheirAgeAndEveryOtherMetricHasAReason() {
        EngineSnapshot engine = assemble(found, answered(10, 100), 10.4);
        assertThat(engine.identity().state()).isEqualTo(State.READY);
        assertThat(engine.identity().version().known()).hasValue("0.11.0");
        assertThat(engine.measured().metrics().number(Metric.RUNNING)).hasValue(3.0);
        assertThat(engine.measured().metrics().number(Metric.SLOTS)).hasValue(256.0);
        assertThat(engine.measured().freshness().orElseThrow().ageSeconds()).isEqualTo(0.4);
        for (Metric metric : Metric.values()) {
            if (metric != Metric.MODEL_LOAD_PROGRESS_RATIO) {
                assertThat(engine.measured().metrics().get(metric))
                        .as(metric.jsonName())
                        .isPresent();
            }
        }
        assertThat(engine.measured()
                        .metrics()
                        .missing(Metric.KV_CACHE_USED_RATIO)
                        .orElseThrow())
                .isEqualTo(new Unavailable<>(Reason.NOT_EXPORTED, "the vllm adapter does not read it"));
        assertThat(engine.measured().metrics().get(Metric.MODEL_LOAD_PROGRESS_RATIO))
                .isEmpty();
        assertThat(engine.serving().config()).containsEntry("tensorParallel", 1L);
        assertThat(engine.findings().unavailable())
                .containsKeys("config.kvTransfer", "process")
                .doesNotContainKeys("metrics", "models", "config");
    }

    @Test
    void nothingKnownAtAllIsOneReasonForAllMetrics() {
        EngineSnapshot engine = assemble(found, failed(1), 10);
        assertThat(engine.identity().state()).isEqualTo(State.UNREACHABLE);
        assertThat(engine.measured().metrics().asMap()).isEmpty();
        assertThat(engine.measured().freshness()).isEmpty();
        assertThat(engine.findings().unavailable().get("metrics")).isEqualTo(REFUSED);
        assertThat(engine.findings().unavailable()).containsKeys("models", "config", "process");
        assertThat(engine.identity().version().missing()).isPresent();
    }

    @Test
    void whatTheConfigurationSaysStandsWhereNoAnswerCame() {
        View view = new View(
                List.of(), Optional.of(DESCRIPTION), Optional.empty(), failed(1).failure());
        EngineSnapshot engine = assemble(found, view, 10);
        assertThat(engine.measured().metrics().number(Metric.SLOTS)).hasValue(256.0);
        assertThat(engine.measured()
                        .metrics()
                        .missing(Metric.RUNNING)
                        .orElseThrow()
                        .reason())
                .isEqualTo(Reason.UNREACHABLE);
        assertThat(engine.findings().unavailable()).doesNotContainKey("metrics");
    }

    @Test
    void lastFiguresOfAnEngineThatDoesNotAnswerEndAfterAWhile() {
        View view = new View(
                answered(10, 100).window(),
                Optional.of(DESCRIPTION),
                Optional.empty(),
                failed(1).failure());
        assertThat(assemble(found, view, 19).measured().metrics().number(Metric.RUNNING))
                .hasValue(3.0);
        EngineSnapshot later = assemble(found, view, 21);
        assertThat(later.measured()
                        .metrics()
                        .missing(Metric.RUNNING)
                        .orElseThrow()
                        .detail())
                .isEqualTo("connection refused");
        assertThat(later.measured().metrics().number(Metric.SLOTS)).hasValue(256.0);
        assertThat(later.measured().freshness().orElseThrow().ageSeconds()).isEqualTo(11);
    }

    @Test
    void figuresOfModelsEndWithThoseOfTheirEngine() {
        Reading reading = Reading.builder(Made.at(10))
                .model("a", Made.generated(Made.at(10), 1))
                .build();
        View view = new View(
                List.of(reading),
                Optional.of(DESCRIPTION),
                Optional.empty(),
                failed(1).failure());
        assertThat(assemble(found, view, 19).models().get(1).metrics().number(Metric.RUNNING))
                .hasValue(3.0);
        assertThat(assemble(found, view, 21).models().get(1).metrics().missing(Metric.RUNNING))
                .hasValue(REFUSED);
    }

    @Test
    void thatAScrapeFailedStandsInTheEvidenceAndNotAtFiguresThatAreKnown() {
        View view = new View(
                answered(10, 100).window(),
                Optional.of(DESCRIPTION),
                Optional.empty(),
                failed(1).failure());
        EngineSnapshot engine = assemble(found, view, 11);
        assertThat(engine.findings().evidence())
                .contains(Evidence.unreadable("scrape", "unreachable: connection refused"));
        assertThat(engine.findings().unavailable()).doesNotContainKey("metrics");
    }

    @Test
    void anEngineThatAnswersSeldomKeepsItsFigures() {
        assertThat(assemble(found, answered(10, 100), 500).measured().metrics().number(Metric.RUNNING))
                .hasValue(3.0);
    }

    @Test
    void aRouterHasNoReasonForWhatDoesNotApplyToIt() {
        View view = new View(
                List.of(Made.generated(Made.at(10), 5)),
                Optional.of(Description.builder().role(Role.ROUTER).build()),
                Optional.empty(),
                Optional.empty());
        EngineSnapshot router = assemble(found, view, 10);
        assertThat(router.measured().metrics().get(Metric.KV_CACHE_USED_RATIO)).isEmpty();
        assertThat(router.measured().metrics().get(Metric.TOKENS_PER_JOULE)).isEmpty();
        assertThat(router.measured().metrics().missing(Metric.TIME_TO_FIRST_TOKEN))
                .isPresent();
    }

    @Test
    void whatIsBeingIdentifiedHasAValidKind() {
        EngineSnapshot engine = assemble(Made.found("", 9001, State.IDENTIFYING, Optional.empty()), View.NOTHING, 10);
        assertThat(engine.identity().kind()).isEqualTo("unknown");
        assertThat(engine.identity().state()).isEqualTo(State.IDENTIFYING);
        assertThat(engine.findings().unavailable().get("metrics").reason()).isEqualTo(Reason.NO_SAMPLE_YET);
    }

    @Test
    void whatDoesNotListenYetIsLoading() {
        Found loading =
                Made.found("vllm", Made.candidate(8000, false), Strength.HINTED, State.LOADING, Optional.empty());
        EngineSnapshot engine = assemble(loading, View.NOTHING, 10);
        assertThat(engine.identity().state()).isEqualTo(State.LOADING);
        assertThat(engine.findings().unavailable().get("metrics").reason()).isEqualTo(Reason.LOADING);
    }

    @Test
    void modelsOfFiguresAreAddedToThoseDescribed() {
        Reading reading = Reading.builder(Made.at(10))
                .model("bge-m3", Made.generated(Made.at(10), 1))
                .build();
        View view = new View(List.of(reading), Optional.of(DESCRIPTION), Optional.empty(), Optional.empty());
        EngineSnapshot engine = assemble(found, view, 10);
        assertThat(engine.models()).extracting(ModelSnapshot::id).containsExactly("qwen3-32b", "bge-m3");
        assertThat(engine.models().get(1).metrics().number(Metric.RUNNING)).hasValue(3.0);
    }

    private static View answered(double seconds, double tokens) {
        return new View(
                List.of(Made.generated(Made.at(seconds - 1), 0), Made.generated(Made.at(seconds), tokens)),
                Optional.of(DESCRIPTION),
                Optional.empty(),
                Optional.empty());
    }

    private static View failed(int times) {
        return new View(
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new View.Failure(REFUSED, Made.at(0), times)));
    }

    private static EngineSnapshot assemble(Found found, View view, double now) {
        Surroundings surroundings = new Surroundings(
                found.kind().isEmpty() ? EngineAssembly.NO_KIND : found.kind(),
                "http://127.0.0.1:8000",
                Optional.empty(),
                new GpuView(Optional.empty(), Optional.empty(), new TokensPerJoule(List.of(), new PowerDraw())),
                EngineAssembly.Behind.NOTHING,
                Duration.ofSeconds(10).toNanos());
        Derived derived = Derived.of(view.window(), Optional.of(new Rates()));
        return new EngineAssembly(found, view, derived, surroundings, Made.at(now)).snapshot();
    }
}
