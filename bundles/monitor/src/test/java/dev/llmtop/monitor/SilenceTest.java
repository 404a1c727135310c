// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Source;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Reading;
import java.util.List;
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
    void whatTheCommandLineSaysIsNoAnswer() {
        Reading refused = Reading.builder(Made.at(0))
                .unavailable(Metric.RUNNING, Reason.UNREACHABLE, "refused")
                .gauge(Metric.SLOTS, 256)
                .source(Metric.SLOTS, new Source("process", List.of("--max-num-seqs"), Combined.ONLY, Basis.LIVE))
                .build();
        assertThat(Silence.of(Value.of(refused))).isPresent();
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
