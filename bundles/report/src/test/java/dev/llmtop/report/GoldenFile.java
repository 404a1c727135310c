// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of expected lines; written anew only with {@code -Dgolden.update}. */
final class GoldenFile {
    private GoldenFile() {}

    static void check(String name, List<String> lines) {
        Path file = Path.of("src/test/resources/golden", name + ".txt");
        String found = String.join("\n", lines) + "\n";
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.writeString(file, found);
            }
            assertThat(found).isEqualTo(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
