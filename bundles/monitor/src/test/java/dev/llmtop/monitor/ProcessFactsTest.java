// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.Discovery.Processes;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.ProcessInfo.Usage;
import dev.llmtop.model.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessFactsTest {
    private static final ProcessScan BEFORE =
            Made.pass(10, Made.process(812, 1, 5, 1_000, "vllm"), Made.process(900, 812, 50, 2_000));
    private static final ProcessScan NOW = Made.pass(
            12,
            Made.process(812, 1, 5.4, 1_500, "vllm"),
            Made.process(900, 812, 53, 2_500),
            Made.process(901, 812, 80, 4_000));
    private static final Set<Long> TREE = Set.of(812L, 900L, 901L);

    @Test
    void cpuIsTheDifferenceOfTheWholeTreeAndANewProcessAddsNothing() {
        Usage usage = ProcessUse.of(TREE, NOW, Optional.of(BEFORE));
        assertThat(usage.cpuRatio().known().orElseThrow()).isCloseTo(1.7, within(1e-9));
        assertThat(usage.memoryBytes().known()).hasValue(8_000L);
    }

    @Test
    void theFirstPassHasNoShareOfCpu() {
        assertThat(ProcessUse.of(TREE, NOW, Optional.empty())
                        .cpuRatio()
                        .missing()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Reason.NO_SAMPLE_YET);
        assertThat(ProcessUse.of(Set.of(901L), NOW, Optional.of(BEFORE))
                        .cpuRatio()
                        .missing())
                .isPresent();
    }

    @Test
    void processesThatEndedUseNothingThatIsKnown() {
        assertThat(ProcessUse.of(Set.of(4L), NOW, Optional.of(BEFORE))
                        .memoryBytes()
                        .missing())
                .isPresent();
    }

    @Test
    void theCommandLineIsRedactedAndCleaned() {
        var main = Made.process(812, 1, 0, 0, "vllm", "serve", "a\u202eb\nc", "--api-key", "sk-secret1234");
        ProcessInfo info = new ProcessFacts(new Fake(), Made.pass(1, main), Optional.empty())
                .of(found(main.pid(), main), Instant.now())
                .orElseThrow();
        assertThat(info.owner().command()).isEqualTo("vllm serve ab c --api-key ***");
        assertThat(info.owner().uptimeSeconds()).isBetween(90.0, 200.0);
        assertThat(info.pids()).as("those that ended are left out").containsExactly(812L);
    }

    @Test
    void anUnknownOwnerHasNoProcess() {
        assertThat(new ProcessFacts(new Fake(), NOW, Optional.empty()).of(Made.vllm(8000), Instant.now()))
                .isEmpty();
    }

    private static Found found(long pid, ProcessEntry main) {
        Found found = Made.vllm(8000, main);
        return new Found(
                found.kind(),
                found.title(),
                found.candidate(),
                found.match(),
                found.state(),
                new Processes(Optional.of(main), Set.of(pid, 5_555L), List.of()),
                List.of());
    }
}
