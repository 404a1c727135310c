// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private static final Gpu GPU = Made.gpu(0, Value.of(41.6));
    private static final Value<Double> NO_POWER = Value.unavailable(Reason.NOT_SUPPORTED, "no power");

    @Test
    void theSumsOfTheContractsExample() {
        Snapshot.Totals totals = Totals.of(
                List.of(
                        Made.engine(4000, "litellm", Role.ROUTER, State.READY, figures(4, 500)),
                        Made.engine(8000, State.READY, figures(3, 143)),
                        Made.engine(8080, State.READY, figures(1, 38.4)),
                        Made.engine(11434, State.READY, missing(Reason.NOT_EXPORTED))),
                energy(GPU));
        assertThat(totals.figures().known(Metric.RUNNING, Long.class)).hasValue(4L);
        assertThat(totals.figures().number(Metric.GENERATION_TOKENS_PER_SECOND).orElseThrow())
                .isCloseTo(181.4, within(1e-9));
        assertThat(totals.figures().number(Metric.TOKENS_PER_JOULE).orElseThrow())
                .isCloseTo(181.4 / 41.6, within(1e-9));
        assertThat(totals.partial())
                .containsExactly(Metric.RUNNING, Metric.GENERATION_TOKENS_PER_SECOND, Metric.TOKENS_PER_JOULE);
    }

    @Test
    void whatPassesThroughARouterCountsOnceWhoeverStandsBehindWhom() {
        Snapshot.Totals totals = Totals.of(
                List.of(
                        router(4000, List.of("127.0.0.1:8080"), figures(4, 181.4)),
                        router(8080, List.of("127.0.0.1:8000", "127.0.0.1:8001"), figures(4, 181.4)),
                        Made.engine(8000, State.READY, figures(3, 143)),
                        Made.engine(8001, State.READY, figures(1, 38.4))),
                energy());
        assertThat(totals.figures().known(Metric.RUNNING, Long.class)).hasValue(4L);
        assertThat(totals.figures().number(Metric.GENERATION_TOKENS_PER_SECOND).orElseThrow())
                .isCloseTo(181.4, within(1e-9));
        assertThat(totals.partial()).isEmpty();
    }

    @Test
    void aRouterWhoseBackendIsBeyondReachAddsNothingEither() {
        assertThat(Totals.of(List.of(router(4000, List.of(), figures(4, 181.4))), energy())
                        .figures()
                        .asMap())
                .isEmpty();
    }

    @Test
    void aRouterWhoseModelsAreItsOwnCounts() {
        EngineSnapshot own = router(8080, List.of(), figures(2, 60), "a", "b");
        EngineSnapshot passing = router(4000, List.of("127.0.0.1:8080"), figures(2, 60), "a", "b");
        Snapshot.Totals totals = Totals.of(List.of(passing, own), energy());
        assertThat(totals.figures().known(Metric.RUNNING, Long.class)).hasValue(2L);
        assertThat(totals.figures().number(Metric.GENERATION_TOKENS_PER_SECOND)).hasValue(60.0);
    }

    private static EngineSnapshot router(int port, List<String> backends, Figures<Metric> figures, String... models) {
        EngineSnapshot made = Made.engine(port, "router", Role.ROUTER, State.READY, figures);
        return new EngineSnapshot(
                made.identity(),
                made.placement(),
                Stream.of(models)
                        .map(id -> new ModelSnapshot(id, ModelState.LOADED, false, Map.of(), figures(1, 30), Map.of()))
                        .toList(),
                new EngineSnapshot.Serving(Map.of(), backends, List.of()),
                made.measured(),
                made.findings());
    }

    @Test
    void aSumThatNobodyHasAPartOfIsAbsentAndNoZero() {
        Snapshot.Totals totals =
                Totals.of(List.of(Made.engine(8000, State.READY, missing(Reason.NO_SAMPLE_YET))), energy(GPU));
        assertThat(totals.figures().asMap()).isEmpty();
        assertThat(totals.partial()).isEmpty();
    }

    @Test
    void lastFiguresOfAnEngineThatDoesNotAnswerAreNoPart() {
        Snapshot.Totals totals = Totals.of(
                List.of(
                        Made.engine(8000, State.UNREACHABLE, figures(3, 143)),
                        Made.engine(8001, State.READY, figures(1, 10))),
                energy());
        assertThat(totals.figures().number(Metric.RUNNING)).hasValue(1.0);
        assertThat(totals.partial()).contains(Metric.RUNNING);
        assertThat(totals.figures().get(Metric.TOKENS_PER_JOULE)).isEmpty();
    }

    @Test
    void whatIsBeingIdentifiedIsNoMissingPart() {
        Snapshot.Totals totals = Totals.of(
                List.of(
                        Made.engine(8000, State.READY, figures(3, 143)),
                        Made.engine(9001, "unknown", Role.ENGINE, State.IDENTIFYING, Figures.none())),
                energy());
        assertThat(totals.partial()).isEmpty();
    }

    @Test
    void aGpuInUseThatDoesNotTellItsPowerLeavesNoTokensPerJoule() {
        Gpu used = Made.gpu(1, NO_POWER, Made.owned(900, 70, "127.0.0.1:8000"));
        Snapshot.Totals totals = Totals.of(List.of(Made.engine(8000, State.READY, figures(3, 143))), energy(GPU, used));
        assertThat(totals.figures().get(Metric.TOKENS_PER_JOULE)).isEmpty();
    }

    @Test
    void aGpuThatNoEngineUsesAndThatTellsNoPowerIsLeftOut() {
        Snapshot.Totals totals = Totals.of(
                List.of(Made.engine(8000, State.READY, figures(3, 41.6))), energy(GPU, Made.gpu(1, NO_POWER)));
        assertThat(totals.figures().number(Metric.TOKENS_PER_JOULE)).hasValue(1.0);
    }

    private static TokensPerJoule energy(Gpu... gpus) {
        return new TokensPerJoule(List.of(gpus), new PowerDraw());
    }

    private static Figures<Metric> figures(long running, double tokens) {
        return Figures.of(Metric.class)
                .putNumber(Metric.RUNNING, running)
                .putNumber(Metric.GENERATION_TOKENS_PER_SECOND, tokens)
                .build();
    }

    private static Figures<Metric> missing(Reason reason) {
        return Figures.of(Metric.class)
                .putUnavailable(Metric.RUNNING, reason, "why")
                .putUnavailable(Metric.GENERATION_TOKENS_PER_SECOND, reason, "why")
                .build();
    }
}
