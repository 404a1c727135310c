// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.ProcessTable.Listener;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.agent.ProcessTable.Use;
import dev.llmtop.model.Snapshot.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxProcessesTest {
    private static final long OLD = 5_000;
    private static final long YOUNG = 99_900;

    @TempDir
    Path folder;

    private ProcTree tree;

    @BeforeEach
    void makeTree() {
        tree = new ProcTree(folder).process(1, 0, 1, "init", "/sbin/init");
    }

    @Test
    void processesAreReadWithWhatTheyUse() {
        tree.process(42, 1, OLD, "we) ird (x", "python3", "-m", "vllm").write("sys/kernel/x", "no process");

        ProcessScan scan = new LinuxProcesses(folder).scan();

        assertThat(scan.processes()).containsOnlyKeys(1L, 42L);
        assertThat(scan.processes().get(42L))
                .isEqualTo(new ProcessEntry(
                        42, 1, OLD, "we) ird (x", List.of("python3", "-m", "vllm"), new Use(2.0, 25 * 4096)));
        assertThat(scan.unreadable()).isZero();
        assertThat(scan.namespaces()).isEqualTo(1);
        assertThat(scan.problems()).isEmpty();
    }

    @Test
    void kernelThreadAndZombieHaveNoArguments() {
        tree.process(2, 0, 1, "kthreadd")
                .write("3/stat", ProcTree.stat(3, "gone", 1, 1).replace(") S", ") Z"));
        tree.write("3/cmdline", "");

        ProcessScan scan = new LinuxProcesses(folder).scan();

        assertThat(scan.processes().get(2L).argv()).isEmpty();
        assertThat(scan.processes().get(3L).argv()).isEmpty();
        assertThat(scan.unreadable()).isZero();
    }

    @Test
    void argumentsOfAnOldProcessAreNotReadAtEachPass() {
        tree.process(42, 1, OLD, "x", "before");
        LinuxProcesses processes = new LinuxProcesses(folder);
        assertThat(argv(processes.scan(), 42)).containsExactly("before");
        tree.process(42, 1, OLD, "x", "after");

        assertThat(argv(processes.scan(), 42)).containsExactly("before");
        for (int pass = 0; pass < 32; pass++) {
            processes.scan();
        }
        assertThat(argv(processes.scan(), 42)).containsExactly("after");
    }

    @Test
    void argumentsOfAYoungProcessAreReadAgain() {
        tree.process(42, 1, YOUNG, "x", "before");
        LinuxProcesses processes = new LinuxProcesses(folder);
        processes.scan();
        tree.process(42, 1, YOUNG, "x", "after");

        assertThat(argv(processes.scan(), 42)).containsExactly("after");
    }

    @Test
    void newNameOrNewStartMeansNewArguments() {
        tree.process(42, 1, OLD, "x", "before").process(43, 1, OLD, "y", "before");
        LinuxProcesses processes = new LinuxProcesses(folder);
        processes.scan();
        tree.process(42, 1, OLD, "VLLM::Worker", "VLLM::Worker").process(43, 1, OLD + 1, "y", "after");

        ProcessScan scan = processes.scan();

        assertThat(argv(scan, 42)).containsExactly("VLLM::Worker");
        assertThat(argv(scan, 43)).containsExactly("after");
    }

    @Test
    void processThatEndedIsGone() {
        tree.process(42, 1, OLD, "x", "x");
        LinuxProcesses processes = new LinuxProcesses(folder);
        processes.scan();

        assertThat(processes.scan().processes()).containsKey(42L);
        tree.end(42);
        assertThat(processes.scan().processes()).doesNotContainKey(42L);
    }

    @Test
    void folderWithoutFilesIsCountedAsHidden() {
        tree.process(42, 1, OLD, "x", "x")
                .refuse("42/stat")
                .process(43, 1, OLD, "y", "y")
                .refuse("43/stat");

        ProcessScan scan = new LinuxProcesses(folder).scan();

        assertThat(scan.processes()).containsOnlyKeys(1L);
        assertThat(scan.unreadable()).isEqualTo(2);
        assertThat(scan.problems())
                .singleElement()
                .extracting(Problem::detail)
                .asString()
                .contains("hidepid");
    }

    @Test
    void listWithoutTheFirstProcessIsHidden() {
        tree.process(42, 40, OLD, "x", "x").end(1);

        ProcessScan scan = new LinuxProcesses(folder).scan();

        assertThat(scan.processes()).containsOnlyKeys(42L);
        assertThat(scan.problems())
                .singleElement()
                .extracting(Problem::detail)
                .asString()
                .contains("hidepid");
    }

    @Test
    void refusedCommandLineIsCountedAndTheProcessStays() {
        tree.process(42, 1, OLD, "x").refuse("42/cmdline");

        ProcessScan scan = new LinuxProcesses(folder).scan();

        assertThat(argv(scan, 42)).isEmpty();
        assertThat(scan.unreadable()).isEqualTo(1);
    }

    @Test
    void missingProcSaysSo() {
        ProcessScan scan = new LinuxProcesses(folder.resolve("nothing")).scan();

        assertThat(scan.processes()).isEmpty();
        assertThat(scan.listeners()).isEmpty();
        assertThat(scan.problems())
                .singleElement()
                .extracting(Problem::detail)
                .asString()
                .contains("/proc");
    }

    @Test
    void missingTablesOfSocketsAreSaid() throws IOException {
        Files.delete(folder.resolve("net/tcp"));

        ProcessScan scan = new LinuxProcesses(folder).scan();

        assertThat(scan.processes()).containsOnlyKeys(1L);
        assertThat(scan.problems())
                .singleElement()
                .extracting(Problem::detail)
                .asString()
                .contains("net/tcp");
    }

    @Test
    void listenersStandInTheFolderOfOurselvesToo() {
        tree.write("self/net/tcp", SocketTableTest.line("0100007F:1F40", "0A", 0, 5));

        assertThat(new LinuxProcesses(folder).scan().listeners())
                .extracting(Listener::inode)
                .containsExactly(5L);
    }

    @Test
    void processesOfDifferentNetworksAreCounted() {
        tree.write("1/net/tcp", "").process(42, 1, OLD, "x", "x").write("42/net/tcp", "");

        assertThat(new LinuxProcesses(folder).scan().namespaces()).isEqualTo(2);
    }

    @Test
    void hugeCommandLineIsBounded() {
        tree.process(42, 1, OLD, "x", "prog", "y".repeat(2 << 20), "--port", "8000");

        assertThat(argv(new LinuxProcesses(folder).scan(), 42)).containsExactly("prog");
    }

    private static List<String> argv(ProcessScan scan, long pid) {
        return scan.processes().get(pid).argv();
    }
}
