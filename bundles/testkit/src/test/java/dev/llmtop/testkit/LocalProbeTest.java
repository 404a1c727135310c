// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Get;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProbeTest {
    @Test
    void anUndeclaredPathFailsTheTestAndNeverLeaves() {
        try (EngineServer server = EngineServer.start()) {
            LocalProbe probe = LocalProbe.to(server, "/version");

            assertThatThrownBy(() -> probe.get(Get.of("/health"))).isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> probe.stream(Get.of("/metrics"), body -> 1))
                    .isInstanceOf(AssertionError.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aFirstContactSendsOnlyWhatIsOpen() {
        try (EngineServer server = EngineServer.start()) {
            Answer answer = LocalProbe.to(server, "/version", "/metrics")
                    .sendingOnly("/version")
                    .get(Get.of("/metrics"));

            assertThat(answer.reason()).isEqualTo(Reason.NOT_SAFE);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void nobodyThereIsUnreachable() {
        Answer answer = LocalProbe.to(Endpoint.tcp("127.0.0.1", EngineProcess.freePort()), List.of("/version"))
                .get(Get.of("/version"));

        assertThat(answer.reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void aFileIsReadOnlyWhereTheCommandLineNamesIt(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("config.yaml"), "model: m");
        LocalProbe probe = LocalProbe.to(Endpoint.tcp("127.0.0.1", 1), List.of())
                .withArguments(List.of("--config", file.toString()));

        assertThat(probe.file("--config")).isEqualTo(Value.of("model: m"));
        assertThat(probe.file("--other").missing()).isPresent();
    }
}
