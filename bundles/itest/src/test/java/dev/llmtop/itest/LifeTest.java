// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The running program: its caches, its signals, its end. */
final class LifeTest {
    private static final String[] WATCH = {"--json", "--watch", "--no-gpu", "--interval", "0.2"};

    @TempDir
    private Path folder;

    private Program program;

    @BeforeEach
    void prepare() throws Exception {
        program = new Program(folder);
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "INT,130"})
    void aSignalEndsItWithinASecond(String signal, int code) throws Exception {
        try (Program.Running running = started(WATCH)) {
            long before = System.nanoTime();
            running.signal(signal);
            assertThat(running.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
            assertThat(running.await().code()).isEqualTo(code);
            assertThat(running.await().err()).isEmpty();
        }
    }

    @Test
    void aSignalWhileStartingLeavesAUsableCache() throws Exception {
        try (Program.Running running = program.start(WATCH)) {
            await().until(() -> !caches().isEmpty());
            running.signal("TERM");
            assertThat(running.await().code()).isEqualTo(143);
            assertThat(running.await().err()).isEmpty();
        }
        assertThat(program.run("--json", "--samples", "1").code()).isZero();
    }

    @Test
    void twoAtOnceDoNotShareACacheAndTheSecondLeavesNothing() throws Exception {
        try (Program.Running first = started(WATCH);
                Program.Running second = started(WATCH)) {
            assertThat(caches()).hasSize(1);
            assertThat(program.temporary()).isNotEmptyDirectory();
            second.signal("TERM");
            assertThat(second.await().code()).isEqualTo(143);
            assertThat(program.temporary()).isEmptyDirectory();
            assertThat(first.process().isAlive()).isTrue();
        }
    }

    @Test
    void withoutHomeItLeavesNothingBehind() throws Exception {
        Program.Result result = program.with("HOME", null).run("--json", "--samples", "1");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(program.temporary()).isEmptyDirectory();
    }

    @Test
    void anUnusableHomeIsNoObstacle() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Program.Result result =
                program.with("HOME", file.resolve("home").toString()).run("--json", "--samples", "1");
        assertThat(result.code()).isZero();
        assertThat(program.temporary()).isEmptyDirectory();
    }

    @Test
    void theCacheIsReusedAndABrokenOneReplaced() throws Exception {
        assertThat(program.run("--json", "--samples", "1").code()).isZero();
        List<Path> first = caches();
        assertThat(program.run("--json", "--samples", "1").code()).isZero();
        assertThat(caches()).isEqualTo(first).hasSize(1);
        try (Stream<Path> files = Files.walk(first.get(0).resolve("felix"))) {
            for (Path file : (Iterable<Path>) files.filter(each -> each.endsWith("bundle.info"))::iterator) {
                Files.writeString(file, "damaged");
            }
        }
        Program.Result result = program.run("--json", "--samples", "1");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
    }

    @Test
    void closedStandardStreamsAreNoObstacle() throws Exception {
        Program.Result result =
                program.shell("\"$LLMTOP\" --json --samples 1 <&- 2>&-").await();
        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("{");
        assertThat(program.shell("\"$LLMTOP\" --json --samples 1 >&-").await().code())
                .isZero();
    }

    @Test
    void aModeThatIsNotThereIsSaidAndNotWaitedFor() throws Exception {
        Path copy = folder.resolve("copy");
        Distributions.copyWithout(Program.HOME, copy, "dev.llmtop.report-");
        Program.Result result = program.script(copy.resolve("bin/llmtop")).run("--json");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("llmtop: cannot go on: dev.llmtop.report is not there: no running bundle has it\n");
    }

    private Program.Running started(String... words) throws IOException {
        Program.Running running = program.start(words);
        await().atMost(Duration.ofSeconds(30)).until(() -> running.printed().contains("\n"));
        return running;
    }

    private List<Path> caches() throws IOException {
        Path cache = program.home().resolve(".cache/llmtop");
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(cache)) {
            return folders.toList();
        }
    }
}
