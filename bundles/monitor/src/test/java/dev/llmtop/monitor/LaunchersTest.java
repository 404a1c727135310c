// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.Attribution;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Process tables of machines where root's containers hold the ports. */
class LaunchersTest {
    private static final ProcessEntry SHIM = Made.process(700, 1, 0, 0, "containerd-shim-runc-v2", "-id", "3f");
    private static final ProcessEntry VLLM = vllm(812, 700);
    private static final ProcessEntry CORE = Made.process(900, 812, 0, 0, "VLLM::EngineCore");

    @Test
    void theProcessAboveTheOneOnTheGpuIsTheEnginesByKindAndUsualPort() {
        Found found = complete(List.of(Made.ownerless("vllm", 8000)), Set.of(900L), SHIM, VLLM, CORE)
                .get(0);
        assertThat(found.processes().main().map(ProcessEntry::pid)).hasValue(812L);
        assertThat(found.processes().tree()).containsExactlyInAnyOrder(812L, 900L);
        assertThat(found.evidence())
                .contains(Evidence.supporting(
                        "process", "pid 812 runs vllm on port 8000 by its command line, and holds GPU memory"));
        assertThat(Launchers.byCommandLine(found)).isTrue();
    }

    @Test
    void anotherPortOrAnotherKindIsAnotherEngine() {
        assertThat(main(complete(List.of(Made.ownerless("vllm", 8001)), Set.of(900L), SHIM, VLLM, CORE)))
                .isEmpty();
        assertThat(main(complete(List.of(Made.ownerless("llamacpp", 8000)), Set.of(900L), SHIM, VLLM, CORE)))
                .isEmpty();
    }

    @Test
    void severalEnginesOfOneKindAreToldApartByTheirPorts() {
        List<Found> found = complete(
                List.of(Made.ownerless("vllm", 8000), Made.ownerless("vllm", 8001), Made.ownerless("vllm", 8002)),
                Set.of(900L, 910L, 920L),
                VLLM,
                CORE,
                vllm(813, 1, "--port", "8001"),
                Made.process(910, 813, 0, 0, "VLLM::EngineCore"),
                vllm(814, 1, "--port=8002"),
                Made.process(920, 814, 0, 0, "VLLM::EngineCore"));
        assertThat(found)
                .extracting(engine -> engine.processes().main().orElseThrow().pid())
                .containsExactly(812L, 813L, 814L);
    }

    @Test
    void twoThatFitAreNone() {
        assertThat(main(complete(
                        List.of(Made.ownerless("vllm", 8000)),
                        Set.of(900L, 910L),
                        VLLM,
                        CORE,
                        vllm(813, 1),
                        Made.process(910, 813, 0, 0, "VLLM::EngineCore"))))
                .isEmpty();
    }

    @Test
    void aRunnersPortIsPassedOverForTheOneOfItsLauncher() {
        ProcessEntry launcher = Made.process(50, 1, 0, 0, "llama-server", "--port", "9000");
        ProcessEntry runner = Made.process(51, 50, 0, 0, "llama-server", "--port", "43211");
        assertThat(main(complete(List.of(Made.ownerless("llamacpp", 9000)), Set.of(51L), launcher, runner)))
                .hasValue(50L);
    }

    @Test
    void aProcessOfAnotherEngineIsNotTaken() {
        Found owner = Made.found("vllm", 9100, State.READY, Optional.of(VLLM));
        List<Found> found = complete(List.of(Made.ownerless("vllm", 8000), owner), Set.of(900L), VLLM, CORE);
        assertThat(found.get(0).processes().main()).isEmpty();
    }

    @Test
    void anEngineWhoseOwnerIsNotHiddenHasNoneToFind() {
        Found remote = Made.vllm(8000);
        assertThat(main(complete(List.of(remote), Set.of(900L), VLLM, CORE))).isEmpty();
    }

    @Test
    void textThatOnlyMentionsTheEngineIsNoLauncher() {
        ProcessEntry tail = Made.process(60, 1, 0, 0, "tail", "-f", "vllm serve --port 8000");
        assertThat(main(complete(List.of(Made.ownerless("vllm", 8000)), Set.of(60L), tail)))
                .isEmpty();
    }

    @Test
    void memoryLaidToItIsAsWeakAsTheCommandLine() {
        List<Found> found = complete(List.of(Made.ownerless("vllm", 8000)), Set.of(900L), SHIM, VLLM, CORE);
        Lineage lineage = new Lineage(Made.pass(0, SHIM, VLLM, CORE));
        Owners.Owner owner = new Owners(found, lineage, new Containers(lineage, new Fake()::detail))
                .of(900)
                .orElseThrow();
        assertThat(owner.attribution()).isEqualTo(Attribution.COMMAND_LINE);
        assertThat(owner.says())
                .isEqualTo("descends from pid 812; its command line is of vllm on port 8000, whose owner cannot be"
                        + " seen");
    }

    @Test
    void listenOptionsOfServersAreRead() {
        assertThat(main(complete(
                        List.of(Made.ownerless("llamacpp", 9000)),
                        Set.of(50L),
                        Made.process(50, 1, 0, 0, "llama-server", "--listen", "0.0.0.0:9000"))))
                .hasValue(50L);
        assertThat(main(complete(
                        List.of(Made.ownerless("llamacpp", 9000)),
                        Set.of(50L),
                        Made.process(50, 1, 0, 0, "llama-server", "--listen", "0.0.0.0:http"))))
                .isEmpty();
    }

    private static ProcessEntry vllm(long pid, long parent, String... more) {
        String[] argv = new String[4 + more.length];
        List.of("/usr/bin/python3", "/usr/local/bin/vllm", "serve", "qwen3").toArray(argv);
        System.arraycopy(more, 0, argv, 4, more.length);
        return Made.process(pid, parent, 0, 0, argv);
    }

    private static Optional<Long> main(List<Found> found) {
        return found.get(0).processes().main().map(ProcessEntry::pid);
    }

    private static List<Found> complete(List<Found> found, Set<Long> gpuProcesses, ProcessEntry... processes) {
        return new Launchers(
                        List.of(Made.adapter("vllm"), Made.adapter("llamacpp")), new Lineage(Made.pass(0, processes)))
                .complete(found, gpuProcesses);
    }
}
