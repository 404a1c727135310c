// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value.Unavailable;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Strength;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatesTest {
    private static final Reading ANSWER = Made.generated(Made.at(1), 5);

    @Test
    void theLastAnswersWordWinsOverTheDescriptionsAndThatOverDiscoverys() {
        Reading sleeping = Reading.builder(Made.at(1)).state(State.SLEEPING).build();
        assertThat(States.of(found(State.READY), view(sleeping, State.LOADING, null)))
                .isEqualTo(State.SLEEPING);
        assertThat(States.of(found(State.READY), view(ANSWER, State.LOADING, null)))
                .isEqualTo(State.LOADING);
        assertThat(States.of(found(State.SLEEPING), view(ANSWER, null, null))).isEqualTo(State.SLEEPING);
    }

    @Test
    void figuresEndALoadThatDiscoverySaw() {
        assertThat(States.of(found(State.LOADING), view(ANSWER, null, null))).isEqualTo(State.READY);
        assertThat(States.of(found(State.LOADING), View.NOTHING)).isEqualTo(State.LOADING);
    }

    @Test
    void aRefusedConnectionIsUnreachableButNotWhileItStillLoads() {
        assertThat(States.of(found(State.READY), view(ANSWER, null, failure(Reason.UNREACHABLE, 1))))
                .isEqualTo(State.UNREACHABLE);
        assertThat(States.of(found(State.LOADING), view(null, null, failure(Reason.UNREACHABLE, 5))))
                .isEqualTo(State.LOADING);
    }

    @Test
    void oneMissedDeadlineIsSlowAndThreeAreSilence() {
        assertThat(States.of(found(State.READY), view(ANSWER, null, failure(Reason.TIMED_OUT, 2))))
                .isEqualTo(State.READY);
        assertThat(States.of(found(State.READY), view(ANSWER, null, failure(Reason.TIMED_OUT, 3))))
                .isEqualTo(State.UNREACHABLE);
    }

    @Test
    void reasonsOfFailuresAreStates() {
        assertThat(States.of(found(State.READY), view(null, null, failure(Reason.NEEDS_KEY, 1))))
                .isEqualTo(State.BLOCKED);
        assertThat(States.of(found(State.READY), view(null, null, failure(Reason.ASLEEP, 1))))
                .isEqualTo(State.SLEEPING);
        assertThat(States.of(found(State.READY), view(null, null, failure(Reason.MALFORMED, 1))))
                .isEqualTo(State.READY);
    }

    @Test
    void aListenerThatLeftIsUnreachableWhereItOnceAnswered() {
        Found gone = Made.found("vllm", Made.candidate(8000, false), Strength.PROVEN, State.LOADING, Optional.empty());
        assertThat(States.of(gone, view(ANSWER, null, null))).isEqualTo(State.UNREACHABLE);
        assertThat(States.of(gone, View.NOTHING)).isEqualTo(State.LOADING);
    }

    @Test
    void whatNobodyClaimsIsAsDiscoverySays() {
        assertThat(States.of(
                        Made.found("", 8000, State.IDENTIFYING, Optional.empty()), view(ANSWER, State.READY, null)))
                .isEqualTo(State.IDENTIFYING);
    }

    private static Found found(State state) {
        return Made.found("vllm", 8000, state, Optional.empty());
    }

    private static View.Failure failure(Reason reason, int times) {
        return new View.Failure(new Unavailable<>(reason, "why"), Made.at(0), times);
    }

    private static View view(Reading last, State described, View.Failure failure) {
        return new View(
                last == null ? List.of() : List.of(last),
                Optional.ofNullable(described)
                        .map(state -> Description.builder().state(state).build()),
                Optional.empty(),
                Optional.ofNullable(failure));
    }
}
