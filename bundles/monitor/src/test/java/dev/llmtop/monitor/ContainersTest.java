// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.Attribution;
import dev.llmtop.model.ProcessInfo.ContainerInfo;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainersTest {
    private static final String ID = "3f2a".repeat(16);

    private final Fake fake = new Fake();

    @Test
    void aProcessOfTheEnginesContainerIsTheEngines() {
        contain("docker", 700, 812, 900);
        Optional<Owners.Owner> owner = owner(
                900,
                Made.process(600, 1, 0, 0, "containerd-shim-runc-v2"),
                Made.process(700, 600, 0, 0, "tini", "-g", "--", "start"),
                Made.process(812, 700, 0, 0, "vllm", "serve", "m"),
                Made.process(900, 700, 0, 0, "ray::worker"));
        assertThat(owner)
                .hasValue(new Owners.Owner(
                        "127.0.0.1:8000", Attribution.CONTAINER, "is in the docker container 3f2a3f2a3f2a of pid 812"));
    }

    @Test
    void inAContainerThatSomebodyWorksInOtherProgramsAreTheirOwn() {
        contain("docker", 700, 812, 900);
        assertThat(owner(
                        900,
                        Made.process(700, 600, 0, 0, "bash"),
                        Made.process(812, 700, 0, 0, "vllm", "serve", "m"),
                        Made.process(900, 700, 0, 0, "python3", "train.py")))
                .isEmpty();
    }

    @Test
    void aShellsScriptOnlyStartsTheEngine() {
        contain("podman", 700, 812, 900);
        assertThat(owner(
                        900,
                        Made.process(700, 600, 0, 0, "/bin/sh", "/entrypoint.sh"),
                        Made.process(812, 700, 0, 0, "vllm", "serve", "m"),
                        Made.process(900, 700, 0, 0, "ray::worker")))
                .isPresent();
    }

    @Test
    void aContainerThatIsAWholeSystemSaysNothing() {
        contain("lxc", 812, 900);
        assertThat(owner(
                        900,
                        Made.process(812, 1, 0, 0, "vllm", "serve", "m"),
                        Made.process(900, 1, 0, 0, "python3", "train.py")))
                .isEmpty();
    }

    @Test
    void ofTwoEnginesInOneContainerNeitherIsIt() {
        contain("docker", 812, 813, 900);
        ProcessEntry one = Made.process(812, 600, 0, 0, "vllm", "serve", "m");
        ProcessEntry two = Made.process(813, 600, 0, 0, "vllm", "serve", "n");
        assertThat(owners(
                                List.of(Made.vllm(8000, one), Made.vllm(8001, two)),
                                one,
                                two,
                                Made.process(900, 600, 0, 0, "x"))
                        .of(900))
                .isEmpty();
    }

    @Test
    void aPidThatIsNoneOfTheMachinesIsLookedForInsideTheEnginesPidNamespace() {
        fake.namespacePids.put(812L, 57L);
        ProcessEntry main = Made.process(812, 1, 0, 0, "vllm", "serve", "m");
        assertThat(owner(57, main))
                .hasValue(new Owners.Owner(
                        "127.0.0.1:8000", Attribution.NAMESPACE_PID, "is pid 812 inside its pid namespace"));
        assertThat(owner(57, main, Made.process(57, 1, 0, 0, "blender")))
                .as("a process of the machine has the number")
                .isEmpty();
    }

    @Test
    void aNumberThatTwoPidNamespacesHaveIsNobodys() {
        fake.namespacePids.put(812L, 57L);
        fake.namespacePids.put(813L, 57L);
        ProcessEntry one = Made.process(812, 1, 0, 0, "vllm", "serve", "m");
        ProcessEntry two = Made.process(813, 1, 0, 0, "vllm", "serve", "n");
        assertThat(owners(List.of(Made.vllm(8000, one), Made.vllm(8001, two)), one, two)
                        .of(57))
                .isEmpty();
    }

    private void contain(String runtime, long... pids) {
        for (long pid : pids) {
            fake.containers.put(
                    pid, new ContainerInfo(ID, runtime, Value.unavailable(Reason.NO_PERMISSION, "not asked")));
        }
    }

    private Optional<Owners.Owner> owner(long pid, ProcessEntry... processes) {
        ProcessEntry main = List.of(processes).stream()
                .filter(process -> process.pid() == 812)
                .findFirst()
                .orElseThrow();
        return owners(List.of(Made.vllm(8000, main)), processes).of(pid);
    }

    private Owners owners(List<Found> found, ProcessEntry... processes) {
        Lineage lineage = new Lineage(Made.pass(0, processes));
        return new Owners(found, lineage, new Containers(lineage, fake::detail));
    }
}
