// SPDX-License-Identifier: MIT
package dev.llmtop.tui.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.tui.cell.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of an expected screen; written anew only with {@code -Dgolden.update}. */
public final class GoldenScreen {
    private GoldenScreen() {}

    public static void check(String name, Frame frame) {
        Path file = Path.of("src/test/resources/golden", name + ".txt");
        String found = String.join("\n", frame.lines()) + "\n";
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, found);
            }
            assertThat(found).isEqualTo(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
