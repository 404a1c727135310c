// SPDX-License-Identifier: MIT
package dev.llmtop.tui.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.CommandSessions.Output;
import dev.llmtop.agent.CommandSessions.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompletionTest {
    private static final FakeSessions SHELL = new FakeSessions(
            "127.0.0.1:11434",
            "127.0.0.1:8000",
            "[::1]:9106",
            "engine",
            "engines",
            "evidence",
            "file:",
            "folder/",
            "llmtop:engines");

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
                "'install fi'      | 'install file:'",
                "'install fo'      | 'install folder/'",
                "'zebra'           | 'zebra'",
                "'engine zebra'    | 'engine zebra'",
                "''                | ''",
            })
    void completesAsFarAsAllAgree(String text, String completed) {
        assertThat(complete(text, text.length()).text()).isEqualTo(completed);
    }

    @Test
    void severalChoicesAreNamed() {
        assertThat(complete("en", 2).choices()).containsExactly("engine", "engines");
        assertThat(complete("ev", 2).choices()).isEmpty();
    }

    @Test
    void whatStandsBehindTheCursorStays() {
        Completion completion = complete("ev 127.0.0.1:8000", 2);
        assertThat(completion.text()).isEqualTo("evidence 127.0.0.1:8000");
        assertThat(completion.cursor()).isEqualTo("evidence ".length());
        Completion several = complete("en 127.0.0.1:8000", 2);
        assertThat(several.text()).isEqualTo("engine 127.0.0.1:8000");
        assertThat(several.cursor()).isEqualTo("engine".length());
    }

    private static Completion complete(String text, int cursor) {
        Output nowhere = new OutputLines(() -> {});
        try (Session session = SHELL.open(nowhere)) {
            return Completion.of(text, cursor, session.complete(text, cursor));
        }
    }
}
