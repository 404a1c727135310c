// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/llmtop}: where it may lie and which Java it takes. */
final class StartScriptTest {
    @TempDir
    private Path folder;

    private Program program;

    @BeforeEach
    void prepare() throws Exception {
        program = new Program(folder);
    }

    @Test
    void worksThroughAChainOfLinks() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("a b/bin"));
        Files.createSymbolicLink(bin.resolve("real"), Program.HOME.resolve("bin/llmtop"));
        Files.createSymbolicLink(bin.resolve("llmtop"), Path.of("real"));
        assertVersion(program.script(bin.resolve("llmtop")).run("--version"));
    }

    @Test
    void worksFromThePath() throws Exception {
        program.with("PATH", Program.HOME.resolve("bin") + ":" + System.getenv("PATH"));
        assertVersion(program.shell("llmtop --version").await());
    }

    @Test
    void worksFromItsOwnFolder() throws Exception {
        assertVersion(program.shell("cd '" + Program.HOME + "/bin' && ./llmtop --version && sh llmtop -V >/dev/null")
                .await());
    }

    @Test
    void runsFromAReadOnlyFolderWithSpaces() throws Exception {
        Path copy = folder.resolve("my tools/llm  top");
        Distributions.copy(Program.HOME, copy);
        setWritable(copy, false);
        try {
            Program.Result result =
                    program.script(copy.resolve("bin/llmtop")).run("--json", "--samples", "1", "--no-gpu");
            assertThat(result.err()).isEmpty();
            assertThat(result.code()).isZero();
        } finally {
            setWritable(copy, true);
        }
    }

    @Test
    void takesTheJavaOnThePath() throws Exception {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        assertVersion(program.with("JAVA_HOME", null)
                .with("PATH", bin + ":/usr/bin:/bin")
                .run("--version"));
    }

    @Test
    void noJavaIsOneLine() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : new String[] {"readlink", "sh"}) {
            Files.createSymbolicLink(bin.resolve(tool), Path.of("/bin", tool));
        }
        assertRefused(
                program.with("JAVA_HOME", null).with("PATH", bin.toString()).run(), "there is none on the PATH");
        assertRefused(program.with("JAVA_HOME", "/nowhere").run(), "no Java at JAVA_HOME (/nowhere)");
    }

    @Test
    void anOldJavaIsOneLine() throws Exception {
        Path asked = fakeJava("asked", "echo 'openjdk version \"11.0.20\" 2023-07-18' >&2");
        assertRefused(program.with("JAVA_HOME", asked.toString()).run(), "is version 11.0.20");
        Path ancient = fakeJava("ancient", "echo 'java version \"1.8.0_392\"' >&2");
        assertRefused(program.with("JAVA_HOME", ancient.toString()).run(), "is version 1.8.0_392");
        Path noted = fakeJava("noted", "echo must not run; exit 3");
        Files.writeString(noted.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"16.0.2\"\n");
        assertRefused(program.with("JAVA_HOME", noted.toString()).run(), "is version 16.0.2");
        program.with("JAVA_HOME", null).with("PATH", ancient.resolve("bin") + ":/usr/bin:/bin");
        assertRefused(program.run(), "is version 1.8.0_392");
        Path mute = fakeJava("mute", "exit 1");
        assertRefused(program.with("JAVA_HOME", mute.toString()).run(), "does not say which version it is");
    }

    @Test
    void theUsersJavaOptionsArePassedOn() throws Exception {
        Program.Result result =
                program.with("LLMTOP_JAVA_OPTS", "-Dx=1 -XX:NoSuchOption").run("--version");
        assertThat(result.out() + result.err()).contains("NoSuchOption");
    }

    @Test
    void theWidthOfTheTerminalIsHandedOver() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "NOT TRIED: no terminal without /usr/bin/script");
        Path java = fakeJava("told", "echo \"$@\"");
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        program.with("JAVA_HOME", java.toString());
        Program.Result result = program.shell("script -qec 'stty cols 137 rows 40; \"$LLMTOP\"' /dev/null")
                .await();
        assertThat(result.out()).contains("-Dllmtop.terminal=true", "-Dllmtop.columns=137");
        assertThat(program.run().out()).contains("-Dllmtop.terminal=false", "-Dllmtop.columns=0");
    }

    private Path fakeJava(String name, String script) throws IOException {
        Path home = folder.resolve(name);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    private static void assertVersion(Program.Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("llmtop ");
        assertThat(result.code()).isZero();
    }

    private static void assertRefused(Program.Result result, String why) {
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("llmtop: ").contains(why, "Java 17 or newer");
        assertThat(result.err().lines()).hasSize(1);
    }

    private static void setWritable(Path root, boolean writable) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.forEach(file -> file.toFile().setWritable(writable));
        }
    }
}
