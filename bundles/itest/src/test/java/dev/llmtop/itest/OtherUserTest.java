// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static dev.llmtop.itest.Container.engine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.testkit.EngineProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root's engine, looked at by a user who may not see its sockets. */
class OtherUserTest {
    @TempDir
    Path folder;

    @Test
    void anotherUsersEngineIsFoundByItsCommandLineAndSaysWhatCouldNotBeRead() throws Exception {
        Root.needs("setpriv");
        Path engine = Files.createDirectories(folder.resolve("engine"));
        try (EngineProcess vllm = EngineProcess.vllm(engine, "m", 100, 0, List.of(), Map.of())) {
            Program.Result result = Root.asNobody(new Program(folder), folder, "--json --no-gpu");

            assertThat(result.err()).isEmpty();
            JsonNode row = engine(new SnapshotSchema().valid(result.out()), vllm.id());
            assertThat(row.path("kind").asText()).isEqualTo("vllm");
            assertThat(row.path("state").asText()).isEqualTo("ready");
            assertThat(row.path("process").path("user").asText()).isEqualTo("root");
            assertThat(row.path("process").path("pids"))
                    .extracting(JsonNode::asLong)
                    .contains(vllm.pid());
            assertThat(row.path("evidence")).anySatisfy(evidence -> {
                assertThat(evidence.path("verdict").asText()).isEqualTo("unreadable");
                assertThat(evidence.path("says").asText())
                        .isEqualTo(
                                "socket of another user on " + vllm.port() + ", the port that its command line names");
            });
        }
    }
}
