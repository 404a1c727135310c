// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DirectoriesTest {
    @Test
    void homeIsTheFallback() {
        assertThat(Directories.of(Map.of("HOME", "/h", "XDG_DATA_HOME", "")).cache())
                .contains(Path.of("/h/.cache/llmtop"));
        assertThat(Directories.of(Map.of("HOME", "/h")).data()).contains(Path.of("/h/.local/share/llmtop"));
        assertThat(Directories.of(Map.of("HOME", "/h")).configuration()).contains(Path.of("/h/.config/llmtop"));
    }

    @Test
    void relativeFoldersCountAsUnset() {
        Directories directories = Directories.of(Map.of("XDG_CACHE_HOME", "rel", "HOME", "also/rel"));
        assertThat(directories.cache()).isEmpty();
    }

    @Test
    void withoutHomeThereIsNone() {
        assertThat(Directories.of(Map.of()).data()).isEmpty();
        assertThat(Directories.of(Map.of("XDG_CACHE_HOME", "/c")).cache()).contains(Path.of("/c/llmtop"));
    }
}
