// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.ProcessTable.ProcessDetail;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.ProcessInfo.ContainerInfo;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxDetailsTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;

    private ProcTree tree;
    private LinuxDetails details;

    @BeforeEach
    void makeTree() throws Exception {
        tree = new ProcTree(folder).process(1, 0, 1, "init", "/sbin/init");
        Path accounts =
                Files.writeString(folder.resolve("passwd"), "root:x:0:0::/:/bin/sh\nbroken\nann:x:4711:1::/:\n");
        details = new LinuxDetails(folder, new KernelUnits(100, 4096), new Users(accounts));
    }

    @Test
    void userStartAndNamespacePidAreRead() {
        tree.process(42, 1, 5_025, "x", "x")
                .write("42/status", "Name:\tUid:\nUid:\t0\t4711\t0\t0\nNSpid:\t42\t7\t3\nThreads:\t1\n");

        ProcessDetail detail = detail(42);

        assertThat(detail.user()).isEqualTo("ann");
        assertThat(detail.started()).isEqualTo(Instant.ofEpochMilli(1_700_000_050_250L));
        assertThat(detail.namespacePid()).hasValue(3);
        assertThat(detail.container()).isEmpty();
    }

    @Test
    void startIsKnownWhereTheTimeOfBootIsNot() {
        tree.write("stat", "cpu 1 2 3\n").write("self/stat", ProcTree.stat(9, "java", 1, 90_000));
        tree.process(42, 1, 80_000, "x", "x");

        assertThat(detail(42).started())
                .isBetween(Instant.now().minusSeconds(400), Instant.now().minusSeconds(98));
    }

    @Test
    void userWithoutNameIsANumberAndOneLevelIsNoNamespace() {
        tree.process(42, 1, 5, "x", "x").write("42/status", "Uid:\t987654\t987654\t0\t0\nNSpid:\t42\n");

        assertThat(detail(42).user()).isEqualTo("987654");
        assertThat(detail(42).namespacePid()).isEmpty();
    }

    @Test
    void environmentIsReadOrSaysWhyNot() {
        tree.process(42, 1, 5, "x", "x").write("42/environ", "A=1\0B=x=y\0broken\0=no\0A=2\0");
        tree.process(43, 1, 5, "y", "y").refuse("43/environ");

        assertThat(detail(42).environment()).isEqualTo(Value.of(Map.of("A", "1", "B", "x=y")));
        assertThat(detail(43).environment().missing())
                .hasValueSatisfying(missing -> assertThat(missing.reason()).isEqualTo(Reason.NO_PERMISSION));
    }

    @Test
    void podmanTellsTheNameThroughItsMonitor() {
        tree.process(40, 1, 5, "conmon", "conmon", "-c", ID, "-u", ID, "-n", "web", "--exit-command-arg", "-n", "no")
                .process(42, 40, 5, "x", "x")
                .write("42/cgroup", "0::/machine.slice/libpod-" + ID + ".scope/container\n");

        assertThat(detail(42).container()).contains(new ContainerInfo(ID, "podman", Value.of("web")));
    }

    @Test
    void containerWithoutReadableNameSaysWhy() {
        tree.process(42, 1, 5, "x", "x").write("42/cgroup", "0::/system.slice/docker-" + ID + ".scope\n");

        ContainerInfo container = detail(42).container().orElseThrow();

        assertThat(container.id()).isEqualTo(ID);
        assertThat(container.runtime()).isEqualTo("docker");
        assertThat(container.name().missing()).isPresent();
    }

    @Test
    void ownContainerIsKnownByItsMounts() {
        tree.process(42, 1, 5, "x", "x")
                .write("42/cgroup", "0::/\n")
                .write("42/mountinfo", "10 9 8:1 /containers/" + ID + "/hostname /etc/hostname rw - ext4 x rw\n");

        assertThat(detail(42).container()).map(ContainerInfo::id).contains(ID);
    }

    @Test
    void detailsOfAnOldProcessAreKeptAndOfAYoungOneReadAgain() {
        tree.process(42, 1, 5, "x", "x").write("42/status", "Uid:\t0\t0\t0\t0\n");
        tree.process(43, 1, 99_900, "y", "y").write("43/status", "Uid:\t0\t0\t0\t0\n");
        detail(42);
        detail(43);
        tree.write("42/status", "Uid:\t4711\t4711\t0\t0\n").write("43/status", "Uid:\t4711\t4711\t0\t0\n");

        assertThat(detail(42).user()).isEqualTo("root");
        assertThat(detail(43).user()).isEqualTo("ann");
    }

    @Test
    void goneProcessHasDetailsWithoutContent() {
        tree.process(42, 1, 5, "x", "x");
        ProcessEntry process = scan().get(42L);
        tree.end(42);

        ProcessDetail detail = details.detail(process, Map.of());

        assertThat(detail.user()).isEqualTo("?");
        assertThat(detail.environment().missing()).isPresent();
    }

    private ProcessDetail detail(long pid) {
        Map<Long, ProcessEntry> processes = scan();
        return details.detail(processes.get(pid), processes);
    }

    private Map<Long, ProcessEntry> scan() {
        return new LinuxProcesses(folder).scan().processes();
    }
}
