// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** Processes end, come and change while they are looked at. */
@EnabledOnOs(OS.LINUX)
class VanishingProcessesTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Twenty thousand files take a minute on a busy disk. */
    @TempDir(factory = InMemory.class)
    Path folder;

    static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            Path memory = Path.of("/dev/shm");
            return Files.isDirectory(memory) && Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "llmtop-tree")
                    : Files.createTempDirectory("llmtop-tree");
        }
    }

    @Test
    void realProcessesThatEndBetweenTheLookAndTheQuestionsAreNoTrouble() throws Exception {
        LinuxTable table = new LinuxTable(Path.of("/proc"));
        for (int round = 0; round < 5; round++) {
            List<Process> children = new ArrayList<>();
            for (int count = 0; count < 10; count++) {
                children.add(new ProcessBuilder("sleep", "1000").start());
            }
            ProcessScan scan = table.scan();
            assertThat(scan.processes())
                    .containsKeys(children.stream().map(Process::pid).toArray(Long[]::new));
            for (Process child : children) {
                child.destroyForcibly().waitFor();
                ProcessEntry gone = scan.processes().get(child.pid());

                assertThat(table.detail(gone).user()).isNotEmpty();
                assertThat(table.detail(gone).container()).isEmpty();
                assertThat(table.namespaceOf(gone)).isEmpty();
                assertThat(table.uidOf(gone)).isEmpty();
                assertThat(table.pathOf(gone, "/run/x.sock")).contains("/run/x.sock");
                assertThat(table.owners(Set.of(1L))).isEmpty();
            }
            assertThat(table.scan().processes())
                    .doesNotContainKey(children.get(0).pid());
        }
    }

    @Test
    void aRealProcessThatBecomesAnotherProgramIsThatProgram() throws Exception {
        LinuxTable table = new LinuxTable(Path.of("/proc"));
        Process child = new ProcessBuilder("sh", "-c", "read line; exec sleep 1000").start();
        try (OutputStream input = child.getOutputStream()) {
            assertThat(table.scan().processes().get(child.pid()).argv()).startsWith("sh", "-c");

            input.write('\n');
            input.flush();

            await().atMost(LIMIT).untilAsserted(() -> {
                ProcessEntry now = table.scan().processes().get(child.pid());
                assertThat(now.comm()).isEqualTo("sleep");
                assertThat(now.argv()).containsExactly("sleep", "1000");
            });
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void aRealPidThatIsGivenOutAgainIsAnotherProcess() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: only root chooses a pid");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "skipped: unshare is not installed");
        Process shell = new ProcessBuilder("unshare", "-pf", "--mount-proc", "--kill-child", "sh")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream input = shell.getOutputStream();
                BufferedReader output = shell.inputReader(StandardCharsets.UTF_8)) {
            String first = said(input, output, "sleep 1000 & echo $!");
            assumeTrue(first != null, "skipped: no pid namespace can be made here");
            long inner = shell.children().findFirst().orElseThrow().pid();
            LinuxTable table = new LinuxTable(Path.of("/proc/" + inner + "/root/proc"));
            ProcessEntry before = running(table, first, "1000");

            String second = said(
                    input,
                    output,
                    "kill " + first + "; wait; echo " + (Long.parseLong(first) - 1)
                            + " > /proc/sys/kernel/ns_last_pid; sleep 2000 & echo $!");

            assumeTrue(first.equals(second), "skipped: the pid was not given out again");
            ProcessEntry after = running(table, first, "2000");
            assertThat(after.startTicks()).isGreaterThan(before.startTicks());
            assertThat(table.detail(after).started())
                    .isAfterOrEqualTo(table.detail(before).started());
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly().waitFor();
        }
    }

    /** A shell tells the pid of a child before that has become its program. */
    private static ProcessEntry running(LinuxTable table, String pid, String seconds) {
        return await().atMost(LIMIT)
                .until(
                        () -> table.scan().processes().get(Long.valueOf(pid)),
                        process -> process != null && process.argv().equals(List.of("sleep", seconds)));
    }

    private static String said(OutputStream input, BufferedReader output, String command) throws IOException {
        input.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
        return output.readLine();
    }

    @Test
    void tenThousandProcessesOfWhichManyVanishDuringThePassAreATable() throws Exception {
        ProcTree tree = new ProcTree(folder);
        for (int pid = 1; pid <= 10_000; pid++) {
            tree.process(pid, pid == 1 ? 0 : 1, pid, "worker", "/usr/bin/worker", "--number", "" + pid);
        }
        tree.socket(9_999, 5, 777);
        LinuxTable table = new LinuxTable(folder);
        assertThat(table.scan().processes()).hasSize(10_000);
        assertThat(table.owners(Set.of(777L))).containsEntry(777L, Set.of(9_999L));

        Thread ending = new Thread(() -> {
            for (int pid = 20; pid <= 10_000; pid += 20) {
                tree.end(pid);
            }
        });
        ending.start();
        for (int pass = 0; pass < 3; pass++) {
            ProcessScan scan = table.scan();
            assertThat(scan.processes()).hasSizeBetween(9_500, 10_000).containsKeys(1L, 9_999L);
            assertThat(table.owners(Set.of(777L))).containsEntry(777L, Set.of(9_999L));
        }
        ending.join();

        assertThat(table.scan().processes()).hasSize(9_500).doesNotContainKey(9_980L);
    }
}
