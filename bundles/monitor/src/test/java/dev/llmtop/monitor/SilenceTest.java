// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Reading;
import org.junit.jupiter.api.Test;

class SilenceTest {
    @Test
    void aReadingThatOnlySaysThatNothingCameIsSilence() {
        assertThat(Silence.of(Value.of(Made.silent(Made.at(0), Reason.UNREACHABLE))))
                .isPresent();
        assertThat(Silence.of(Value.of(Made.silent(Made.at(0), Reason.TIMED_OUT))))
                .isPresent();
        Reading unreachable = Reading.builder(Made.at(0))
                .state(State.UNREACHABLE)
                .unavailable(Metric.RUNNING, Reason.UNREACHABLE, "refused")
                .build();
        assertThat(Silence.of(Value.of(unreachable))).isPresent();
    }

    @Test
    void aReadingThatKnowsSomethingIsAnAnswer() {
        Reading half = Reading.builder(Made.at(0))
                .gauge(Metric.RUNNING, 1)
                .unavailable(Metric.WAITING, Reason.TIMED_OUT, "no second page")
                .build();
        assertThat(Silence.of(Value.of(half))).isEmpty();
        assertThat(Silence.of(Value.of(Made.generated(Made.at(0), 1)))).isEmpty();
    }

    @Test
    void anAnswersReasonsAreAnAnswer() {
        assertThat(Silence.of(Value.of(Made.silent(Made.at(0), Reason.DISABLED))))
                .isEmpty();
        assertThat(Silence.of(Value.of(Made.silent(Made.at(0), Reason.ASLEEP)))).isEmpty();
        assertThat(Silence.of(Value.of(Reading.builder(Made.at(0)).build()))).isEmpty();
    }

    @Test
    void anAdapterThatFailedIsSilence() {
        assertThat(Silence.of(Value.unavailable(Reason.MALFORMED, "it threw"))).isPresent();
    }
}
