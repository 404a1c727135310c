// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArgumentParserTest {
    @Test
    void noOptionIsOneSnapshotAsText() throws UsageException {
        assertThat(parse()).isEqualTo(new Arguments(Mode.ONCE, Map.of(), Optional.empty()));
    }

    @Test
    void jsonWithWatchIsWatch() throws UsageException {
        assertThat(parse("--json", "--watch").mode()).isEqualTo(Mode.WATCH);
        assertThat(parse("--json").mode()).isEqualTo(Mode.JSON);
        assertThat(parse("--shell").mode()).isEqualTo(Mode.SHELL);
        assertThat(parse("--explain").mode()).isEqualTo(Mode.EXPLAIN);
        assertThat(parse("--once").mode()).isEqualTo(Mode.ONCE);
    }

    @Test
    void valuesHaveTheTypeThatTheComponentTakes() throws UsageException {
        var values = parse(
                        "--interval",
                        "0.2",
                        "--samples=3",
                        "--timeout",
                        "1.5",
                        "--no-gpu",
                        "--debug",
                        "--port",
                        "8000",
                        "--port",
                        "9000",
                        "--endpoint",
                        "https://h/v",
                        "--endpoint",
                        "h:1")
                .values();
        assertThat(values.get(Setting.INTERVAL)).isEqualTo(200L);
        assertThat(values.get(Setting.SAMPLES)).isEqualTo(3);
        assertThat(values.get(Setting.TIMEOUT)).isEqualTo(1500L);
        assertThat(values.get(Setting.GPU)).isEqualTo(false);
        assertThat(values.get(Setting.DEBUG)).isEqualTo(true);
        assertThat((int[]) values.get(Setting.PORTS)).containsExactly(8000, 9000);
        assertThat((String[]) values.get(Setting.ENDPOINTS)).containsExactly("https://h/v", "http://h:1");
    }

    @Test
    void ofARepeatedSingleValueTheLastCounts() throws UsageException {
        assertThat(parse("--samples", "1", "--samples", "2").values().get(Setting.SAMPLES))
                .isEqualTo(2);
    }

    @Test
    void configNamesAFolder() throws UsageException {
        assertThat(parse("--config", "/x y").configDirectory()).contains("/x y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--jsno | unknown option '--jsno'; did you mean --json?",
                "--Samples=3 | unknown option '--Samples'; did you mean --samples?",
                "--xyzzyplugh | unknown option '--xyzzyplugh'; llmtop --help lists what it takes",
                "-x | unknown option '-x'; llmtop --help lists what it takes",
                "json | unexpected word 'json'; did you mean --json?",
                "jsom | unexpected word 'jsom'; did you mean --json?",
                "--samples 0 | --samples takes a whole number from 1 to 10, such as 2, not '0'",
                "--samples -1 | --samples takes a whole number from 1 to 10, such as 2, not '-1'",
                "--samples 2.5 | --samples takes a whole number from 1 to 10, such as 2, not '2.5'",
                "--samples= | --samples takes a whole number from 1 to 10, such as 2, not ''",
                "--interval 0.19 | --interval takes seconds from 0.2 to 3600, such as 1.5, not '0.19'",
                "--interval 3600.001 | --interval takes seconds from 0.2 to 3600, such as 1.5, not '3600.001'",
                "--interval NaN | --interval takes seconds from 0.2 to 3600, such as 1.5, not 'NaN'",
                "--interval | --interval needs a value: seconds from 0.2 to 3600, such as 1.5",
                "--timeout 1e999999999 | --timeout takes seconds from 0.1 to 60, such as 1.5, not '1e999999999'",
                "--port 0 | --port takes a port from 1 to 65535, such as 8000, not '0'",
                "--port 80 --port http | --port takes a port from 1 to 65535, such as 8000, not 'http'",
                "--endpoint nonsense | --endpoint takes a URL without user or query, such as http://127.0.0.1:8000,"
                        + " not 'nonsense'",
                "--endpoint http://u:p@h | --endpoint takes a URL without user or query, such as"
                        + " http://127.0.0.1:8000, not 'http://u:p@h'",
                "--json=1 | --json takes no value, not '1'",
                "--config | --config needs a value: a directory, such as ~/.config/llmtop",
                "--once --json | --once and --json exclude each other; take one of them",
                "--json --shell | --json and --shell exclude each other; take one of them",
                "--json --explain | --json and --explain exclude each other; take one of them",
                "--explain --watch | --watch goes with --json; try: llmtop --json --watch",
                "--watch | --watch goes with --json; try: llmtop --json --watch",
            })
    void whatIsWrongIsNamedWithWhatWouldDo(String words, String line) {
        assertThatThrownBy(() -> parse(words.split(" ")))
                .isInstanceOf(UsageException.class)
                .hasMessage(line);
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        assertThatThrownBy(() -> parse("--port", "\u001b[31m1\n2"))
                .hasMessageEndingWith("not ' [31m1 2'")
                .hasMessageNotContaining("\n");
    }

    @Test
    void helpNamesEveryOption() throws UsageException {
        String help = ArgumentParser.parse("--help").help();
        for (Setting setting : Setting.values()) {
            assertThat(help).contains(setting.option());
        }
        assertThat(help)
                .contains("--once", "--json", "--watch", "--explain", "--shell", "--config", "--help", "--version");
        assertThat(help.lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void helpWinsOverAMissingPartner() throws UsageException {
        assertThat(ArgumentParser.parse("--watch", "--help").wantsHelp()).isTrue();
    }

    private static Arguments parse(String... words) throws UsageException {
        return ArgumentParser.parse(words).arguments(false);
    }
}
