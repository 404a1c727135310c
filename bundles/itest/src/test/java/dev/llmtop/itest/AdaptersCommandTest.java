// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code llmtop adapters}, with the real program. */
final class AdaptersCommandTest {
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
    void withoutARunningInstanceItWorksOnTheFolder() throws Exception {
        Program.Result added = adapters("add", outsider(1));
        assertThat(added.err()).isEmpty();
        assertThat(added.out()).isEqualTo("org.example.outsider 1.0.0 is added; the next llmtop starts with it\n");
        assertThat(bundles).isDirectoryContaining("glob:**/org.example.outsider-1.0.0.jar");

        assertThat(adapters("list").out().lines())
                .anyMatch(line -> line.matches("outsider +no llmtop is running +org.example.outsider 1.0.0 +/.*jar"))
                .anyMatch(line -> line.matches("vllm +no llmtop is running +dev.llmtop.adapter.vllm .* +llmtop"));

        assertThat(adapters("add", outsider(2)).code()).isZero();
        assertThat(adapters("remove", "outsider").out()).isEqualTo("org.example.outsider 2.0.0 is removed\n");
        assertThat(bundles).isEmptyDirectory();
    }

    @Test
    void aRunningInstanceHasItWhenTheCommandEnds() throws Exception {
        try (Program.Running agent = headless()) {
            assertThat(adapters("add", outsider(1)).out())
                    .isEqualTo("org.example.outsider 1.0.0 is added: outsider is active\n");
            assertThat(adapters("add", outsider(2)).out())
                    .isEqualTo("org.example.outsider 2.0.0 is added: outsider is active\n");
            assertThat(adapters("list").out().lines())
                    .anyMatch(line -> line.matches("outsider +active +org.example.outsider 2.0.0 +/.*jar"));
            assertThat(adapters("remove", "org.example.outsider").out())
                    .isEqualTo("org.example.outsider 2.0.0 is removed\n");
            assertThat(program.run("shell", "-c", "adapters").out()).doesNotContain("outsider");

            Path lacking = folder.resolve("lacking.jar");
            PlainBundle.write(
                    lacking,
                    "org.example.lacking",
                    "Import-Package",
                    "no.such.thing",
                    "Provide-Capability",
                    "llmtop.adapter;kind=lacking");
            Program.Result refused = adapters("add", lacking.toString());
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err())
                    .isEqualTo("llmtop: org.example.lacking 1.0.0 is added, and cannot start: nothing provides package"
                            + " no.such.thing\n");
            assertThat(adapters("remove", "lacking").code()).isZero();
            assertThat(agent.process().isAlive()).isTrue();
        }
    }

    @Test
    void whatWasInstalledAtThePromptIsUpdatedNotDoubled() throws Exception {
        try (Program.Running agent = headless()) {
            assertThat(program.run("shell", "-c", "felix:start file:" + outsider(1))
                            .code())
                    .isZero();
            assertThat(adapters("add", outsider(2)).out()).contains("outsider is active");
            assertThat(program.run("shell", "-c", "felix:lb -s")
                            .out()
                            .lines()
                            .filter(line -> line.contains("outsider")))
                    .singleElement()
                    .asString()
                    .contains("2.0.0");
            assertThat(agent.process().isAlive()).isTrue();
        }
        assertThat(adapters("remove", "outsider").code()).isZero();
        assertThat(bundles).isEmptyDirectory();
    }

    @Test
    void whatIsNoAdapterIsRefusedInOneLine() throws Exception {
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar at all");
        refused(text, "it is no jar, or not all of one");
        refused(folder.resolve("nowhere.jar"), "no such file");
        refused(folder, "it is a folder");
        Path plain = folder.resolve("plain.jar");
        PlainBundle.write(plain, "org.example.plain");
        refused(
                plain,
                "bundle org.example.plain 1.0.0 brings no engine adapter (its manifest provides no capability"
                        + " llmtop.adapter)");
        Path own = Distribution.ours().get("dev.llmtop.adapter.vllm");
        refused(own, Distribution.header(own, "Bundle-SymbolicName") + " 0.1.0 comes with llmtop");
        assertThat(bundles).doesNotExist();

        assertThat(adapters("remove", "vllm").err())
                .isEqualTo("llmtop: vllm comes with llmtop and cannot be removed\n");
        assertThat(adapters("remove", "nosuch").err()).isEqualTo("llmtop: no adapter 'nosuch' was added; none was\n");
        assertThat(adapters("remove", "nosuch").code()).isEqualTo(1);
    }

    @Test
    void wrongWordsAreUsage() throws Exception {
        assertThat(adapters("--help").out()).startsWith("Usage: llmtop adapters [list]");
        for (String[] words : new String[][] {{"add"}, {"remove"}, {"nosuch"}, {"list", "x"}, {"--all"}}) {
            Program.Result result = adapters(words);
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err().lines()).hasSize(1);
        }
    }

    private void refused(Path file, String reason) throws Exception {
        Program.Result result = adapters("add", file.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("llmtop: " + file + " is not added: " + reason + "\n");
    }

    private String outsider(int version) throws Exception {
        Path jar = folder.resolve("outsider-" + version + ".jar");
        OutsiderBundle.write(jar, version);
        return jar.toString();
    }

    private Program.Result adapters(String... words) throws Exception {
        String[] all = new String[words.length + 1];
        all[0] = "adapters";
        System.arraycopy(words, 0, all, 1, words.length);
        return program.run(all);
    }

    private Program.Running headless() throws Exception {
        Program.Running running = program.start("--headless", "--no-gpu");
        Path own = runtime.resolve("llmtop/" + running.process().pid() + ".sock");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(own) || !running.process().isAlive());
        return running;
    }
}
