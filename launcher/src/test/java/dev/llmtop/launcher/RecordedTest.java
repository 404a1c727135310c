// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordedTest {
    @TempDir
    Path folder;

    @Test
    void aReplayIsKnownByItsFile() throws UsageException {
        assertThat(parse("--replay", "x.gz", "--at", "50%", "--json").recorded())
                .contains(new Recorded("x.gz", "50%"));
        assertThat(parse("--replay=-").recorded()).contains(new Recorded("-", ""));
        assertThat(parse("--demo").recorded()).contains(Recorded.demo(""));
        assertThat(parse("--json").recorded()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--at 1:30,--at goes with --replay",
        "--demo --replay x,--replay and --demo exclude each other",
        "--demo --explain,--explain is about this machine",
        "--replay,--replay needs a value: a file that llmtop --json --watch wrote",
        "--replay x --at,--at needs a value: a place in the recording"
    })
    void whatMakesNoSenseSaysWhatWould(String words, String complaint) {
        assertThatThrownBy(() -> parse(words.split(" ")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void aFileBecomesTheComponentsProperties() throws Exception {
        Path file = Files.writeString(folder.resolve("r.jsonl"), "");
        Map<String, Object> properties = new Recorded(file.toString(), "1:30").properties(Mode.JSON, folder);
        assertThat(properties)
                .containsEntry("file", file.toString())
                .containsEntry("at", "1:30")
                .containsEntry("mode", "one")
                .containsEntry("loop", false);
        assertThat(new Recorded("-", "").properties(Mode.WATCH, folder))
                .containsEntry("file", "-")
                .containsEntry("title", "standard input")
                .containsEntry("mode", "all");
    }

    @Test
    void theDemonstrationPlaysOverAndOver() throws Exception {
        Path demo = Files.writeString(folder.resolve("demo.gz"), "");
        assertThat(Recorded.demo("").properties(Mode.TUI, demo))
                .containsEntry("file", demo.toString())
                .containsEntry("title", "demo")
                .containsEntry("mode", "play")
                .containsEntry("loop", true);
    }

    @Test
    void whatCannotBeOpenedIsSaidBeforeAnythingStarts() {
        assertThatThrownBy(() -> new Recorded(folder.resolve("none").toString(), "").properties(Mode.TUI, folder))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("there is no such file");
        assertThatThrownBy(() -> new Recorded(folder.toString(), "").properties(Mode.TUI, folder))
                .hasMessageEndingWith("it is a directory");
        assertThatThrownBy(() -> new Recorded("a\u0000b", "").properties(Mode.TUI, folder))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> Recorded.demo("").properties(Mode.TUI, folder.resolve("none")))
                .hasMessageContaining("--demo");
    }

    private static Arguments parse(String... words) throws UsageException {
        return ArgumentParser.parse(words).arguments(false);
    }
}
