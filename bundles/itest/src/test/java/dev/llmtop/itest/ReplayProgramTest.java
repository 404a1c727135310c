// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.testkit.FakeVllm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a run recorded, replayed by another. */
class ReplayProgramTest {
    private static final String WATCH = "\"$LLMTOP\" --json --watch --no-gpu --interval 0.2 --port ";

    @TempDir
    static Path folder;

    private static FakeVllm vllm;
    private static String recorded;
    private static Path recording;

    @TempDir
    private Path own;

    private Program program;

    /** A pipe from a run that watches into one that replays, and what went through it. */
    @BeforeAll
    static void record() throws Exception {
        vllm = FakeVllm.start("tiny-model", 500);
        Program.Result result = new Program(folder)
                .shell(WATCH + vllm.port() + " | head -n 4 | tee recording | \"$LLMTOP\" --replay - --json --watch")
                .await();
        recording = folder.resolve("recording");
        recorded = Files.readString(recording);
        assertThat(recorded.lines()).hasSize(4);
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo(recorded);
    }

    @AfterAll
    static void stop() {
        vllm.close();
    }

    @BeforeEach
    void prepare() throws Exception {
        program = new Program(own);
    }

    @Test
    void onceShowsTheLastSnapshotAndAsksNobody() throws Exception {
        int asked = vllm.server().requests().size();
        Program.Result result = program.run("--replay", recording.toString(), "--once");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("tiny-model", Integer.toString(vllm.port()));
        assertThat(result.code()).isZero();
        assertThat(vllm.server().requests()).hasSize(asked);
    }

    @ParameterizedTest
    @CsvSource({"start,0", "end,3", "100%,3", "0s,0"})
    void jsonPrintsTheSnapshotOfAPlace(String place, int line) throws Exception {
        Program.Result result = program.run("--replay", recording.toString(), "--at", place, "--json");
        assertThat(result.err()).isEmpty();
        assertThat(result.out().replaceAll("\\s", ""))
                .isEqualTo(recorded.lines().toList().get(line).replaceAll("\\s", ""));
    }

    @Test
    void aCompressedRecordingIsTheSame() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(recorded.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(own.resolve("recording.gz"), bytes.toByteArray());
        Program.Result result = program.shell("\"$LLMTOP\" --replay recording.gz --json --watch")
                .await();
        assertThat(result.out()).isEqualTo(recorded);
    }

    @Test
    void whoReadsTheFirstLineOnlyEndsIt() throws Exception {
        Program.Result result = program.shell("\"$LLMTOP\" --replay '" + recording + "' --json --watch | head -n 1")
                .await();
        assertThat(result.out()).isEqualTo(recorded.lines().findFirst().orElseThrow() + "\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void aTornLastLineCostsItselfAndIsSaid() throws Exception {
        Path torn = Files.writeString(own.resolve("torn"), recorded.substring(0, recorded.length() - 20));
        Program.Result result = program.run("--replay", torn.toString(), "--json", "--watch");
        assertThat(result.out())
                .isEqualTo(String.join("\n", recorded.lines().toList().subList(0, 3)) + "\n");
        assertThat(result.err())
                .startsWith("llmtop: " + torn + ": line 4 is left out: it breaks off at byte ")
                .hasLineCount(1);
        assertThat(result.code()).isZero();
    }

    static Stream<List<String>> unusable() {
        return Stream.of(
                List.of("", "it is empty: no snapshot is in it"),
                List.of("hello\n", "line 1: it is no JSON"),
                List.of("{\"a\":1}\n", "line 1: it is JSON, but no snapshot: it has no schema"),
                List.of("\n{\"schema\":\"llmtop.snapshot/2\"}\n", "line 2: its schema is 'llmtop.snapshot/2'"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void whatIsNoRecordingIsOneLineAndExitTwo(List<String> contentAndComplaint) throws Exception {
        Path file = Files.writeString(own.resolve("file"), contentAndComplaint.get(0));
        for (String mode : List.of("--once", "--json", "--headless")) {
            Program.Result result = program.run("--replay", file.toString(), mode);
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .startsWith("llmtop: cannot replay " + file + ": " + contentAndComplaint.get(1))
                    .hasLineCount(1);
        }
    }

    @Test
    void whatCannotBeOpenedIsSaidBeforeAnythingStarts() throws Exception {
        assertThat(refused("--replay", "nowhere").err()).contains("'nowhere': there is no such file");
        assertThat(refused("--replay", own.toString()).err()).contains("it is a directory");
        assertThat(refused("--at", "1:30").err()).contains("--at goes with --replay");
        assertThat(refused("--demo", "--replay", "x").err()).contains("exclude each other");
        assertThat(refused("--replay", recording.toString(), "--once", "--at", "noon")
                        .err())
                .contains("'noon' is no place");
    }

    @Test
    void aReplayTellsNobodyThatItIsThisMachine() throws Exception {
        try (Program.Running running = program.start("--headless", "--replay", recording.toString())) {
            await().atMost(30, TimeUnit.SECONDS).until(() -> !listening().isEmpty());
            Program.Result live = program.run("--json", "--no-gpu", "--samples", "1");
            assertThat(live.err()).isEmpty();
            assertThat(live.out().lines().toList().get(2))
                    .isNotEqualTo(program.run("--replay", recording.toString(), "--json")
                            .out()
                            .lines()
                            .toList()
                            .get(2));
        }
    }

    @Test
    void aSignalEndsAReplayThatLasts() throws Exception {
        try (Program.Running running = program.start("--headless", "--replay", recording.toString())) {
            await().atMost(30, TimeUnit.SECONDS).until(() -> !listening().isEmpty());
            running.signal("TERM");
            assertThat(running.await().code()).isEqualTo(143);
            assertThat(running.await().err()).isEmpty();
        }
    }

    private Program.Result refused(String... words) throws Exception {
        Program.Result result = program.run(words);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("llmtop: ").hasLineCount(1);
        return result;
    }

    private List<Path> listening() throws IOException {
        try (Stream<Path> below = Files.walk(own)) {
            return below.filter(path -> path.toString().endsWith(".sock")).toList();
        }
    }
}
