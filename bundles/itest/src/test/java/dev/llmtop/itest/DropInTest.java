// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.testkit.EngineProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of the user's bundles, in the real program. */
final class DropInTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Path runtime;
    private Path bundles;
    private Program program;

    @BeforeEach
    void prepare() throws Exception {
        runtime = Files.createDirectory(
                folder.resolve("run"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        program = new Program(folder).with("XDG_RUNTIME_DIR", runtime.toString());
        bundles = program.home().resolve(".local/share/llmtop/bundles");
    }

    @Test
    void aJarThatIsPutIntoTheFolderClaimsItsEngineIsReplacedAndTakenAway() throws Exception {
        try (EngineProcess engine = EngineProcess.unnamed(
                        Files.createDirectory(folder.resolve("engine")),
                        OutsiderEngine.class,
                        "outside-model",
                        Map.of());
                Program.Running agent = headless("--interval", "0.5", "--port", Integer.toString(engine.port()))) {
            await().atMost(LIMIT).until(() -> engines().contains("outside-model"));
            Path jar = bundles.resolve("mine.jar");
            drop(jar, 1);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(engines()).contains("outsider"));
            drop(jar, 2);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(
                                    program.run("shell", "-c", "adapters").out())
                            .contains("Outsider Two"));
            Files.delete(jar);
            await().atMost(LIMIT).until(() -> !engines().contains("outsider"));
            assertThat(engines()).contains(engine.id());

            agent.signal("TERM");
            assertThat(agent.await().code()).isEqualTo(143);
            assertThat(agent.await().out()).isEmpty();
            assertThat(agent.await().err()).isEmpty();
        }
        assertThat(program.temporary()).isEmptyDirectory();
    }

    @Test
    void whatLacksAPackageIsOneLineAndStopsNothing() throws Exception {
        Files.createDirectories(bundles);
        PlainBundle.write(bundles.resolve("lacking.jar"), "org.example.lacking", "Import-Package", "no.such.thing");
        OutsiderBundle.write(bundles.resolve("outsider.jar"), 1);
        try (Program.Running agent = headless()) {
            await().atMost(LIMIT)
                    .until(() -> program.run("shell", "-c", "adapters").out().contains("org.example.outsider 1.0.0"));
            agent.signal("TERM");
            assertThat(agent.await().err())
                    .isEqualTo("llmtop: bundle org.example.lacking 1.0.0 cannot start: nothing provides package"
                            + " no.such.thing\n");
        }
    }

    private String engines() throws Exception {
        return program.run("shell", "-c", "engines").out();
    }

    private void drop(Path jar, int version) throws Exception {
        Path part = folder.resolve("part.jar");
        OutsiderBundle.write(part, version);
        Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Program.Running headless(String... more) throws Exception {
        String[] words = new String[more.length + 2];
        words[0] = "--headless";
        words[1] = "--no-gpu";
        System.arraycopy(more, 0, words, 2, more.length);
        Program.Running running = program.start(words);
        Path own = runtime.resolve("llmtop/" + running.process().pid() + ".sock");
        await().atMost(LIMIT)
                .until(() -> Files.exists(own) || !running.process().isAlive());
        return running;
    }
}
