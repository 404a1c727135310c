// SPDX-License-Identifier: MIT
package dev.llmtop.tui.keep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WrittenTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 24, 12, 30, 5);
    private static final List<String> SCREEN = List.of("llmtop box", "▸● vLLM");

    @TempDir
    private Path folder;

    @Test
    void writesBothForTheOwnerAlone() throws Exception {
        String line = new Written(List.of(folder)).write(NOW, SCREEN, Optional.of("{}"));
        assertThat(line).isEqualTo("wrote llmtop-20261124-123005.txt and .json");
        Path text = folder.resolve("llmtop-20261124-123005.txt");
        assertThat(text).hasContent("llmtop box\n▸● vLLM\n");
        assertThat(folder.resolve("llmtop-20261124-123005.json")).hasContent("{}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(text)))
                .isEqualTo("rw-------");
    }

    @Test
    void neverWritesOverAFileNorThroughALink() throws Exception {
        Path precious = Files.writeString(folder.resolve("precious"), "mine");
        Files.createSymbolicLink(folder.resolve("llmtop-20261124-123005.txt"), precious);
        Files.writeString(folder.resolve("llmtop-20261124-123005-2.json"), "mine");
        String line = new Written(List.of(folder)).write(NOW, SCREEN, Optional.of("{}"));
        assertThat(line).isEqualTo("wrote llmtop-20261124-123005-3.txt and .json");
        assertThat(precious).hasContent("mine");
    }

    @Test
    void whereItMayNotWriteItTakesTheNextPlaceAndSaysSo() {
        Path nowhere = folder.resolve("absent");
        String line = new Written(List.of(nowhere, folder)).write(NOW, SCREEN, Optional.of("{}"));
        assertThat(line).startsWith("wrote llmtop-20261124-123005.txt and .json in " + folder + " (" + nowhere);
        assertThat(new Written(List.of(nowhere)).write(NOW, SCREEN, Optional.empty()))
                .startsWith("not written: " + nowhere);
        assertThat(new Written(List.of()).write(NOW, SCREEN, Optional.empty()))
                .isEqualTo("not written: no folder to write to");
    }

    @Test
    void withoutAFormatTheScreenIsWrittenAlone() {
        assertThat(new Written(List.of(folder)).write(NOW, SCREEN, Optional.empty()))
                .contains("wrote llmtop-20261124-123005.txt; no snapshot");
        assertThat(folder.resolve("llmtop-20261124-123005.json")).doesNotExist();
    }
}
