// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.tui.state.Look.Theme;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TerminalTraitsTest {
    @ParameterizedTest
    @CsvSource({
        "TERM=xterm-256color, INDEXED",
        "TERM=screen-256color COLORTERM=truecolor, TRUE",
        "TERM=xterm COLORTERM=24bit, TRUE",
        "TERM=xterm-direct, TRUE",
        "TERM=xterm, SIXTEEN",
        "TERM=linux, SIXTEEN",
        "TERM=vt100 COLORTERM=yes, SIXTEEN",
        "TERM=dumb COLORTERM=truecolor, NONE",
        "COLORTERM=truecolor, NONE",
        "TERM=xterm-256color NO_COLOR=1, NONE",
        "TERM=xterm-256color NO_COLOR=, INDEXED",
    })
    void coloursByTheEnvironment(String environment, String depth) {
        assertThat(TerminalTraits.of(parsed(environment)).depth()).hasToString(depth);
    }

    @ParameterizedTest
    @CsvSource({
        "TERM=xterm LANG=en_US.UTF-8, false",
        "TERM=xterm LANG=C.utf8, false",
        "TERM=xterm LANG=en_US.ISO-8859-1, true",
        "TERM=xterm LANG=C, true",
        "TERM=xterm, true",
        "TERM=xterm LC_ALL=C LANG=en_US.UTF-8, true",
        "TERM=xterm LC_ALL= LC_CTYPE=de_DE.UTF-8 LANG=C, false",
        "TERM=linux LANG=en_US.UTF-8, true",
        "TERM=dumb LANG=en_US.UTF-8, true",
    })
    void asciiWhereTheLocaleOrTheConsoleWantsIt(String environment, boolean ascii) {
        assertThat(TerminalTraits.of(parsed(environment)).ascii()).isEqualTo(ascii);
    }

    @ParameterizedTest
    @CsvSource({
        "TERM=xterm, DARK",
        "TERM=xterm COLORFGBG=15;0, DARK",
        "TERM=xterm COLORFGBG=0;15, LIGHT",
        "TERM=xterm COLORFGBG=0;default;15, LIGHT",
        "TERM=xterm COLORFGBG=0;7, LIGHT",
        "TERM=xterm COLORFGBG=12;8, DARK",
        "TERM=xterm COLORFGBG=rubbish, DARK",
        "TERM=dumb COLORFGBG=0;15, MONO",
    })
    void themeByTheBackground(String environment, Theme theme) {
        assertThat(TerminalTraits.of(parsed(environment)).theme()).isEqualTo(theme);
    }

    private static Map<String, String> parsed(String environment) {
        return Arrays.stream(environment.split(" "))
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }
}
