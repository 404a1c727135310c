// SPDX-License-Identifier: MIT
package dev.llmtop.tui.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.tui.command.Completion.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompletionTest {
    private static final Words WORDS = new Words(
            List.of("engine", "engines", "evidence", "felix:install", "install", "llmtop:engines", "stop"),
            List.of("127.0.0.1:11434", "127.0.0.1:8000", "[::1]:9106"),
            List.of("1", "12", "7"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'ev'              | 'evidence '",
                "'en'              | 'engine'",
                "'engine'          | 'engine'",
                "'llm'             | 'llmtop:engines '",
                "'engine 127'      | 'engine 127.0.0.1:'",
                "'engine 127.0.0.1:8' | 'engine 127.0.0.1:8000 '",
                "'engine ['        | 'engine [::1]:9106 '",
                "'stop 7'          | 'stop 7 '",
                "'stop 1'          | 'stop 1'",
                "'felix:install f' | 'felix:install file:'",
                "'engines | ev'    | 'engines | evidence '",
                "'zebra'           | 'zebra'",
                "'engine zebra'    | 'engine zebra'",
            })
    void completesAsFarAsAllAgree(String text, String completed) {
        assertThat(Completion.of(text, text.length(), WORDS).text()).isEqualTo(completed);
    }

    @Test
    void severalChoicesAreNamed() {
        assertThat(Completion.of("en", 2, WORDS).choices()).containsExactly("engine", "engines");
        assertThat(Completion.of("stop ", 5, WORDS).choices()).containsExactly("1", "12", "7");
        assertThat(Completion.of("ev", 2, WORDS).choices()).isEmpty();
    }

    @Test
    void whatStandsBehindTheCursorStays() {
        Completion completion = Completion.of("ev 127.0.0.1:8000", 2, WORDS);
        assertThat(completion.text()).isEqualTo("evidence 127.0.0.1:8000");
        assertThat(completion.cursor()).isEqualTo("evidence ".length());
    }

    @Test
    void jarsAndFoldersAreCompletedForInstall(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("adapters"));
        Files.writeString(folder.resolve("adapters/my-adapter.jar"), "");
        Files.writeString(folder.resolve("adapters/notes.txt"), "");
        String start = "install file:" + folder + "/ad";
        Completion toFolder = Completion.of(start, start.length(), WORDS);
        assertThat(toFolder.text()).isEqualTo("install file:" + folder + "/adapters/");
        Completion toJar = Completion.of(toFolder.text(), toFolder.cursor(), WORDS);
        assertThat(toJar.text()).isEqualTo("install file:" + folder + "/adapters/my-adapter.jar ");
        String nowhere = "install file:/no/such/folder/x";
        assertThat(Completion.of(nowhere, nowhere.length(), WORDS).text()).isEqualTo(nowhere);
        assertThat(Completion.of("install file:\0", 14, WORDS).text()).isEqualTo("install file:\0");
    }
}
