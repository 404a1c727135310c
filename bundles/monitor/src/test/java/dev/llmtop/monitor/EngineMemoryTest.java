// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.monitor.EngineMemory.Described;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Reading;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EngineMemoryTest {
    private static final Description DESCRIPTION =
            Description.builder().version("1").build();

    private final EngineMemory memory = new EngineMemory(Duration.ofSeconds(60));

    @Test
    void oneScrapeAtATime() {
        assertThat(memory.begin(0, 10)).isPresent();
        assertThat(memory.begin(50, 10)).isEmpty();
        memory.end();
        assertThat(memory.begin(60, 10)).isPresent();
    }

    @Test
    void noTwoScrapesRightAfterEachOther() {
        memory.begin(0, 10);
        memory.end();
        assertThat(memory.begin(9, 10)).isEmpty();
        assertThat(memory.begin(10, 10)).isPresent();
    }

    @Test
    void anAnswerOfAnEarlierLifeIsDropped() {
        long ticket = memory.begin(0, 0).orElseThrow();
        memory.beginAnew(Made.process(2, 1, 0, 0));
        memory.read(ticket, Value.of(Made.generated(Made.at(1), 900)), Made.at(1));
        memory.described(ticket, at(0), Value.of(DESCRIPTION));
        assertThat(memory.view()).isEqualTo(View.NOTHING);
    }

    @Test
    void failuresAreCountedUntilAnAnswerComes() {
        fail(1);
        fail(2);
        View.Failure failure = memory.view().failure().orElseThrow();
        assertThat(failure.times()).isEqualTo(2);
        assertThat(failure.since()).isEqualTo(Made.at(1));
        memory.read(0, Value.of(Made.generated(Made.at(3), 1)), Made.at(3));
        assertThat(memory.view().failure()).isEmpty();
    }

    @Test
    void aFailureLeavesTheHistory() {
        memory.read(0, Value.of(Made.generated(Made.at(1), 1)), Made.at(1));
        fail(2);
        assertThat(memory.view().window()).hasSize(1);
    }

    @Test
    void itIsDescribedAtFirstSightAndEveryThirtySeconds() {
        assertThat(memory.isDescriptionDue(at(0))).isTrue();
        memory.described(0, at(0), Value.of(DESCRIPTION));
        assertThat(memory.isDescriptionDue(at(29))).isFalse();
        assertThat(memory.isDescriptionDue(at(30))).isTrue();
    }

    @Test
    void itIsDescribedSoonerWhereItWasNotOrIsNotReady() {
        memory.described(0, at(0), Value.unavailable(Reason.TIMED_OUT, "late"));
        assertThat(memory.isDescriptionDue(at(4))).isFalse();
        assertThat(memory.isDescriptionDue(at(5))).isTrue();
        memory.described(
                0, at(5), Value.of(Description.builder().state(State.LOADING).build()));
        assertThat(memory.isDescriptionDue(at(10))).isTrue();
    }

    @Test
    void itIsDescribedAnewForAnotherKindOrSetOfAdaptersOrState() {
        memory.described(0, at(0), Value.of(DESCRIPTION));
        assertThat(memory.isDescriptionDue(new Described("tgi", 1, State.READY, 0)))
                .isTrue();
        assertThat(memory.isDescriptionDue(new Described("vllm", 2, State.READY, 0)))
                .isTrue();
        assertThat(memory.isDescriptionDue(new Described("vllm", 1, State.SLEEPING, 0)))
                .isTrue();
        assertThat(memory.description("vllm")).hasValue(DESCRIPTION);
        assertThat(memory.description("tgi")).isEmpty();
    }

    @Test
    void itIsDescribedAnewWhereItsFingerprintChanged() {
        memory.described(0, at(0), Value.of(DESCRIPTION));
        read(1, "a");
        assertThat(memory.isDescriptionDue(at(1)))
                .as("the first fingerprint is no change")
                .isFalse();
        read(2, "a");
        assertThat(memory.isDescriptionDue(at(2))).isFalse();
        read(3, "b");
        assertThat(memory.isDescriptionDue(at(3))).isTrue();
    }

    @Test
    void aFailedDescriptionKeepsWhatTheSameAdapterSaidAndNoOther() {
        memory.described(0, at(0), Value.of(DESCRIPTION));
        memory.described(0, at(30), Value.unavailable(Reason.TIMED_OUT, "late"));
        assertThat(memory.view().description()).hasValue(DESCRIPTION);
        assertThat(memory.view().undescribed()).isPresent();
        memory.described(0, new Described("unknown", 2, State.READY, 0), Value.unavailable(Reason.TIMED_OUT, "late"));
        assertThat(memory.view().description()).isEmpty();
    }

    private void read(double seconds, String fingerprint) {
        Reading reading = Reading.builder(Made.at(seconds)).changed(fingerprint).build();
        memory.read(0, Value.of(reading), Made.at(seconds));
    }

    private void fail(double seconds) {
        memory.read(0, Value.of(Made.silent(Made.at(seconds), Reason.UNREACHABLE)), Made.at(seconds));
    }

    private static Described at(double seconds) {
        return new Described("vllm", 1, State.READY, Math.round(seconds * 1e9));
    }
}
