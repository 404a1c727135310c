// SPDX-License-Identifier: MIT
package dev.llmtop.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatedFileTest {
    @TempDir
    Path directory;

    @Test
    void nothingIsMadeBeforeTheFirstLine() {
        RotatedFile file = new RotatedFile(directory.resolve("a/b/x.log"), 1_000, 3);
        file.close();
        assertThat(directory.resolve("a")).doesNotExist();
    }

    @Test
    void fileAndDirectoriesAreTheUsersAlone() throws IOException {
        Path log = directory.resolve("a/b/x.log");
        assertThat(new RotatedFile(log, 1_000, 3).append("one")).isTrue();
        assertThat(permissions(log)).isEqualTo("rw-------");
        assertThat(permissions(log.getParent())).isEqualTo("rwx------");
        assertThat(Files.readString(log)).isEqualTo("one\n");
    }

    @Test
    void aFileThatWasOpenToOthersIsClosedToThem() throws IOException {
        Path log = Files.writeString(directory.resolve("x.log"), "old\n");
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw-rw-"));
        new RotatedFile(log, 1_000, 3).append("new");
        assertThat(permissions(log)).isEqualTo("rw-------");
        assertThat(Files.readString(log)).isEqualTo("old\nnew\n");
    }

    @Test
    void rotationKeepsSoManyFilesOfSoManyBytes() throws IOException {
        RotatedFile file = new RotatedFile(directory.resolve("x.log"), 100, 3);
        for (int line = 0; line < 100; line++) {
            file.append("line %03d of the log".formatted(line));
        }
        assertThat(logs())
                .extracting(path -> path.getFileName().toString())
                .containsExactly("x.log", "x.log.1", "x.log.2");
        for (Path log : logs()) {
            assertThat(Files.size(log)).isLessThanOrEqualTo(120);
            assertThat(permissions(log)).isEqualTo("rw-------");
        }
        assertThat(Files.readString(directory.resolve("x.log"))).endsWith("line 099 of the log\n");
        assertThat(Files.readString(directory.resolve("x.log.1")))
                .startsWith("line 090")
                .endsWith("line 094 of the log\n");
    }

    @Test
    void oneFileIsBegunAnew() throws IOException {
        RotatedFile file = new RotatedFile(directory.resolve("x.log"), 10, 1);
        file.append("0123456789");
        file.append("next");
        assertThat(logs()).hasSize(1);
        assertThat(Files.readString(directory.resolve("x.log"))).isEqualTo("next\n");
    }

    @Test
    void aFileThatWentAwayIsMadeAgain() throws IOException {
        Path log = directory.resolve("x.log");
        RotatedFile file = new RotatedFile(log, 1_000, 3);
        file.append("one");
        Files.delete(log);
        file.append("two");
        assertThat(Files.readString(log)).isEqualTo("two\n");
    }

    @Test
    void whatCannotBeWrittenGoesNowhere() throws IOException {
        Path blocker = Files.writeString(directory.resolve("file"), "");
        RotatedFile file = new RotatedFile(blocker.resolve("x.log"), 1_000, 3);
        assertThat(file.append("one")).isFalse();
        assertThat(file.append("two")).isFalse();
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "");
        Files.createSymbolicLink(directory.resolve("x.log"), target);
        assertThat(new RotatedFile(directory.resolve("x.log"), 1_000, 3).append("one"))
                .isFalse();
        assertThat(target).isEmptyFile();
    }

    @Test
    void anInterruptCostsOneLineNotTheLog() throws IOException {
        RotatedFile file = new RotatedFile(directory.resolve("x.log"), 1_000, 3);
        file.append("one");
        Thread.currentThread().interrupt();
        file.append("two");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file.append("three")).isTrue();
        assertThat(Files.readString(directory.resolve("x.log")))
                .startsWith("one\n")
                .endsWith("three\n");
    }

    @Test
    void severalProcessesWriteWholeLinesThroughRotations() throws IOException, InterruptedException {
        List<Process> writers = new ArrayList<>();
        for (int number = 0; number < 2; number++) {
            writers.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Writer.class.getName(),
                            directory.resolve("x.log").toString(),
                            Integer.toString(number))
                    .inheritIO()
                    .start());
        }
        for (Process writer : writers) {
            assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(writer.exitValue()).isZero();
        }
        assertThat(logs()).hasSizeGreaterThan(1).hasSizeLessThanOrEqualTo(3);
        for (Path log : logs()) {
            assertThat(Files.size(log)).isLessThan(2 * Writer.MOST_BYTES);
            for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
                assertThat(line).matches("[01] \\d{5} x{40}");
            }
        }
    }

    /** Writes many lines, as one of several processes. */
    static final class Writer {
        static final long MOST_BYTES = 20_000;

        private Writer() {}

        public static void main(String[] arguments) {
            RotatedFile file = new RotatedFile(Path.of(arguments[0]), MOST_BYTES, 3);
            for (int line = 0; line < 2_000; line++) {
                if (!file.append("%s %05d %s".formatted(arguments[1], line, "x".repeat(40)))) {
                    throw new IllegalStateException("line " + line + " was not written");
                }
            }
        }
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> !path.toString().endsWith(".lock"))
                    .sorted()
                    .toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
