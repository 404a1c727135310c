// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Probes.Target;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentFileTest {
    @TempDir
    private Path directory;

    private Value<String> file(String... arguments) {
        try (HttpProbes probes = Asking.probes()) {
            return probes.open(
                            new Target(
                                    Endpoint.tcp("127.0.0.1", 1), List.of(arguments), directory.toString(), List.of()),
                            Asking.permit(Asking.LONG))
                    .file("--config");
        }
    }

    private static Reason reason(Value<String> value) {
        return value.missing().orElseThrow().reason();
    }

    @Test
    void fileThatTheCommandLineNamesIsRead() throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), "model: é");
        assertThat(file("--port", "1", "--config", file.toString()).known()).contains("model: é");
        assertThat(file("--config=" + file).known()).contains("model: é");
        assertThat(file("--config=c.yaml").known()).contains("model: é");
        assertThat(file("--config", "other", "--config", "c.yaml").known()).contains("model: é");
    }

    @Test
    void nothingElseIsRead() throws IOException {
        Files.writeString(directory.resolve("c.yaml"), "x");
        assertThat(reason(file())).isEqualTo(Reason.NOT_EXPORTED);
        assertThat(reason(file("c.yaml"))).isEqualTo(Reason.NOT_EXPORTED);
        assertThat(reason(file("--config"))).isEqualTo(Reason.NOT_EXPORTED);
        assertThat(reason(file("--configuration", "c.yaml"))).isEqualTo(Reason.NOT_EXPORTED);
    }

    @Test
    void missingFileDirectoryOrOddNameIsAReason() {
        assertThat(reason(file("--config", "absent"))).isEqualTo(Reason.NO_PERMISSION);
        assertThat(reason(file("--config", "."))).isEqualTo(Reason.NO_PERMISSION);
        assertThat(reason(file("--config", "/dev/zero"))).isEqualTo(Reason.NO_PERMISSION);
        assertThat(reason(file("--config", "a\0b"))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void relativeNameNeedsADirectory() {
        assertThat(reason(ArgumentFile.read(List.of("--config", "c.yaml"), "", "--config")))
                .isEqualTo(Reason.NO_PERMISSION);
    }

    @Test
    void pipeIsNotOpened() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(reason(file("--config", pipe.toString()))).isEqualTo(Reason.NO_PERMISSION);
    }

    @Test
    void largeFileIsTooLarge() throws IOException {
        Files.write(directory.resolve("fits"), new byte[1 << 20]);
        Files.write(directory.resolve("large"), new byte[(1 << 20) + 1]);
        assertThat(file("--config", "fits").known().orElseThrow()).hasSize(1 << 20);
        assertThat(reason(file("--config", "large"))).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void fileOfTheKernelThatSaysZeroIsNotOpened() {
        assertThat(file("--config", "/proc/self/environ").known()).contains("");
    }
}
