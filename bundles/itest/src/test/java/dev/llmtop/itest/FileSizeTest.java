// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files stay small and say under which licence they stand. */
class FileSizeTest {
    private static final int MOST_LINES = 400;

    private static List<Path> mainFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Distribution.ROOT)) {
            return files.filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void noMainFileHasMoreThanFourHundredLines() throws IOException {
        assertThat(mainFiles())
                .hasSizeGreaterThan(50)
                .filteredOn(file -> lines(file).size() > MOST_LINES)
                .isEmpty();
    }

    @Test
    void everyMainFileSaysItsLicence() throws IOException {
        assertThat(mainFiles())
                .filteredOn(file -> !lines(file).get(0).equals("// SPDX-License-Identifier: MIT"))
                .isEmpty();
    }
}
