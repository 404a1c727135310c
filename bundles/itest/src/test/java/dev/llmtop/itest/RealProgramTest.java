// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static dev.llmtop.itest.Container.engine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.testkit.EngineProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program beside a process that looks like vLLM: found without any flag, shown truly. */
class RealProgramTest {
    private static final double SPEED = 500;

    @TempDir
    static Path folder;

    private static EngineProcess vllm;

    private final SnapshotSchema schema = new SnapshotSchema();

    @BeforeAll
    static void start() {
        vllm = EngineProcess.vllm(
                folder, "tiny-model", SPEED, 0, List.of("--host", "127.0.0.1", "--max-model-len", "2048"), Map.of());
    }

    @AfterAll
    static void stop() {
        vllm.close();
    }

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    private static Program on(Jdk jdk) throws Exception {
        return new Program(Files.createDirectories(folder.resolve("run-" + jdk.version())))
                .with("JAVA_HOME", jdk.home().toString());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void jsonHasTheEngineAndIsAsTheSchemaSays(Jdk jdk) throws Exception {
        Program.Result result = on(jdk).run("--json");

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        JsonNode row = engine(schema.valid(result.out()), vllm.id());
        assertThat(row.path("kind").asText()).isEqualTo("vllm");
        assertThat(row.path("state").asText()).isEqualTo("ready");
        assertThat(row.path("models").path(0).path("id").asText()).isEqualTo("tiny-model");
        assertThat(row.path("models").path(0).path("contextTokens").asInt()).isEqualTo(2048);
        assertThat(row.path("process").path("pids"))
                .extracting(JsonNode::asLong)
                .contains(vllm.pid());
        assertThat(row.path("evidence"))
                .extracting(evidence -> evidence.path("signal").asText())
                .contains("process", "fingerprint");
        assertThat(row.path("metrics").path("generationTokensPerSecond").asDouble())
                .isCloseTo(SPEED, within(SPEED * 0.05));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void onceShowsTheEngine(Jdk jdk) throws Exception {
        Program.Result result = on(jdk).run("--once");

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .anySatisfy(line ->
                        assertThat(line).contains("vLLM", "tiny-model", Integer.toString(vllm.port()), "ready", "25%"));
        assertThat(result.out()).doesNotContain("Exception", "\u001b");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void oneSampleSaysThatARateNeedsMore(Jdk jdk) throws Exception {
        Program.Result result = on(jdk).run("--json", "--samples", "1");

        JsonNode row = engine(schema.valid(result.out()), vllm.id());
        assertThat(row.path("metrics").has("generationTokensPerSecond")).isFalse();
        assertThat(row.path("unavailable")
                        .path("metrics.generationTokensPerSecond")
                        .path("reason")
                        .asText())
                .isEqualTo("no-sample-yet");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aClosedPipeEndsTheWatchCleanly(Jdk jdk) throws Exception {
        Program.Result result = on(jdk).shell(
                        "{ \"$LLMTOP\" --json --watch --interval 0.2; echo \"ended $?\" >&2; } | head -n 2")
                .await();

        assertThat(result.err()).isEqualTo("ended 0\n");
        List<String> lines = result.out().lines().toList();
        assertThat(lines).hasSize(2);
        for (String line : lines) {
            schema.valid(line);
        }
    }

    @Test
    void twoAtOnceBothSeeIt() throws Exception {
        Program program = on(Jdk.running());
        try (Program.Running first = program.start("--json");
                Program.Running second = program.start("--json")) {
            for (Program.Running one : List.of(first, second)) {
                Program.Result result = one.await();
                assertThat(result.err()).isEmpty();
                assertThat(result.code()).isZero();
                assertThat(engine(schema.valid(result.out()), vllm.id())
                                .path("kind")
                                .asText())
                        .isEqualTo("vllm");
            }
        }
    }
}
