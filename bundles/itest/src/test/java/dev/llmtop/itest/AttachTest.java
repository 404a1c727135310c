// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.testkit.EngineProcess;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another terminal in the running program. */
final class AttachTest {
    @TempDir
    private Path folder;

    private Path runtime;
    private Program program;

    @BeforeEach
    void prepare() throws Exception {
        runtime = Files.createDirectory(
                folder.resolve("run"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        program = new Program(folder).with("XDG_RUNTIME_DIR", runtime.toString());
    }

    @Test
    void commandsOfAnotherTerminalRunInTheLiveProgram() throws Exception {
        try (EngineProcess vllm = EngineProcess.vllm(
                        Files.createDirectory(folder.resolve("engine")), "m", 100, 0, List.of(), Map.of());
                Program.Running agent = headless()) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    program.run("shell", "-c", "engines").out())
                            .contains(vllm.id()));
            Program.Result wrong = program.run("shell", "-c", "felix:install file:/nowhere.jar");
            assertThat(wrong.code()).isEqualTo(1);
            assertThat(wrong.err()).isEqualTo("/nowhere.jar (No such file or directory)\n");
            Program.Result script = program.shell("printf 'adapters\\nnosuch\\n' | \"$LLMTOP\" shell")
                    .await();
            assertThat(script.out()).contains("vllm", "active");
            assertThat(script.err()).isEqualTo("Command not found: nosuch\n");
            assertThat(script.code()).isEqualTo(1);
            agent.signal("TERM");
            assertThat(agent.await().code()).isEqualTo(143);
            assertThat(agent.await().err()).isEmpty();
        }
        assertThat(sockets()).isEmpty();
    }

    @Test
    void ofTwoInstancesOneIsNamedByItsPid() throws Exception {
        try (Program.Running first = headless();
                Program.Running second = program.start("--headless", "--no-gpu")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> sockets().size() == 2);
            Program.Result unclear = program.run("shell", "-c", "engines");
            assertThat(unclear.code()).isEqualTo(2);
            assertThat(unclear.err()).contains("--pid");
            String pid = sockets().get(0).getFileName().toString().replace(".sock", "");
            assertThat(program.run("shell", "--pid", pid, "-c", "felix:lb").out())
                    .contains("llmtop");
            first.signal("KILL");
            second.signal("KILL");
            first.process().waitFor();
            second.process().waitFor();
        }
        assertThat(program.run("shell", "-c", "engines").err())
                .isEqualTo("llmtop: no instance of yours is running; start llmtop in another terminal\n");
        try (Program.Running third = headless()) {
            assertThat(sockets()).as("what was left is swept away").hasSize(1);
            assertThat(third.process().isAlive()).isTrue();
        }
    }

    @Test
    void aSnapshotIsToldByTheInstanceThatRuns() throws Exception {
        try (Program.Running agent = headless()) {
            long pid = agent.process().pid();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(teller(program.run("--json", "--no-gpu")))
                            .isEqualTo(pid));
            assertThat(program.run("--once", "--no-gpu").out()).startsWith("llmtop 0.1.0");
            assertThat(teller(program.run("--json", "--no-gpu", "--fresh"))).isNotEqualTo(pid);
            assertThat(teller(program.run("--json"))).isNotEqualTo(pid);
            assertThat(teller(program.run("--json", "--no-gpu", "--samples", "1")))
                    .isNotEqualTo(pid);
            agent.signal("STOP");
            assertThat(teller(program.run("--json", "--no-gpu"))).isNotEqualTo(pid);
            agent.signal("CONT");
        }
    }

    private static long teller(Program.Result result) throws Exception {
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return new SnapshotSchema()
                .valid(result.out())
                .path("agent")
                .path("pid")
                .asLong();
    }

    @Test
    void anotherUserIsRefused() throws Exception {
        Root.needs("setpriv");
        try (Program.Running agent = headless()) {
            assertThat(agent.process().isAlive()).isTrue();
            Path classes = Files.createDirectories(folder.resolve("classes/dev/llmtop/itest"));
            try (InputStream knock = Knock.class.getResourceAsStream("Knock.class")) {
                Files.copy(knock, classes.resolve("Knock.class"));
            }
            // Even where all was opened by hand, the instance asks the kernel who comes.
            Root.open(folder);
            assertThat(Integer.parseInt(knockAs("").strip())).as("the owner").isPositive();
            assertThat(knockAs("setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs"))
                    .isEqualTo("-1\n");
        }
    }

    private String knockAs(String user) throws Exception {
        Program.Result result = program.shell("exec " + user + " \"$JAVA_HOME/bin/java\" -cp \"" + folder
                        + "/classes\" dev.llmtop.itest.Knock " + sockets().get(0))
                .await();
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    private Program.Running headless() throws Exception {
        Program.Running running = program.start("--headless", "--no-gpu");
        Path own = runtime.resolve("llmtop/" + running.process().pid() + ".sock");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(own) || !running.process().isAlive());
        return running;
    }

    private List<Path> sockets() throws Exception {
        Path sockets = runtime.resolve("llmtop");
        if (!Files.isDirectory(sockets)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(sockets)) {
            return found.sorted().toList();
        }
    }
}
