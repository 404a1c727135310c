// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmtop.testkit.EngineProcess;
import dev.llmtop.testkit.EngineServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port whose owner changes while the program watches: real processes, one after the other. */
class TakeoverTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Program.Running watch;

    @Test
    void aPortThatAnotherEngineTakesOverIsThatEngineAndKeepsNothingOfTheLast() throws Exception {
        Path engines = Files.createDirectories(folder.resolve("engines"));
        EngineProcess vllm = EngineProcess.vllm(engines, "went-away", 100, 0, List.of(), Map.of());
        try (Program.Running watching = new Program(folder)
                .start("--json", "--watch", "--interval", "0.2", "--no-gpu", "--port", "" + vllm.port())) {
            watch = watching;
            JsonNode first = await(
                    vllm.id(), row -> row != null && row.path("state").asText().equals("ready"));
            assertThat(first.path("kind").asText()).isEqualTo("vllm");

            vllm.close();
            await(vllm.id(), row -> row == null || !row.path("state").asText().equals("ready"));
            try (ScriptedEngine llama = llama(engines, vllm.port())) {
                JsonNode second = await(
                        vllm.id(),
                        row -> row != null
                                && row.path("kind").asText().equals("llamacpp")
                                && row.path("state").asText().equals("ready"));

                assertThat(second.path("process").path("pids"))
                        .extracting(JsonNode::asLong)
                        .contains(llama.pid())
                        .doesNotContain(vllm.pid());
                assertThat(second.path("models"))
                        .extracting(model -> model.path("id").asText())
                        .containsExactly("took-over");
                assertThat(second.toString()).doesNotContain("went-away");
            }
            await(vllm.id(), row -> row == null);
            try (EngineServer page = EngineServer.start("127.0.0.1", vllm.port())) {
                int seen = snapshots().size();
                Awaitility.await().atMost(LIMIT).until(() -> snapshots().size() > seen + 5);
                assertThat(snapshots().subList(seen, snapshots().size()))
                        .allSatisfy(
                                snapshot -> assertThat(row(snapshot, vllm.id())).isNull());
                assertThat(page.requests()).isNotEmpty();
            }
            for (JsonNode snapshot : snapshots()) {
                assertThat(snapshot.path("engines"))
                        .extracting(row -> row.path("id").asText())
                        .doesNotHaveDuplicates();
            }
            assertThat(Files.readString(watching.err())).isEmpty();
        } finally {
            vllm.close();
        }
    }

    private static ScriptedEngine llama(Path folder, int port) throws Exception {
        Path script = Files.writeString(
                folder.resolve("start-llama"), "exec -a llama-server \"$FAKE_JAVA\" -Xmx64m \"$FAKE_MAIN\" \"$@\"\n");
        return ScriptedEngine.script(
                folder,
                List.of("bash", script.toString(), "-m", "/m/took-over.gguf", "--port", "" + port),
                FakeLlama.class,
                TransportTest.accepts("127.0.0.1", port));
    }

    /** The row of an address in the newest snapshot, as soon as it is as wanted; null stands for no row. */
    private JsonNode await(String id, Predicate<JsonNode> wanted) {
        int after = snapshots().size();
        JsonNode[] found = new JsonNode[1];
        Awaitility.await().atMost(LIMIT).until(() -> {
            List<JsonNode> all = snapshots();
            found[0] = all.size() > after ? row(all.get(all.size() - 1), id) : null;
            return all.size() > after && wanted.test(found[0]);
        });
        return found[0];
    }

    private static JsonNode row(JsonNode snapshot, String id) {
        for (JsonNode row : snapshot.path("engines")) {
            if (row.path("id").asText().equals(id)) {
                return row;
            }
        }
        return null;
    }

    private List<JsonNode> snapshots() {
        List<JsonNode> snapshots = new ArrayList<>();
        String printed = watch.printed();
        for (String line :
                printed.substring(0, printed.lastIndexOf('\n') + 1).lines().toList()) {
            try {
                snapshots.add(new ObjectMapper().readTree(line));
            } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
                throw new AssertionError(line, broken);
            }
        }
        return snapshots;
    }
}
