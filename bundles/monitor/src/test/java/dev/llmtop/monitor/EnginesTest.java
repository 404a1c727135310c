// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.Value;
import dev.llmtop.monitor.Engines.Changes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnginesTest {
    private static final ProcessEntry OLD = Made.process(10, 1, 0, 0, "vllm");
    private static final ProcessEntry NEW = Made.process(11, 1, 0, 0, "vllm");
    private static final String ID = "127.0.0.1:8000";

    private final Fake fake = new Fake();
    private final Engines engines = new Engines(Duration.ofSeconds(60), fake);

    @Test
    void anotherProcessWhereTheOldOneEndedIsARestart() {
        update(0, OLD);
        remember();
        assertThat(update(1, NEW).restarted()).containsExactly(ID);
        assertThat(engines.memory(ID).view().window()).isEmpty();
        assertThat(fake.forgotten).hasSize(1);
    }

    @Test
    void anotherMainProcessWhileTheOldOneLivesIsNoRestart() {
        update(0, OLD);
        remember();
        engines.update(List.of(Made.vllm(8000, NEW)), Made.pass(1, OLD, NEW), 1);
        assertThat(engines.memory(ID).view().window()).hasSize(1);
    }

    @Test
    void anEngineThatWasAwayAndIsAnotherProcessIsARestart() {
        update(0, OLD);
        remember();
        engines.update(List.of(), Made.pass(1), 1);
        assertThat(fake.forgotten).hasSize(1);
        Changes changes = update(2, NEW);
        assertThat(changes.restarted()).containsExactly(ID);
        assertThat(changes.returned()).isEmpty();
    }

    @Test
    void anEngineThatWasAwayAndIsTheSameKeepsItsHistory() {
        update(0, OLD);
        remember();
        engines.update(List.of(), Made.pass(1, OLD), 1);
        assertThat(update(2, OLD)).isEqualTo(new Changes(Set.of(), Set.of(ID)));
        assertThat(engines.memory(ID).view().window()).hasSize(1);
    }

    @Test
    void anEngineThatIsAwayWhileItsProcessLivesKeepsWhatIsKnownOfItsKey() {
        update(0, OLD);
        engines.update(List.of(), Made.pass(1, OLD), 1);
        assertThat(fake.forgotten).isEmpty();
        assertThat(fake.answersForgotten).hasSize(1);
    }

    @Test
    void afterFiveMinutesItIsForgotten() {
        update(0, OLD);
        engines.update(List.of(), Made.pass(1), Duration.ofSeconds(301).toNanos());
        assertThat(update(302, NEW)).isEqualTo(new Changes(Set.of(), Set.of()));
    }

    @Test
    void aPidThatWasGivenAgainIsAnotherProcess() {
        update(0, OLD);
        ProcessEntry again = new ProcessEntry(10, 1, 99, "vllm", List.of("vllm"), OLD.use());
        assertThat(update(1, again).restarted()).containsExactly(ID);
    }

    private void remember() {
        engines.memory(ID).read(0, Value.of(Made.generated(Made.at(0), 5)), Made.at(0));
    }

    private Changes update(double seconds, ProcessEntry main) {
        return engines.update(
                List.of(Made.vllm(8000, main)),
                Made.pass(seconds, main),
                Made.at(seconds).nanos());
    }
}
