// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program answers before its container starts. */
final class CommandLineTest {
    @TempDir
    private Path folder;

    private Program program;

    @BeforeEach
    void prepare() throws Exception {
        program = new Program(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version"})
    void helpAndVersionTouchNoFile(String option) throws Exception {
        Program.Result result = program.run(option);
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("llmtop");
        assertThat(result.err()).isEmpty();
        assertThat(program.home()).isEmptyDirectory();
        assertThat(program.temporary()).isEmptyDirectory();
    }

    @Test
    void versionIsThatOfTheBuild() throws Exception {
        assertThat(program.run("-V").out()).matches("llmtop \\d+\\.\\d+\\.\\d+\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--jsno", "--samples=0", "--interval=0", "--port=x", "--watch", "nonsense", "--config=/nope"})
    void aWrongOptionIsOneLineAndExitTwo(String option) throws Exception {
        Program.Result result = program.run(option);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("llmtop: ").contains(option.split("=")[0]);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(program.home()).isEmptyDirectory();
    }

    @Test
    void aBadConfigurationFileIsOneLineAndExitTwo() throws Exception {
        Path config = Files.createDirectories(folder.resolve("xdg/llmtop"));
        Files.writeString(config.resolve("dev.llmtop.monitor.properties"), "samples=many");
        Program.Result result = program.with(
                        "XDG_CONFIG_HOME", folder.resolve("xdg").toString())
                .run("--json");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("llmtop: " + config.resolve("dev.llmtop.monitor.properties")
                        + ": samples takes a whole number from 1 to 10, such as 2, not 'many'\n");
    }

    @Test
    void aBadVariableIsOneLineAndExitTwo() throws Exception {
        Program.Result result = program.with("LLMTOP_INTERVAL", "0").run("--json");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("llmtop: LLMTOP_INTERVAL takes seconds from 0.2 to 3600");
    }
}
